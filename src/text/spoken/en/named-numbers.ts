/** Numbers that name a thing and count nothing: versions, flights, rooms, roads, products. */
import { digitWords, pairWords, pluralWords, type NumberWords } from './numbers.ts';
import type { Rewrite } from './rule.ts';

const VERSION =
  /(?<![\w.,])(v\.?\s?)?(?!\d{3}\.\d{3}\.\d{4}(?!\d))(\d+(?:\.\d+){2,})(?:[-.]?(alpha|beta|rc|dev|post|b|a)(?:[.-]?(\d+))?)?(?![\w]|\.\d)/gi;
const SHORT_VERSION =
  /(?<![\w.])(?<!(?:underscore|dash|\d)\s)(?:v\.?\s?|V(?=\d+\.))(\d+(?:\.\d+)?)(?:-(alpha|beta|rc)(?:\.?(\d+))?)?(?![\w.]*\d)/g;
const SOFTWARE =
  /\b(Python|Node(?:\.js)?|Java|PHP|Ruby|Go|Rust|iOS|iPadOS|macOS|Android|Windows|Chrome|Firefox|Safari|Ubuntu|Debian|Fedora|Swift|Kotlin|TypeScript|Django|Rails|React|Angular|Vue|Electron|PostgreSQL|Postgres|MySQL|Redis|CUDA|PyTorch|TensorFlow|OpenSSL|Kubernetes|Docker|Git|Linux|kernel|[Vv]ersions?|[Rr]elease|[Uu]pdate|Unity|Blender|Bluetooth|USB|HTTP|HTML|C#|\.NET|dot NET|Node JS|glibc|npm)\s((?:[<>=~]=|[<>^≥≤])\s?)?(\d+)\.(\d{2,3})(?![\w]|\.\d)/g;

function dotted(words: NumberWords, number: string): string {
  return number
    .split('.')
    .map((part) => (/^0\d/.test(part) ? pairOrDigits(part) : words.cardinal(part)))
    .join(' point ');
}

function pairOrDigits(part: string): string {
  return part.length === 2 ? pairWords(part) : digitWords(part);
}

function stage(name: string | undefined, number: string | undefined, words: NumberWords): string {
  if (name === undefined) return '';
  const said = /^rc$/i.test(name)
    ? 'RC'
    : /^[ab]$/i.test(name)
      ? name.toLowerCase() === 'a'
        ? 'alpha'
        : 'beta'
      : name;
  return ` ${said}${number === undefined ? '' : ` ${words.cardinal(number)}`}`;
}

/** Rewrites version numbers: "version two point zero point one". */
export const versions: Rewrite = (text, words) => {
  if (!/\d\.[\dx]|\bv\.?\s?\d/i.test(text)) return text;
  const lead = (all: string, at: number): string =>
    /\bversions?\s+$/i.test(all.slice(Math.max(0, at - 10), at)) ? '' : 'version ';
  return text
    .replace(
      VERSION,
      (
        _,
        v: string | undefined,
        number: string,
        name: string | undefined,
        step: string | undefined,
        at: number,
        all: string,
      ) => `${v === undefined ? '' : lead(all, at)}${dotted(words, number)}${stage(name, step, words)}`,
    )
    .replace(
      /(?<![\w.])(v?)(\d+(?:\.\d+){0,2})\.[xX](?!\w)/g,
      (_, v: string, number: string, at: number, all: string) =>
        `${v === '' ? '' : lead(all, at)}${dotted(words, number)} point x`,
    )
    .replace(
      SHORT_VERSION,
      (_, number: string, name: string | undefined, step: string | undefined, at: number, all: string) =>
        `${lead(all, at)}${dotted(words, number)}${stage(name, step, words)}`,
    )
    .replace(
      SOFTWARE,
      (_, name: string, bound: string | undefined, major: string, minor: string) =>
        `${name} ${bound ?? ''}${dotted(words, `${major}.${minor}`)}`,
    );
};

const MODEL =
  /\b(Flight|Room|Highway|Route|Interstate|Boeing|Airbus|Porsche|RTX|GTX|GeForce|Radeon|Ryzen|Suite|Apartment|Bus|Channel|Studio|Locker|Gate|Building|Area|Error|error|HTTP|Status|status|status code|error code|Rte|Hwy|Form|Section|Platform|Model|Apt|Unit|Agent|Lockheed|RFC|Concorde|Intel|Pentium|Xbox|Exit|exit|room|flight|route|highway)(\s#?)(\d{3,4})(?![\w]|[.,:]\d)/g;
/** `787-9`, `A320-200`. */
const AIRCRAFT = /(?<![\w.-])(7[0-8]7|A3[0-9]\d)-(\d{1,4})(?![\w-])/g;
/** `MP3s`. */
const LETTERS_PLURAL = /(?<=(?<![\p{L}\d])\p{Lu}{1,4})-?(\d{1,2})s(?!\w)/gu;
/** `B-52s`, `747s`. */
const MODEL_PLURAL = /(?<![\w.,-])(?:([A-Z]{1,3})-)?((?<=-)\d{2,3}|7[0-8]7)s(?!\w)/g;
/** `I-80 W`. */
const ROAD = /(?<![\w-])(I|US|SR|CR|NY|CA)-(\d{1,3})(?:\s([NSEW])(?![\w.]))?(?![\w-])/g;
const DIRECTIONS: Readonly<Record<string, string>> = { N: 'North', S: 'South', E: 'East', W: 'West' };
/** `Ryzen 7 5800X`, `Core i9 13900K`, `RX 7900 XT`. */
const PROCESSOR =
  /(?<=\b(?:Ryzen|Core|Radeon|RX|RTX|GTX|Threadripper|Xeon|EPYC)\s(?:(?:i?\d|Ultra \d|[A-Z]{2}|Ti)[\s-])?)(\d{4,5})([A-Z]{0,3})(?![\w.,]*\d)/g;
/** `Llama-3.1-8B`: a name whose parts are joined by hyphens. */
const NAME_PART = /(?<=\p{L})-(\d+(?:\.\d+)?)-(?=\d+(?:\.\d+)?[A-Z]?(?![\w.]))/gu;
/** `Llama 3 8B`: how large a model is, after its name. */
const MODEL_SIZE =
  /(?<=\b(?:Llama|Mistral|Mixtral|Qwen|Gemma|Phi|Falcon|DeepSeek|Yi|Vicuna|Pythia|OLMo|Granite)[\w.]*(?:[\s-][\d.]+)?[\s-])(\d+(?:\.\d+)?)B(?!\w)/g;
const ATTACHED = /(?<![\w.-])(\p{Lu}{1,5})-?(\d{3,})(s?)(?![\w]|[.,:-]\d)/gu;

/** A number that names a thing: "four oh four", "seven forty-seven", "forty ninety", "five hundred". */
function nameWords(words: NumberWords, digits: string): string {
  if (digits.length === 4) return digits.endsWith('000') ? words.cardinal(digits) : words.year(digits);
  if (digits.length !== 3) return digitWords(digits);
  const [first = '', ...rest] = digits;
  if (digits.endsWith('00') && first !== '0') return words.cardinal(digits);
  return first === '0' ? digitWords(digits) : `${words.cardinal(first)} ${pairWords(rest.join(''))}`;
}

/** "thirteen nine hundred" for the `13900` of a processor. */
function fiveWords(words: NumberWords, digits: string): string {
  const rest = digits.slice(2);
  return `${words.cardinal(digits.slice(0, 2))} ${rest === '000' ? 'thousand' : nameWords(words, rest)}`;
}

/** Rewrites numbers that name a flight, a room, a road or a product. */
export const labelledNumbers: Rewrite = (text, words) => {
  if (!/\d{3}|-\d|\dB|\ds/.test(text)) return text;
  return text
    .replace(PROCESSOR, (_, digits: string, tail: string) => {
      const said = digits.length === 5 ? fiveWords(words, digits) : nameWords(words, digits);
      return `${said}${tail === '' ? '' : ` ${tail}`}`;
    })
    .replace(/(?<![\w-])(\d)-in-(?=\d(?![\w-]))/g, '$1 in ')
    .replace(/(?<=\b[Ff]light\s[A-Z]{2}\s)\d{3,4}(?![\w]|[.,:]\d)/g, (digits) => nameWords(words, digits))
    .replace(
      /(?<=\bISO(?:\/IEC)?\s\d{3,5}):((?:19|20)\d{2})(?!\d)/g,
      (_, year: string) => ` ${words.year(year)}`,
    )
    .replace(/(?<![\w.])802\.(\d{1,2})([a-z]{0,2})(?!\w)/g, (_, part: string, kind: string) =>
      `eight oh two dot ${words.cardinal(part)} ${kind.toUpperCase()}`.trimEnd(),
    )
    .replace(NAME_PART, ' $1 ')
    .replace(MODEL_SIZE, (_, number: string) => `${words.decimal(number)} B`)
    .replace(
      MODEL,
      (_, label: string, gap: string, digits: string) =>
        `${label}${gap.replace('#', 'number ')}${nameWords(words, digits)}`,
    )
    .replace(AIRCRAFT, (_, type: string, variant: string) => {
      const said = /^A/.test(type) ? `A ${nameWords(words, type.slice(1))}` : nameWords(words, type);
      return `${said} ${variant.length === 3 ? nameWords(words, variant) : words.cardinal(variant)}`;
    })
    .replace(/\b[Kk]8s\b/g, 'Kubernetes')
    .replace(LETTERS_PLURAL, (_, digits: string) => ` ${pluralWords(words.cardinal(digits))}`)
    .replace(MODEL_PLURAL, (_, letters: string | undefined, digits: string) => {
      const said = digits.length === 3 ? nameWords(words, digits) : words.cardinal(digits);
      return `${letters === undefined ? '' : `${letters} `}${pluralWords(said)}`;
    })
    .replace(ROAD, (_, road: string, digits: string, direction?: string) => {
      const number = digits.length === 3 ? nameWords(words, digits) : words.cardinal(digits);
      return `${road} ${number}${direction === undefined ? '' : ` ${DIRECTIONS[direction] ?? ''}`}`;
    })
    .replace(
      PICTURE_LINES,
      (_, digits: string, kind: string) => `${nameWords(words, digits)} ${kind.toUpperCase()}`,
    )
    .replace(/(?<!\w)H\.(26\d)(?!\d)/g, (_, digits: string) => `H ${nameWords(words, digits)}`)
    .replace(
      /(?<![\w.-])i([3579])-(\d{4})(\d?)([A-Z]{0,2})(?!\w)/g,
      (_, tier: string, digits: string, fifth: string, tail: string) => {
        const number = fifth === '' ? nameWords(words, digits) : fiveWords(words, `${digits}${fifth}`);
        return `i ${words.cardinal(tier)} ${number} ${tail}`;
      },
    )
    .replace(ATTACHED, (_, letters: string, digits: string, s: string) => {
      const said = nameWords(words, digits);
      return `${letters} ${s === '' ? said : pluralWords(said)}`;
    })
    .replace(
      ADDRESS,
      (_, digits: string, letter?: string) =>
        `${nameWords(words, digits)}${letter === undefined ? '' : ` ${letter}`}`,
    )
    .replace(
      /\b([123])(?=\s(?:Corinthians|Samuel|Kings|Chronicles|Thessalonians|Timothy|Peter|John)\s\d)/g,
      (digit) => words.ordinal(digit),
    );
};

/** A house number before the name of a street. */
const ADDRESS =
  /(?<![\w.,$€£-])(\d{3,4})([A-F])?(?=\s+(?:(?:North|South|East|West)\s+)?(?:(?:\p{Lu}[\p{L}'’]+|\d+(?:st|nd|rd|th))\s+){1,3}(?:Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Square|Highway|Parkway|Terrace|Circle|Way)\b)/gu;

/** Lines of a picture: `1080p`. */
const PICTURE_LINES = /(?<![\w.,])(\d{3,4})([pi])(?!\w)/g;
