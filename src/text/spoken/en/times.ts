/** Times of day, durations written with colons, ratios and scores. */
import { pairWords, type NumberWords } from './numbers.ts';
import type { Rewrite } from './rule.ts';

const HALF = String.raw`(?:\s?([AaPp])\.?\s?[Mm]\b\.?(?!\w))`;
const HALF_BEFORE_END = String.raw`(?:\s?([AaPp])(?:\.[Mm]\.|\.?[Mm]\b))`;
const CLOCK = new RegExp(
  String.raw`(?<![\w.:/$€£])([01]?\d|2[0-4])[:](\d{2})(?::(\d{2})(\.\d+)?)?(?!\d|:\d)${HALF_BEFORE_END}?`,
  'g',
);
const HOUR = new RegExp(String.raw`(?<![\w.:/$€£,-])(1[0-2]|0?[1-9])${HALF}`, 'g');
const HOUR_RANGE = new RegExp(
  String.raw`(?<![\w.:/$€£])(\d{1,2}(?::\d{2})?)(\s?[AaPp]\.?[Mm]\.?)?\s?[–—-]\s?(?=\d{1,2}(?::\d{2})?\s?[AaPp]\.?[Mm]\b)`,
  'g',
);
const CLOCK_RANGE = /(?<![\w.:/])(\d{1,2}:\d{2})\s?[–—-]\s?(?=\d{1,2}:\d{2}(?!\d))/g;
/** `Psalm 23:4`. */
const VERSE =
  /\b(Genesis|Exodus|Leviticus|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Job|Psalms?|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Ezekiel|Daniel|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|Hebrews|James|Peter|Jude|Revelation|Quran|Surah) (\d{1,3}):(\d{1,3})(?![\d:])/g;
/** `Gen. 1:1`. */
const BOOKS: Readonly<Record<string, string>> = {
  Gen: 'Genesis',
  Ex: 'Exodus',
  Lev: 'Leviticus',
  Deut: 'Deuteronomy',
  Ps: 'Psalm',
  Prov: 'Proverbs',
  Isa: 'Isaiah',
  Jer: 'Jeremiah',
  Matt: 'Matthew',
  Rom: 'Romans',
  Cor: 'Corinthians',
  Gal: 'Galatians',
  Eph: 'Ephesians',
  Phil: 'Philippians',
  Heb: 'Hebrews',
  Rev: 'Revelation',
};
const SHORT_BOOK = new RegExp(
  String.raw`\b(${Object.keys(BOOKS).join('|')})\.\s(?=\d{1,3}:\d{1,3}(?![\d:]))`,
  'g',
);
/** `17h30`. */
const FRENCH_CLOCK = /(?<![\w.:/])([01]?\d|2[0-3])h([0-5]\d)(?!\w)/g;
/** `0600 hours`; `1900 hours` is a time only after a word such as "at". */
const MILITARY =
  /(?:(?<![\w.,:])(0\d)|(?<=\b(?:at|by|until|till|before|after|around)\s)(1\d|2[0-4]))([0-5]\d)(?=\s?(?:hours|hrs)\b)/g;
/** `UTC-8`, `GMT+5:30`: hours from Greenwich. */
const OFFSET = /\b(UTC|GMT)\s?([+−–-])\s?(\d{1,2})(?::?([0-5]\d))?(?![\w:])/g;
/** `6am/7am`. */
const TWO_TIMES = /(?<=\d\s?[AaPp]\.?[Mm]\.?)\/(?=\d)/g;
const RATIO = /(?<![\w.:/])(\d{1,3})(?::|\s:\s)(\d{1,3})(?![\w:]|\.\d)/g;
const RATIO_CUE = /\b(?:ratio|ratios|aspect|odds|scale|score|scored|won|lost|mix|mixed)\b/i;

/** "AM" of `a`. */
function half(letter: string): string {
  return ` ${letter.toUpperCase()}M`;
}

function clockWords(words: NumberWords, hour: string, minute: string, part?: string): string {
  const value = Number(hour);
  const said = words.cardinal(hour);
  if (minute !== '00') return `${said} ${pairWords(minute)}${part === undefined ? '' : half(part)}`;
  if (part !== undefined) return `${said}${half(part)}`;
  if (value === 0) return 'midnight';
  return value > 12 ? `${said} hundred` : `${said} o'clock`;
}

