/** Percentages, fractions, ordinals, ranges, shortened numbers, and what numbers are left. */
import { digitWords, ordinalOf, pluralWords, type NumberWords } from './numbers.ts';
import { MAGNITUDES, NAMED_PLACE, NUMBER, SIGN, type Rewrite } from './rule.ts';

const PERCENT = new RegExp(
  String.raw`(${SIGN})(?<![\w.,$])(\+|~)?(${NUMBER})(?:\s?%?\s?(?:[–—-]|to)\s?(${NUMBER}))?\s?(%|‰|pp\b|bps\b)(?:\s?(?:[-–]\s?)?(?=\p{L}))?`,
  'gu',
);

const PERCENT_NAMES: Readonly<Record<string, string>> = {
  '%': 'percent',
  '‰': 'per mille',
  pp: 'percentage points',
  bps: 'basis points',
};

/** Signs tight before a number that has no number or letter of a formula before it. */
const BOUNDS: Readonly<Record<string, string>> = {
  '<': 'less than',
  '>': 'more than',
  '<=': 'at most',
  '≤': 'at most',
  '>=': 'at least',
  '≥': 'at least',
};

/** Rewrites the signs for "about" before a number. Runs first: the rules for numbers take the digits away. */
export const approximations: Rewrite = (text) =>
  text
    .replace(/(?<=^|[\s(])([<>]=?|[≤≥])(?=[$€£¥]?\.?\d)/g, (sign: string) => `${BOUNDS[sign] ?? sign} `)
    .replace(/(?<=^|\()([≤≥])\s(?=[$€£¥]?\.?\d)/g, (_, sign: string) => `${BOUNDS[sign] ?? sign} `)
    .replace(/(?<![\w~])(?<=\b(?:about|around|roughly)\s)[~∼≈](?=[$€£¥]?\.?\d)/gi, '')
    .replace(/(?<![\w~])(?<![\p{L}\p{N})°%]\s(?=≈))[~∼≈]\s?(?=[$€£¥]?\.?\d)/gu, 'about ');

/** Rewrites percentages. */
export const percentages: Rewrite = (text, words) => {
  if (!/%|‰|pp\b|bps/.test(text)) return text;
  return text
    .replace(
      PERCENT,
      (
        whole: string,
        sign: string,
        mark: string | undefined,
        number: string,
        to: string | undefined,
        unit: string,
      ) => {
        const lead = sign !== '' ? 'minus ' : mark === '+' ? 'plus ' : mark === '~' ? 'about ' : '';
        const range = to === undefined ? '' : ` to ${words.decimal(to)}`;
        return `${lead}${words.decimal(number)}${range} ${PERCENT_NAMES[unit] ?? ''}${/[\s–-]$/.test(whole) ? ' ' : ''}`;
      },
    )
    .replace(/(?<=\p{L})\s?%/gu, ' percent');
};

const GLYPHS: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
  '⅐': '1/7',
  '⅑': '1/9',
  '⅒': '1/10',
};
const FRACTION =
  /(?<![\w./:+-])(?:(\d+)[ \u00a0-])?(\d{1,4})[/⁄](\d{1,4})(?:ths?|rds?|nds?)?(?![\w/]|[.,]\d)(-(?=\p{L}))?/gu;
const SCORED =
  /\b((?:scored?|scoring|rated?|rating|grade|graded|got|gets?|gave|give|it)(?:\s(?:of|is|was|a|an|it|him|her|them))*:?\s)(\d{1,3})\/(5|10|20|50|100)(?![\w/]|\.\d)/gi;
const OUT_OF =
  /^\s+(?:stars?|points?|rating|people|patients|students|users|respondents|dentists|doctors|adults|tests?|times|cases|games|questions|votes|correct|passed|complete|would|agreed?|said|say|recommend|prefer)\b/;

const CHANCE = /^\s(?:chance|odds|probability|shot)\b/;

function denominator(words: NumberWords, bottom: string, many: boolean): string {
  if (bottom === '2') return many ? 'halves' : 'half';
  if (bottom === '4') return many ? 'quarters' : 'quarter';
  const named = ordinalOf(words.cardinal(bottom));
  return many ? `${named}s` : named;
}

