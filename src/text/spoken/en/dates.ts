/** Dates, years and decades. */
import { pairWords, pluralWords, type NumberWords } from './numbers.ts';
import type { Rewrite } from './rule.ts';

const MONTHS = `January February March April May June July August September October November December`.split(
  ' ',
);
const MONTH = String.raw`(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)`;
const DAYS: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  tues: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  thur: 'Thursday',
  thurs: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const DAY = String.raw`(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?`;
const YEAR = String.raw`(1\d{3}|20\d{2}|[3-9]\d{2})`;

function monthName(name: string): string {
  const key = name.slice(0, 3).toLowerCase();
  return MONTHS.find((month) => month.toLowerCase().startsWith(key)) ?? name;
}

/** "may 5" and "march 10" in small letters are more often the verbs. */
function isWord(month: string): boolean {
  return /^(?:may|march|mar)$/.test(month);
}

/** The date in the order of the dialect: "April fifteenth, twenty twenty-four"; British "the fifteenth of April". */
function dateWords(words: NumberWords, month: number, day: string, year?: string): string {
  const name = MONTHS[month - 1] ?? '';
  const said = words.british ? `the ${words.ordinal(day)} of ${name}` : `${name} ${words.ordinal(day)}`;
  return year === undefined ? said : `${said}${words.british ? ' ' : ', '}${words.year(year)}`;
}

/** A date written in digits; undefined when it cannot be one. */
function numericDate(words: NumberWords, first: string, second: string, year: string): string | undefined {
  const monthFirst = !words.british;
  const [a, b] = [Number(first), Number(second)];
  const long = year.length === 2 ? `${Number(year) < 50 ? '20' : '19'}${year}` : year;
  if (monthFirst ? a <= 12 && b <= 31 : b > 12 && a <= 12) return dateWords(words, a, second, long);
  return b <= 12 && a <= 31 ? dateWords(words, b, first, long) : undefined;
}

const ISO =
  /(?<![\w/.-])(?<!\b[Vv]ersions? )(\d{4})[-/.](0[1-9]|1[0-2])[-/.](0[1-9]|[12]\d|3[01])(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?(?![\w/-])/g;
const NUMERIC =
  /(?<![\w/.-])(0?[1-9]|[12]\d|3[01])([/.-])(0?[1-9]|[12]\d|3[01])\2((?:1[6-9]|20)\d{2}|(?<!\.)\d{2})(?![\w/-]|\.\d)/g;
/** `15-Jan-2020`, `Jan-15-2020`, `Jan-15`. */
const HYPHENED =
  /(?<![\w-])(\d{1,2}(?=-[A-Z])|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=-\d))-((?<=\d-)(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|(?<=[a-z]-)\d{1,2})(?:-(\d{4}|\d{2}))?(?![\w-])/g;
/** `1998/2/28`. */
const SLASHED_ISO =
  /(?<![\w/.-])((?:1[5-9]|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?![\w/-]|\.\d)/g;
/** `1/2007`. */
const MONTH_SLASH_YEAR = /(?<![\w/.-])(0?[1-9]|1[0-2])\/((?:19|20)\d{2})(?![\w/-]|[.,]\d)/g;
/** `20240131`: eight digits that are a day. */
const COMPACT = /(?<![\w.,$€£/-])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w]|[.,-]\d)/g;
/** `2021/22`: a season. */
const SEASON = /(?<![\w.,/-])((?:19|20)\d{2})\/(\d{2})(?![\w/]|[.,-]\d)/g;
const MONTH_DAY = new RegExp(
  String.raw`\b${MONTH}\b\.?\s+${DAY}(?:(?:\s*[–-]\s*|\s+to\s+)${DAY})?(?![\d:]|[.,]\d)(?:(,)?\s+${YEAR}\b(?![,.]?\d))?`,
  'gi',
);
const DAY_MONTH = new RegExp(
  String.raw`(?<![\d.,:/$€£-])(the\s+)?${DAY}(?:\s*[–-]\s*${DAY})?\s+(of\s+)?${MONTH}\b\.?(?:(,)?\s+${YEAR}\b(?![,.]?\d))?`,
  'gi',
);
const MONTH_YEAR = new RegExp(String.raw`\b${MONTH}\b\.?,?\s+(?:of\s+)?${YEAR}\b(?![,.]?\d)`, 'gi');
const SHORT_MONTH = /\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s+(?:\p{L}|['’]\d)|$)/gu;
const MONTH_RANGE = new RegExp(String.raw`\b${MONTH}\.?\s?[–—-]\s?(?=${MONTH}\b)`, 'g');
const ON_DATE =
  /\b(on|by|until|since|dated|due|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]*)\s+(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?![\d/])/gi;
const WEEKDAY =
  /\b(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\.(?=[\s,;)–-])|(?<=(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|(?:and|or|on) (?:Sat|Sun)))\.(?=$)|(?=,?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|the \p{L}+ of|\d))|(?=\s*[–/-]\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))|(?<=[–-]\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)))/gu;