function counted(words: NumberWords, digits: string, unit: string): string {
  return `${words.cardinal(digits)} ${unit}${Number(digits) === 1 ? '' : 's'}`;
}

function durationWords(
  words: NumberWords,
  hour: string,
  minute: string,
  second: string,
  rest: string,
): string {
  const seconds =
    rest === '' ? counted(words, second, 'second') : `${words.decimal(`${Number(second)}${rest}`)} seconds`;
  const parts = [counted(words, hour, 'hour'), counted(words, minute, 'minute')].filter(
    (_, i) => Number([hour, minute][i]) > 0,
  );
  return [...parts, `${parts.length > 0 ? 'and ' : ''}${seconds}`].join(' ');
}

/** Rewrites clock times, ranges of them, and ratios. */
export const times: Rewrite = (text, words) => {
  if (!/\d(?:\s?:\s?\d|\s?[AaPp]\.?\s?[Mm]|h\d|\s?h(?:ou)?rs\b)|UTC|GMT/.test(text)) return text;
  const ratio = RATIO_CUE.test(text);
  return text
    .replace(/(?<!\d)(\d{1,2}:\d{2}) (?=hours?\b)/g, '$1 ')
    .replace(OFFSET, (_, zone: string, sign: string, hours: string, minutes?: string) => {
      const rest = minutes === undefined || minutes === '00' ? '' : ` ${pairWords(minutes)}`;
      return `${zone} ${sign === '+' ? 'plus' : 'minus'} ${words.cardinal(hours)}${rest}`;
    })
    .replace(TWO_TIMES, ' slash ')
    .replace(SHORT_BOOK, (_, book: string) => `${BOOKS[book] ?? book} `)
    .replace(VERSE, (_, book: string, chapter: string, verse: string) => {
      return `${book} ${words.cardinal(chapter)} ${words.cardinal(verse)}`;
    })
    .replace(/(?<![\w.:$€£])(1[0-2]|[1-9])\.([0-5]\d)(?=\s?[AaPp]\.?[Mm]\b)/g, '$1:$2')
    .replace(FRENCH_CLOCK, '$1:$2')
    .replace(MILITARY, (_, early: string | undefined, late: string | undefined, minute: string) => {
      const hour = early === undefined ? words.cardinal(late ?? '') : pairWords(early);
      return `${hour} ${minute === '00' ? 'hundred' : pairWords(minute)}`;
    })
    .replace(CLOCK_RANGE, '$1 to ')
    .replace(HOUR_RANGE, '$1$2 to ')
    .replace(
      CLOCK,
      (whole: string, hour: string, minute: string, second?: string, rest?: string, part?: string) => {
        if (second !== undefined)
          return `${durationOrClock(words, hour, minute, second, rest ?? '', part)}${dotAfter(whole)}`;
        if (part === undefined && (ratio || Number(minute) > 59)) return whole;
        return `${clockWords(words, hour, minute, part)}${part === undefined ? '' : dotAfter(whole)}`;
      },
    )
    .replace(
      HOUR,
      (whole: string, hour: string, part: string) => `${words.cardinal(hour)}${half(part)}${dotAfter(whole)}`,
    )
    .replace(
      /(?<=\b(?:[AP]M|noon|midnight))\s?[–—-]\s?(?=noon\b|midnight\b|\p{L}+(?: \p{L}+)? [AP]M\b)/gu,
      ' to ',
    )
    .replace(RATIO, (_, a: string, b: string) => `${words.cardinal(a)} to ${words.cardinal(b)}`);
};

function durationOrClock(
  words: NumberWords,
  hour: string,
  minute: string,
  second: string,
  rest: string,
  part?: string,
): string {
  if (part === undefined) return durationWords(words, hour, minute, second, rest);
  const whole = clockWords(words, hour, minute);
  if (second === '00') return clockWords(words, hour, minute, part);
  return `${minute === '00' ? words.cardinal(hour) : whole} and ${counted(words, second, 'second')}${half(part)}`;
}

/** "6 p.m." keeps no dot of its own: whether the sentence ends there is not known, and the pause is the same. */
function dotAfter(whole: string): string {
  return /[a-z]\.[ ]?[a-z]\.$/i.test(whole) ? '' : whole.endsWith('.') ? '.' : '';
}