/** Rewrites fractions and the fixed pairs such as 24/7. */
export const fractions: Rewrite = (text, words) => {
  if (!/[\d][/⁄]\d|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒]/.test(text)) return text;
  return text
    .replace(
      /(?:(\d)\s?)?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])/g,
      (_, whole: string | undefined, glyph: string) =>
        `${whole === undefined ? '' : `${whole} `}${GLYPHS[glyph] ?? ''}`,
    )
    .replace(
      /(?<![\w./])(\d+\.\d+)\s?\/\s?(\d{1,3}(?:\.\d)?)(?![\w/]|\.?\d)/g,
      (_, part: string, whole: string) => `${words.decimal(part)} out of ${words.decimal(whole)}`,
    )
    .replace(
      /(?<![\w.,/])(\d{1,3}(?:,\d{3})+)\s?\/\s?(\d{1,3}(?:,\d{3})+)(?![\w/]|[.,]\d)/g,
      (_, part: string, whole: string) => `${words.cardinal(part)} out of ${words.cardinal(whole)}`,
    )
    .replace(
      SCORED,
      (_, cue: string, part: string, whole: string) =>
        `${cue}${words.cardinal(part)} out of ${words.cardinal(whole)}`,
    )
    .replace(/\b24\/7(\/365)?\b/g, (_, year?: string) =>
      year === undefined ? 'twenty-four seven' : 'twenty-four seven three sixty-five',
    )
    .replace(/\b9\/11\b/g, 'nine eleven')
    .replace(/(?<![\w./-])([1-9]0)\/([1-9]0)(?![\w/]|[.,]\d)/g, (whole: string, a: string, b: string) =>
      Number(a) + Number(b) === 100 ? `${words.cardinal(a)}-${words.cardinal(b)}` : whole,
    )
    .replace(/\b20\/20\b/g, 'twenty twenty')
    .replace(
      /(?<=\b(?:Windows|macOS|iOS|iPadOS|Android|Python|Java|Ubuntu|Debian|Fedora|Gen)\s\d{1,2})\/(?=\d{1,2}(?![\w/]|\.\d))/g,
      ' slash ',
    )
    .replace(
      FRACTION,
      (
        whole: string,
        integer: string | undefined,
        top: string,
        bottom: string,
        hyphen: string | undefined,
        at: number,
        all: string,
      ) => {
        const tail = hyphen === undefined ? '' : ' ';
        const inFormula = /^\s?=/.test(all.slice(at + whole.length)) || /=\s?$/.test(all.slice(0, at));
        if (inFormula && Number(top) >= Number(bottom)) {
          return `${words.cardinal(top)} divided by ${words.cardinal(bottom)}`;
        }
        const lead = integer === undefined ? '' : `${words.cardinal(integer)} `;
        if (Number(bottom) < 2 || bottom.startsWith('0'))
          return `${lead}${words.cardinal(top)} over ${words.cardinal(bottom)}${tail}`;
        if (integer === undefined && OUT_OF.test(all.slice(at + whole.length)))
          return `${words.cardinal(top)} out of ${words.cardinal(bottom)}${tail}`;
        if (integer === undefined && CHANCE.test(all.slice(at + whole.length)))
          return `${words.cardinal(top)} in ${words.cardinal(bottom)}${tail}`;
        if (bottom === '1000' && integer === undefined)
          return `${words.cardinal(top)} ${denominator(words, bottom, top !== '1')}${tail}`;
        if (Number(bottom) > 100 || Number(top) > Number(bottom) * 3)
          return `${lead}${words.cardinal(top)} over ${words.cardinal(bottom)}${tail}`;
        const part = `${integer !== undefined && top === '1' && (bottom === '2' || bottom === '4') ? 'a' : words.cardinal(top)} ${denominator(words, bottom, top !== '1')}`;
        return `${integer === undefined ? '' : `${words.cardinal(integer)} and `}${part}${tail}`;
      },
    );
};

const ORDINAL = /(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)\s?(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)(?![\w])/gi;

/** Rewrites ordinals: "twenty-first". */
export const ordinals: Rewrite = (text, words) =>
  text
    .replace(/(?<=\d(?:st|nd|rd|th))\s?[–—-]\s?(?=\d+(?:st|nd|rd|th)\b)/g, ' to ')
    .replace(ORDINAL, (whole: string, digits: string) =>
      /\d\s/.test(whole) ? whole : words.ordinal(digits),
    );

const RANGE = new RegExp(
  String.raw`(?<![\w.,:/$%-])(${NUMBER})\s?(?:[–—]|-)\s?(${NUMBER})(?!\s?[=×÷*/^]|\s?[+]\s?\d|[\w]|-\d)`,
  'g',
);
const LETTER_RANGE = /(?<![\w-])([A-Z])\s?[–—]\s?([A-Z])(?![\w-])/g;
const FORMULA = /\d\s?[=×÷*^+]\s?\d|=\s?-?\d/;