/** `(b. 1952)`. */
const LIFE: Readonly<Record<string, string>> = { b: 'born', d: 'died', r: 'reigned' };

/** Rewrites dates with a day or a month. */
export const dates: Rewrite = (text, words) => {
  if (!/\d/.test(text) && !/\b[A-Z][a-z]{2,4}\b/.test(text)) return text;
  return text
    .replace(ISO, (_, year: string, month: string, day: string, time?: string, zone?: string) => {
      const said = dateWords(words, Number(month), day, year);
      return `${said}${time === undefined ? '' : `, ${time}`}${zone === 'Z' ? ' UTC' : ''}`;
    })
    .replace(
      NUMERIC,
      (whole: string, first: string, _, second: string, year: string) =>
        numericDate(words, first, second, year) ?? whole,
    )
    .replace(
      HYPHENED,
      (_, first: string, second: string, year?: string) =>
        `${first} ${second}${year === undefined ? '' : `, ${year.length === 2 ? `20${year}` : year}`}`,
    )
    .replace(SLASHED_ISO, (_, year: string, month: string, day: string) =>
      dateWords(words, Number(month), day, year),
    )
    .replace(
      MONTH_SLASH_YEAR,
      (_, month: string, year: string) => `${MONTHS[Number(month) - 1] ?? ''} ${words.year(year)}`,
    )
    .replace(COMPACT, (_, year: string, month: string, day: string) =>
      dateWords(words, Number(month), day, year),
    )
    .replace(SEASON, (whole: string, from: string, to: string) =>
      Number(to) === (Number(from) + 1) % 100 ? `${words.year(from)} ${pairWords(to)}` : whole,
    )
    .replace(/\b(Q[1-4]|H[12])['’](?=\d{2}(?!\d))/g, '$1 ')
    .replace(/\((b|d|r)\.\s?(?=(?:c\.\s?)?\d{3,4})/g, (_, event: string) => `(${LIFE[event] ?? ''} `)
    .replace(MONTH_RANGE, (_, month: string) => `${monthName(month)} to `)
    .replace(ON_DATE, (_, lead: string, month: string, day: string) =>
      /^since$/i.test(lead) && month === '9' && day === '11'
        ? `${lead} nine eleven`
        : `${lead} ${dateWords(words, Number(month), day)}`,
    )
    .replace(
      MONTH_DAY,
      (whole: string, month: string, day: string, last?: string, comma?: string, year?: string) => {
        if (isWord(month) && year === undefined) return whole;
        const tail = last === undefined ? '' : ` to ${words.ordinal(last)}`;
        const when = year === undefined ? '' : `${comma ?? ','} ${words.year(year)}`;
        return `${monthName(month)} ${words.british ? 'the ' : ''}${words.ordinal(day)}${tail}${when}`;
      },
    )
    .replace(
      DAY_MONTH,
      (
        _,
        the: string | undefined,
        day: string,
        last: string | undefined,
        _of,
        month: string,
        comma?: string,
        year?: string,
      ) => {
        const tail = last === undefined ? '' : ` to the ${words.ordinal(last)}`;
        const when = year === undefined ? '' : `${comma ?? ''} ${words.year(year)}`;
        return `${the === undefined ? 'the ' : the}${words.ordinal(day)}${tail} of ${monthName(month)}${when}`;
      },
    )
    .replace(MONTH_YEAR, (whole: string, month: string, year: string) =>
      isWord(month) ? whole : `${monthName(month)} ${words.year(year)}`,
    )
    .replace(SHORT_MONTH, (_, month: string) => monthName(month))
    .replace(WEEKDAY, (_, day: string) => DAYS[day.toLowerCase()] ?? day)
    .replace(/(day)\s*[–-]\s*(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)/g, '$1 to ');
};

const ERA = String.raw`(?:\s?(?:BCE|BC|CE|AD|B\.C\.E?\.?|A\.D\.|C\.E\.))`;
const DECADE = /(?<![\w.,$€£])(?<!\d-)(1\d|20)?(\d)0['’]?s\b/g;
const DECADE_RANGE = /(\d0['’]?s)\s?[-–—]\s?(?=(?:1\d|20)?\d0['’]?s\b)/g;
const SHORT_DECADE = /['’](\d)0s\b/g;
/** `the class of '98`. */
const SHORT_YEAR = /(?<=^|[\s(])['’](\d{2})(?![\w'’])/g;
/** `post-1945`. */
const PREFIXED_YEAR = /(?<=\b(?:post|pre|mid|ante)-)(1[1-9]\d{2}|20\d{2})(?![\w:/%]|[.,-]\d)/gi;
/** `the year 2150`, `by 2100`: years to come need a plainer sign than those that have been. */
const FUTURE_YEAR =
  /(?<=\b(?:in|by|until|till|since|around|circa|before|after|early|late|mid|years?)[ -])(2[1-9]\d{2})(?![\w:/%°]|[.,-]\d)/gi;
const YEAR_RANGE =
  /(?<![\w.,$€£:/-])(1[0-9]\d{2}|20\d{2})\s?[–—-]\s?(1[0-9]\d{2}|20\d{2}|\d{2})(?![\w,:/]|[.-]\d|%)/g;
const ERA_YEAR = new RegExp(String.raw`(?<![\w.,$€£-])(\d{1,4})(?=${ERA}(?![\p{L}]))`, 'gu');
const YEAR_CUE =
  /\b(in|since|from|until|till|by|before|after|during|circa|around|early|late|mid|of|year|years|spring|summer|autumn|fall|winter|class|between|to|and|through|born|died|est|established|founded|copyright|©|model|season|edition|olympics|world cup|census|election)[ -]+$/i;
const BARE_YEAR =
  /(?<![\w.,$€£#:/+×*=^-])(1[1-9]\d{2}|20\d{2}|10\d{2})(?![\w:/%°]|[.,-]\d|\s?(?:[×x*+=÷^])\s?\d)/g;
const QUANTITY_AFTER =
  /^\s+(?:(?:more|other|different|new|extra|additional|active|total|square|cubic|separate|unique|individual)\s+)?(?!was\b|is\b|has\b|its\b|this\b|as\b|us\b|census\b|olympics\b|games\b|series\b|across\b|versus\b|always\b|perhaps\b|analysis\b|elections\b)[a-z]+(?:s|people|men|women|children|feet)\b/;
const QUANTITY_UNIT =
  /^\s?(?:kg|km|cm|mm|m|mi|ft|lbs?|oz|g|mg|ml|L|l|W|kW|MW|V|mAh|Hz|MHz|GHz|MB|GB|TB|KB|ms|rpm|fps|px|cal|kcal|calories|percent|dollars|euros|pounds|USD|EUR|GBP)\b/;

/** Rewrites years and decades. Runs after money and units have taken their numbers. */
export const years: Rewrite = (text, words) => {
  if (!/\d/.test(text)) return text;
  return text
    .replace(DECADE_RANGE, '$1 to ')
    .replace(SHORT_DECADE, (_, ten: string) => pluralWords(words.cardinal(`${ten}0`)))
    .replace(DECADE, (whole: string, century: string | undefined, ten: string) => {
      if (century === undefined)
        return ten === '0' || ten === '1' ? whole : pluralWords(words.cardinal(`${ten}0`));
      return pluralWords(words.year(`${century}${ten}0`));
    })
    .replace(YEAR_RANGE, (whole: string, from: string, to: string) => {
      if (to.length === 2 && Number(to) <= Number(from.slice(2))) return whole;
      return `${words.year(from)} to ${to.length === 2 ? pairWords(to) : words.year(to)}`;
    })
    .replace(SHORT_YEAR, (_, pair: string) => pairWords(pair))
    .replace(PREFIXED_YEAR, (digits) => words.year(digits))
    .replace(FUTURE_YEAR, (digits: string, _, at: number, all: string) => {
      const after = all.slice(at + 4, at + 50);
      return QUANTITY_UNIT.test(after) || QUANTITY_AFTER.test(after) ? digits : words.year(digits);
    })
    .replace(ERA_YEAR, (digits) => words.year(digits))
    .replace(BARE_YEAR, (digits: string, _, at: number, all: string) => {
      const after = all.slice(at + 4, at + 50);
      const cued = YEAR_CUE.test(all.slice(Math.max(0, at - 20), at)) || all[at - 1] === '(';
      if (
        QUANTITY_UNIT.test(after) ||
        (QUANTITY_AFTER.test(after) && !(cued && /^(?:19|20)/.test(digits) && !QUANTITY_STRICT.test(after)))
      )
        return digits;
      return cued || Number(digits) >= 1500 ? words.year(digits) : digits;
    });
};

/** Plain nouns of counting, which make a quantity even of "in 1984 houses". */
const QUANTITY_STRICT =
  /^\s+(?:people|men|women|children|feet|miles|dollars|years|days|hours|minutes|houses|words|steps|points|students|employees|users|copies|units|pages|cases|times)\b/;
