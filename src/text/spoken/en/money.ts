/** Amounts of money, with magnitudes and ranges. */
import type { NumberWords } from './numbers.ts';
import { MAGNITUDES, NUMBER, SIGN, type Rewrite } from './rule.ts';

interface Currency {
  readonly one: string;
  readonly many: string;
  readonly minor: readonly [one: string, many: string] | undefined;
}

function currency(one: string, many: string, minorOne?: string, minorMany?: string): Currency {
  return { one, many, minor: minorOne === undefined ? undefined : [minorOne, minorMany ?? `${minorOne}s`] };
}

const DOLLAR = currency('dollar', 'dollars', 'cent');
const named = (name: string): Currency => currency(`${name} dollar`, `${name} dollars`, 'cent');

/** By symbol and by ISO 4217 code. */
const CURRENCIES: Readonly<Record<string, Currency>> = {
  $: DOLLAR,
  US$: named('US'),
  C$: named('Canadian'),
  CA$: named('Canadian'),
  A$: named('Australian'),
  AU$: named('Australian'),
  NZ$: named('New Zealand'),
  HK$: named('Hong Kong'),
  S$: named('Singapore'),
  R$: currency('real', 'reais', 'centavo'),
  '€': currency('euro', 'euros', 'cent'),
  '£': currency('pound', 'pounds', 'penny', 'pence'),
  '¥': currency('yen', 'yen'),
  '₹': currency('rupee', 'rupees', 'paisa', 'paise'),
  '₽': currency('ruble', 'rubles', 'kopek'),
  '₩': currency('won', 'won'),
  '₺': currency('lira', 'lira', 'kurus', 'kurus'),
  '₿': currency('bitcoin', 'bitcoins'),
  '₪': currency('shekel', 'shekels'),
  '₫': currency('dong', 'dong'),
  '₴': currency('hryvnia', 'hryvnias'),
  '₦': currency('naira', 'naira', 'kobo', 'kobo'),
  '฿': currency('baht', 'baht'),
  '₱': currency('peso', 'pesos'),
  USD: named('US'),
  CAD: named('Canadian'),
  AUD: named('Australian'),
  NZD: named('New Zealand'),
  HKD: named('Hong Kong'),
  SGD: named('Singapore'),
  EUR: currency('euro', 'euros', 'cent'),
  GBP: currency('British pound', 'British pounds', 'penny', 'pence'),
  JPY: currency('Japanese yen', 'Japanese yen'),
  CNY: currency('Chinese yuan', 'Chinese yuan'),
  RMB: currency('yuan', 'yuan'),
  INR: currency('Indian rupee', 'Indian rupees'),
  CHF: currency('Swiss franc', 'Swiss francs', 'centime'),
  SEK: currency('Swedish krona', 'Swedish kronor'),
  NOK: currency('Norwegian krone', 'Norwegian kroner'),
  DKK: currency('Danish krone', 'Danish kroner'),
  KRW: currency('Korean won', 'Korean won'),
  PLN: currency('Polish zloty', 'Polish zloty'),
  BRL: currency('Brazilian real', 'Brazilian reais'),
  MXN: currency('Mexican peso', 'Mexican pesos'),
  BTC: currency('bitcoin', 'bitcoins'),
  ETH: currency('ether', 'ether'),
  ZAR: currency('South African rand', 'South African rand'),
  Rs: currency('rupee', 'rupees', 'paisa', 'paise'),
  TRY: currency('Turkish lira', 'Turkish lira'),
};

const SYMBOLS = String.raw`Rs(?=\.?\s?\d)|(?:US|CA|AU|NZ|HK|C|A|S|R)?\$|[€£¥₹₽₩₺₿₪₫₴₦฿₱]`;
const CODES = Object.keys(CURRENCIES)
  .filter((code) => /^[A-Z]{3}$/.test(code))
  .join('|');