/** Rewrites ranges and scores: "five to ten". */
export const ranges: Rewrite = (text, words) => {
  if (!/[–—~-]/.test(text)) return text;
  const formula = FORMULA.test(text);
  return text
    .replace(/(?<![\w.,-])50-50(?![\w-])/g, 'fifty-fifty')
    .replace(/(?<![\w.,-])20-20(?=\s(?:vision|hindsight)\b)/g, 'twenty-twenty')
    .replace(/(?<=\d)\s?~\s?(?=\d)/g, '–')
    .replace(RANGE, (whole: string, from: string, to: string) =>
      formula && /\s[-–]\s/.test(whole) ? whole : `${words.decimal(from)} to ${words.decimal(to)}`,
    )
    .replace(LETTER_RANGE, '$1 to $2')
    .replace(/(?<![\w-])([QHABC])(\d{1,2})\s?[–—-]\s?(?=\1\d{1,2}(?![\w-]))/g, '$1$2 to ');
};

const MAGNITUDE = new RegExp(
  String.raw`(${SIGN})(?<![\w.,$])(${NUMBER})(?:\s?[–-]\s?(${NUMBER}))?\s?([KkMBbT]|mn|bn|tn)(?![\p{L}\d'])(\+)?`,
  'gu',
);
const KEPT_K = /^(?:4|5|8|10|16)\s?[kK]$/;
const K_NOUNS =
  /^\s+(?:race|run|runs|video|videos|tv|tvs|resolution|monitor|display|screen|movie|footage|uhd)\b/i;

/** Rewrites "10K", "3.5M" and other shortened numbers. */
export const magnitudes: Rewrite = (text, words) => {
  if (!/\d\s?\(?(?:[KkMBbT]|mn|bn|tn)(?![\p{L}\d])/u.test(text)) return text;
  return text
    .replace(/\b401\s?\(?k\)?/gi, 'four oh one K')
    .replace(/\bY2K\b/g, 'Y two K')
    .replace(
      MAGNITUDE,
      (
        whole: string,
        sign: string,
        number: string,
        to: string | undefined,
        unit: string,
        plus: string | undefined,
        at: number,
        all: string,
      ) => {
        const after = all.slice(at + whole.length);
        if (
          (/\d\s/.test(whole) && unit.length === 1) ||
          NAMED_PLACE.test(all.slice(Math.max(0, at - 14), at))
        )
          return whole;
        if ((KEPT_K.test(whole) && K_NOUNS.test(after)) || /^[48]K$/.test(whole))
          return `${words.cardinal(number)} K`;
        const lead = sign === '' ? '' : 'minus ';
        const range = to === undefined ? '' : ` to ${words.decimal(to)}`;
        return `${lead}${words.decimal(number)}${range} ${MAGNITUDES[unit.toLowerCase()] ?? ''}${plus === undefined ? '' : ' plus'}`;
      },
    );
};

const PLAIN = new RegExp(String.raw`(${SIGN})(${NUMBER})`, 'gu');
const LONGEST_CARDINAL = 9;

/** Rewrites the numbers that nothing else took. */
export const numbers: Rewrite = (text, words) => {
  if (!/\d/.test(text)) return text;
  return text
    .replace(/(\p{L})[-–](?=\d)/gu, '$1 ')
    .replace(/(\d)[-–](?=\p{L})/gu, '$1 ')
    .replace(/(?<![\w.,])(\d{1,3})['’]?s\b/g, (whole: string, digits: string) =>
      /['’]/.test(whole) ? `${words.cardinal(digits)}'s` : pluralWords(words.cardinal(digits)),
    )
    .replace(/(?<=\d)\/(?=\d)/g, ' slash ')
    .replace(/(?<=\d)\/(?=(?:kg|lb|g|oz|mi|km|m|ft|day|hour|week|month|year|person|unit)\b)/g, ' per ')
    .replace(/(?<=\d)\/(?=[a-z]\b)/g, ' over ')
    .replace(/(?<=\p{L})\.(?=\d)/gu, ' point ')
    .replace(/(\d),(?=\d)(?!\d{3}(?!\d))/g, '$1, ')
    .replace(/(\p{L})(?=\d)/gu, '$1 ')
    .replace(/(?<![\w.,])(\d{1,3})ers\b/g, (_, digits: string) =>
      `${words.cardinal(digits)}ers`.replace(/eers$/, 'ers'),
    )
    .replace(/(\d)(?=\p{L})(?!ish\b)/gu, '$1 ')
    .replace(
      PLAIN,
      (_, sign: string, number: string) => `${sign === '' ? '' : 'minus '}${plainWords(words, number)}`,
    )
    .replace(/\d+/g, digitWords);
};

/** Numbers with a leading zero and very long ones are said digit by digit, long ones in groups. */
function plainWords(words: NumberWords, number: string): string {
  if (/^0\d+$/.test(number)) return digitWords(number);
  if (/^\d+$/.test(number) && number.length > LONGEST_CARDINAL) {
    const size = number.length % 4 === 0 ? 4 : 3;
    const groups = number.match(new RegExp(`\\d{${size}}(?!\\d$)|\\d+`, 'g')) ?? [];
    return groups.map(digitWords).join(', ');
  }
  return words.decimal(number);
}
