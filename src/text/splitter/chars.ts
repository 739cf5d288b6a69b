/**
 * Character classes of the splitter: one table look-up tells whether a UTF-16 code unit needs a judgement. Class 0 is
 * everything that never ends a piece, which is nearly every character of a text.
 */

export const PLAIN = 0;
/** `.` and its full-width form: may be a full stop, a decimal point, part of an abbreviation, … */
export const DOT = 1;
/** Marks that end a sentence but for names (`Yahoo!`) and quotations: `! ? … ؟`. */
export const MARK = 2;
/** Stops of scripts without spaces: they end a sentence whatever follows. */
export const WIDE_STOP = 3;
export const NEWLINE = 4;
/** Marks at which the first fragment may be given out early. */
export const FRAGMENT = 5;
export const DIGIT = 6;
/** Bullets that stand inside a line. */
export const BULLET = 7;
/** Opening and closing brackets of East Asian writing: a stop inside them is not an end. */
export const WIDE_OPEN = 8;
export const WIDE_CLOSE = 9;

/** The first half of most emoji: may end a sentence that has no other stop. */
export const EMOJI = 10;

const CLASSES = new Uint8Array(65_536);
function assign(characters: string, kind: number): void {
  for (let i = 0; i < characters.length; i++) CLASSES[characters.charCodeAt(i)] = kind;
}
assign('.', DOT);
assign('!?…؟‼⁇⁈⁉।॥۔', MARK);
assign('。！？｡．', WIDE_STOP);
assign('\n\u2028\u2029', NEWLINE);
assign(',;:)]}-–—،؛、，；：', FRAGMENT);
assign('0123456789', DIGIT);
assign('•⁃‣◦▪●', BULLET);
assign('「『（《〈【〔', WIDE_OPEN);
assign('」』）》〉】〕', WIDE_CLOSE);
assign('\ud83c\ud83d\ud83e', EMOJI);

/** The class of a UTF-16 code unit. */
export function classOf(code: number): number {
  return CLASSES[code] ?? PLAIN;
}

const CLOSERS = codesOf('"\'”’“»›)]}」』）》〉】〕*_`~');
const OPENERS = codesOf('"\'“‘«‹([{「『（《〈【〔¿¡„‚*_`~');

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

/** Quotes and brackets that may close after a stop and then belong to its sentence. */
export function isCloser(code: number): boolean {
  return CLOSERS.has(code);
}

/** Quotes, brackets and marks that may stand before a sentence's first letter. */
export function isOpener(code: number): boolean {
  return OPENERS.has(code);
}

/** Space, tab, no-break space and the other blanks, newlines not included. */
export function isBlank(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x09 ||
    code === 0xa0 ||
    code === 0x0d ||
    code === 0x3000 ||
    code === 0x202f ||
    (code >= 0x2000 && code <= 0x200b)
  );
}

/** Blank or newline. */
export function isSpace(code: number): boolean {
  return isBlank(code) || classOf(code) === NEWLINE;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A letter with a lower-case form different from itself. */
export function isUpper(code: number): boolean {
  if (code >= 0x41 && code <= 0x5a) return true;
  if (code < 0x80) return false;
  const character = String.fromCharCode(code);
  return character.toLowerCase() !== character;
}

/** A letter with an upper-case form different from itself. */
export function isLower(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code < 0x80) return false;
  const character = String.fromCharCode(code);
  return character.toUpperCase() !== character;
}

/** A letter of the Latin script or, roughly, of any other. */
export function isLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0xc0 && (code < 0x2000 || code > 0x303f))
  );
}

/** Letters, combining marks and digits of any script. */
export function isWordCharacter(code: number): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code)) return true;
  if (code < 0x80) return false;
  return /[\p{L}\p{M}\p{N}]/u.test(String.fromCharCode(code));
}

/** Whether the code unit starts or continues a pictograph (emoji, its joiners and variation selectors). */
export function isPictograph(code: number): boolean {
  return (
    (code >= 0xd83c && code <= 0xd83e) ||
    (code >= 0xdc00 && code <= 0xdfff) ||
    (code >= 0x2600 && code <= 0x27bf) ||
    (code >= 0x2b00 && code <= 0x2bff) ||
    code === 0xfe0f ||
    code === 0x200d
  );
}

/** Chinese characters and Japanese kana. */
export function isIdeographic(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff)
  );
}