const MAGNITUDE = String.raw`(?:(?:\s?|-(?=[a-z]{5}))(thousand|million|billion|trillion|lakh|crore|mn|mm|bn|tn|mil|bil|[kKmMbBtT])(?![\p{L}\d]))?`;
const PER = String.raw`(?:\s?\/\s?(hour|hr|h|day|d|week|wk|month|mo|year|yr|y|user|person|kg|lb|g|gal|seat|mile|mi|night|unit|item|each|GB|TB|sq ft|token|share|piece|pound|gallon|kWh|min|minute|second|sec|(?:ft|m|km|mi|in|cm)[²³])(?![\p{L}\d])(?:\.(?=\s\p{Ll}))?)?`;
const RANGE = String.raw`(?:(?:\s?[–—-]\s?(?:${SYMBOLS})?|\sto\s)(${NUMBER}))?`;
const BEFORE = new RegExp(
  String.raw`(${SIGN})(?<![\w$])(${SYMBOLS})(-)?(?:(?<=Rs)\.)?\s?(${NUMBER})${RANGE}${MAGNITUDE}(\+)?${PER}(?:\/(day|night|week|month|year|hour|yr|mo|hr)(?!\w))?(-(?=\p{L}))?`,
  'gu',
);
const MIXED_RANGE = new RegExp(
  String.raw`(?<![\w$])(${SYMBOLS})(${NUMBER})\s?([kKmMbB]|thousand|million|billion)\s?(?:[–—-]|to)\s?(?:${SYMBOLS})?(${NUMBER})\s?([kKmMbB]|thousand|million|billion)(?![\p{L}\d])`,
  'gu',
);
const AFTER = new RegExp(
  String.raw`(?<![\w.,$])(${NUMBER})${RANGE}${MAGNITUDE}\s?([€£¥₹₽₩₺₿₪]|\$(?!\s?\d)|(?:${CODES})\b)(?![\w$])`,
  'gu',
);
const CODE_FIRST = new RegExp(String.raw`(?<![\w])(${CODES})\s?(${NUMBER})${RANGE}${MAGNITUDE}(?!\w)`, 'gu');
const CENTS = new RegExp(String.raw`(?<![\w.,])(${NUMBER})\s?¢${PER}`, 'gu');

const PER_NAMES: Readonly<Record<string, string>> = {
  hr: 'hour',
  h: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  yr: 'year',
  y: 'year',
  lb: 'pound',
  kg: 'kilogram',
  g: 'gram',
  gal: 'gallon',
  mi: 'mile',
  GB: 'gigabyte',
  TB: 'terabyte',
  'sq ft': 'square foot',
  'ft²': 'square foot',
  'm²': 'square meter',
  'km²': 'square kilometer',
  'mi²': 'square mile',
  'in²': 'square inch',
  'cm²': 'square centimeter',
  'ft³': 'cubic foot',
  'm³': 'cubic meter',
  kWh: 'kilowatt hour',
  min: 'minute',
  sec: 'second',
};

interface Amount {
  readonly number: string;
  readonly to?: string | undefined;
  readonly magnitude?: string | undefined;
  readonly unit: Currency;
  /** Whether a noun follows ("a $5-bill"), which takes the singular. */
  readonly attributive?: boolean;
}

function amountWords(words: NumberWords, { number, to, magnitude, unit, attributive }: Amount): string {
  const name = attributive === true ? unit.one : unit.many;
  const scale = magnitude === undefined ? undefined : MAGNITUDES[magnitude.toLowerCase()];
  if (to !== undefined) {
    const tail = scale === undefined ? '' : ` ${scale}`;
    if (scale === undefined && /\./.test(number + to)) {
      return `${amountWords(words, { number, unit })} to ${amountWords(words, { number: to, unit })}`;
    }
    return `${words.decimal(number)} to ${words.decimal(to)}${tail} ${name}`;
  }
  if (scale !== undefined) return `${words.decimal(number)} ${scale} ${name}`;
  const [whole = '', part] = number
    .replace(/,/g, '')
    .replace(/(\.\d\d)0+$/, '$1')
    .split('.');
  const major = `${words.cardinal(whole === '' ? '0' : whole)} ${Number(whole) === 1 ? unit.one : name}`;
  if (part === undefined || /^0+$/.test(part)) return major;
  if (part.length > 2 || unit.minor === undefined) return `${words.decimal(number)} ${name}`;
  const cents = Number(part.padEnd(2, '0'));
  const minor = `${words.cardinal(String(cents))} ${cents === 1 ? unit.minor[0] : unit.minor[1]}`;
  return Number(whole) === 0 ? minor : `${major} and ${minor}`;
}

