/** Roman numerals, where the words around them show that they are numerals. */
import type { Rewrite } from './rule.ts';

const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };
const VALID = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

/** The value of a Roman numeral, or undefined when it is none. */
export function romanValue(numeral: string): number | undefined {
  if (numeral === '' || !VALID.test(numeral)) return undefined;
  let total = 0;
  for (let i = 0; i < numeral.length; i++) {
    const value = VALUES[numeral[i] ?? ''] ?? 0;
    total += value < (VALUES[numeral[i + 1] ?? ''] ?? 0) ? -value : value;
  }
  return total;
}

const RULERS =
  `Henry Louis Elizabeth Charles George Edward William James Richard Paul John Benedict Pius Leo Francis Napoleon
  Catherine Frederick Philip Ramses Ramesses Nicholas Alexander Peter Ivan Otto Mary Gustav Gustaf Christian Harald Haakon Olav Carl
  Karl Albert Leopold Ptolemy Cleopatra Thutmose Xerxes Darius Constantine Justinian Theodosius Clement Innocent Gregory Urban Sixtus
  Alfonso Ferdinand Isabella Carlos Felipe Pedro Manuel Emmanuel Umberto Wilhelm Friedrich Franz Joseph Maximilian Rudolf Ludwig
  Stephen Kamehameha Rama Mehmed Selim Murad Suleiman Pope King Queen Margrethe Beatrix Robert Malcolm David Kenneth Baldwin Boniface
  Julius Adrian Hadrian Anne Matilda Sancho Afonso Menelik Amenhotep Seti Cyrus Artaxerxes Antiochus Seleucus Valentinian Victor`
    .split(/\s+/)
    .join('|');
const LABELS =
  `World War|Chapter|Part|Act|Volume|Vol|Book|Section|Phase|Type|Class|Stage|Level|Grade|Super Bowl|Rocky|Final Fantasy|Apollo
  |Title|Article|Appendix|Tier|Mark|Mk|Figure|Table|Schedule|Episode|Scene|Season|Group|Category|Lecture|Unit|Step|Vatican|Saturn|Symphony
  |Sonata|Concerto|Opus|Canto|Psalm|Amendment|Annex|Module|Division|Generation|Gen|Grand Theft Auto|GTA|Street Fighter|Civilization|Star Wars
  |Star Trek|Godfather|Terminator|Halloween|Diablo|Quake|Titan|Explorer|Mach|Nerve|Factor|Trial|No|Number|Area|Zone|Sector|Rank|Round`.replace(
    /\s*\n\s*/g,
    '',
  );