/** "per hour" for "/hr". */
function rateWords(per: string | undefined): string {
  if (per === undefined) return '';
  return per === 'each' ? ' each' : ` per ${PER_NAMES[per] ?? per}`;
}

function lookUp(code: string): Currency {
  return CURRENCIES[code] ?? DOLLAR;
}

/** "A $1.2 billion deal": the amount stands before its noun and takes the singular. */
const PRICED_NOUN =
  /^\s(?:deal|house|home|investment|fund|project|grant|contract|bill|plan|loan|lawsuit|settlement|budget|mansion|question|prize|acquisition|note|coin|gift|fine|fee|coupon|discount|ticket|budget|donation|purchase|valuation|market|industry|company|business|startup|phone|laptop|watch|car|meal|lunch|dinner)\b/;

/** A word that the amount can describe, after "a": "a $5 coffee", not "a $5 or $10 note". */
const PRICED =
  /^\s(?!(?:a|an|per|or|to|and|in|for|off|of|from|more|less|each|at|by|on|with|is|was)\b)\p{Ll}/u;

/** Rewrites amounts of money. */
export const money: Rewrite = (text, words) => {
  if (!/[$€£¥₹₽₩₺₿₪₫₴₦฿₱¢]|[A-Z]{3}|\bRs\b/.test(text)) return text;
  return text
    .replace(MIXED_RANGE, (_, symbol: string, a: string, m: string, b: string, n: string) => {
      const unit = lookUp(symbol);
      const low =
        m.toLowerCase() === n.toLowerCase()
          ? words.decimal(a)
          : `${words.decimal(a)} ${MAGNITUDES[m.toLowerCase()] ?? ''}`;
      return `${low} to ${words.decimal(b)} ${MAGNITUDES[n.toLowerCase()] ?? ''} ${unit.many}`;
    })
    .replace(
      BEFORE,
      (
        whole: string,
        sign: string,
        symbol: string,
        minus: string | undefined,
        number: string,
        to: string | undefined,
        magnitude: string | undefined,
        plus: string | undefined,
        per: string | undefined,
        perToo: string | undefined,
        hyphen: string | undefined,
        at: number,
        all: string,
      ) => {
        const unit = lookUp(symbol);
        const after = all.slice(at + whole.length);
        const before =
          hyphen !== undefined ||
          /\d-\p{L}/u.test(whole) ||
          PRICED_NOUN.test(after) ||
          (/(?:^|\s)an?\s$/i.test(all.slice(0, at)) && PRICED.test(after));
        const said = amountWords(words, { number, to, magnitude, unit, attributive: before });
        const lead = sign !== '' || minus !== undefined ? 'minus ' : '';
        return `${lead}${said}${plus === undefined ? '' : ' plus'}${rateWords(per)}${rateWords(perToo)}${hyphen === undefined ? '' : ' '}`;
      },
    )
    .replace(CODE_FIRST, (_, code: string, number: string, to?: string, magnitude?: string) =>
      amountWords(words, { number, to, magnitude, unit: lookUp(code) }),
    )
    .replace(
      AFTER,
      (_, number: string, to: string | undefined, magnitude: string | undefined, code: string) =>
        amountWords(words, { number, to, magnitude, unit: lookUp(code) }),
    )
    .replace(/(?<![\w$€£¥])[$€£¥](?![\w$€£¥]|\s?\d)/g, (sign) => lookUp(sign).one)
    .replace(
      CENTS,
      (_, number: string, per?: string) =>
        `${words.decimal(number)} ${number === '1' ? 'cent' : 'cents'}${rateWords(per)}`,
    )
    .replace(/(?<=\b(?:cents?|dollars?|euros?|pounds?|pence))\s?\/\s?(?=\d|\p{Ll})/gu, ' per ');
};