const RULER = new RegExp(
  String.raw`\b((?:${RULERS})(?:\s(?:the\s)?\p{Lu}\p{Ll}+)?)\s([IVX]{1,6})(?![\p{L}\d])(['’]s)?`,
  'gu',
);
const LABELLED = new RegExp(
  String.raw`\b(${LABELS})(s?)\.?\s([IVXLCDM]{1,8})(?:(\s?[–-]\s?|\s+(?:and|to|of)\s+)([IVXLCDM]{1,8}))?(?![\p{L}\d'’])`,
  'giu',
);
/** `Louis XIV and XV`. */
const NEXT_RULER = /(?<=\bthe \p{Lu}\p{Ll}+(?:-\p{Ll}+)?,? (?:and|or) )([IVX]{1,6})(?![\p{L}\d'’])/gu;
/** `(ii)`, `page xiv`. */
const SMALL = /(?<=\((?=[ivx]{2,5}\))|\b[Pp]ages?\s)([ivx]{1,5})(?![\p{L}\d])/gu;
/** `Scene ii`: labels whose numerals are written in small letters, too. */
const SMALL_LABELLED = /(?:Act|Scene|Chapter|Part|Book|Section|Appendix) [ivx]{2}/;
/** Whether there may be a numeral at all. */
const NUMERALS = new RegExp(String.raw`[IVX]|\([ivx]{2}|[Pp]ages? [ivx]|${SMALL_LABELLED.source}`);
/** `pages iv–xii`. */
const SMALL_RANGE = /(?<=\b[Pp]ages?\s)([ivx]{1,5})\s?[–-]\s?([ivx]{1,5})(?![\p{L}\d])/gu;
const CENTURY = /\b([IVX]{1,6})(?:th)?(?=\s+[Cc]entur)/g;
const GENERIC =
  /(?<=\b\p{Lu}[\p{L}]+\s)(II|III|IV|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV|XVI|XVII|XVIII|XIX|XXI|XXII|XXIII|XXIV|XXV)(?![\p{L}\d'’])/gu;

/** `I, II, and III`: numerals in a row. */
const COUNTED =
  /(?<![\p{L}\d'’])(I|II|III|IV|V|VI|VII|VIII|IX|X)((?:, (?:and |or )?| and | or |[–/-])(?=(?:II|III|IV|VI|VII|VIII|IX|XI|XII)(?![\p{L}\d'’])))/gu;
const AFTER_COUNTED =
  /((?:one|two|three|four|five|six|seven|eight|nine|ten)(?:, (?:and |or )?| and | or |[–/-]))(II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)(?![\p{L}\d'’])/gu;

/** After a name, a lone "I" is a numeral only when the sentence goes on as it does after a name. */
const AFTER_FIRST = /^(?:['’]s|[,.;:)]|$|\s+(?:of|was|ruled|reigned|became|died|had|and|in|as|is)\b)/;

/** Rewrites Roman numerals: "Henry the Eighth", "Chapter four", "World War Two". */
export const romanNumerals: Rewrite = (text, words) => {
  if (!NUMERALS.test(text)) return text;
  const cardinal = (numeral: string): string => {
    const value = romanValue(numeral.toUpperCase());
    return value === undefined ? numeral : words.cardinal(String(value));
  };
  return text
    .replace(
      RULER,
      (whole: string, name: string, numeral: string, own: string | undefined, at: number, all: string) => {
        const value = romanValue(numeral);
        if (value === undefined || /\b(?:Mary I|Malcolm X)$/.test(whole)) return whole;
        if (
          numeral.length === 1 &&
          numeral === 'I' &&
          own === undefined &&
          !AFTER_FIRST.test(all.slice(at + whole.length))
        )
          return whole;
        const said = words.ordinal(String(value));
        return `${name} the ${said.charAt(0).toUpperCase()}${said.slice(1)}${own ?? ''}`;
      },
    )
    .replace(
      LABELLED,
      (
        whole: string,
        label: string,
        plural: string,
        from: string,
        join: string | undefined,
        to: string | undefined,
      ) => {
        const small = SMALL_LABELLED.test(`${label} ${from}`);
        if (
          (from !== from.toUpperCase() && !small) ||
          !/^\p{Lu}/u.test(label) ||
          romanValue(from.toUpperCase()) === undefined
        )
          return whole;
        const range = to === undefined ? '' : ` ${/and|of/.exec(join ?? '')?.[0] ?? 'to'} ${cardinal(to)}`;
        return `${/^mk$/i.test(label) ? 'Mark' : label}${plural} ${cardinal(from)}${range}`;
      },
    )
    .replace(NEXT_RULER, (whole: string, numeral: string) => {
      const value = romanValue(numeral);
      if (value === undefined) return whole;
      const said = words.ordinal(String(value));
      return `the ${said.charAt(0).toUpperCase()}${said.slice(1)}`;
    })
    .replace(/\bWW(II?)(?!\w)/g, (_, numeral: string) => `World War ${cardinal(numeral)}`)
    .replace(SMALL_RANGE, (_, from: string, to: string) => `${cardinal(from)} to ${cardinal(to)}`)
    .replace(SMALL, (_, numeral: string) => cardinal(numeral))
    .replace(CENTURY, (numeral: string) => {
      const value = romanValue(numeral.replace(/th$/, ''));
      return value === undefined ? numeral : words.ordinal(String(value));
    })
    .replace(COUNTED, (_, first: string, gap: string) => `${cardinal(first)}${gap}`)
    .replace(AFTER_COUNTED, (_, before: string, numeral: string) => `${before}${cardinal(numeral)}`)
    .replace(GENERIC, (numeral: string) => cardinal(numeral));
};
