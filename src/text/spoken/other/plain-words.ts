/**
 * Numbers and signs of the languages that have no rules of their own yet, in words: what is left holds no digit. Addresses,
 * times, prices, percentages, ranges, powers, decimals and whole numbers are read; units and abbreviations stay as written.
 */
import { PLAIN_LANGUAGES, type PlainLanguage, type Sign } from './languages.ts';

/** Whole numbers longer than this are said digit by digit. */
const LONGEST_NUMBER = 12;

const ADDRESS =
  /(?<![\p{L}\d@])(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)([^\s/?#<>"'）)\]]+)[^\s<>"'）)\]]*|(?<![\p{L}\d.])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/giu;
const CLOCK = /(?<![\d.,:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]|[.,]\d)/g;
const SUPERSCRIPT = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g;
const MONEY_BEFORE = /([€$£¥])\s?(\d[\d.,]*\d|\d)/g;
/** `3,50 €`: the name of the money stands between. */
const CENTS = /(?<![\d.,])(\d+)[.,](\d{2})\s?([€$£])/g;
const PERCENT_BEFORE = /(\d[\d.,]*\d|\d)\s?%/g;
const RANGE = /(?<=\d\s?)[–—-](?=\s?\d)/g;
const MINUS = /(?<![\p{L}\d])[-−](?=\d)/gu;
const SIGNS = /[%°€$£¥+=×÷&@#]/g;

/** The rewriting for the language of a BCP 47 tag, or undefined when its numbers are not known. */
export function plainWords(tag: string): ((text: string) => string) | undefined {
  const language = PLAIN_LANGUAGES.get(tag.toLowerCase().split(/[-_]/)[0] ?? '');
  return language === undefined ? undefined : (text) => rewrite(text, language);
}

function rewrite(text: string, language: PlainLanguage): string {
  if (!/[\p{N}%°€$£¥+=×÷&@#]|:\/\/|www\./u.test(text)) return text;
  const gap = language.tight ? '' : ' ';
  const say = (sign: Sign): string => `${gap}${language.signs[sign]}${gap}`;
  const said = text
    .replace(/[⁻⁺]/g, '')
    .replace(/№/g, '#')
    .replace(/〇/g, language.tight ? '零' : '0')
    .replace(/°\s?C(?!\p{L})/gu, '° Celsius')
    .replace(/°\s?F(?!\p{L})/gu, '° Fahrenheit')
    .replace(ADDRESS, (whole: string, host?: string, mail?: string) => {
      const stop = /[.,;:!?]+$/.exec(whole)?.[0] ?? '';
      const bare = (mail ?? host ?? '').replace(/^www\./i, '').replace(/[.,;:!?]+$/, '');
      return `${bare.replace(/\./g, say('.')).replace(/@/g, say('@'))}${stop}`;
    })
    .replace(
      SUPERSCRIPT,
      (run) => `${gap}${language.signs['^'].replace('_', `${gap}${run.normalize('NFKC')}${gap}`)}${gap}`,
    )
    .replace(CLOCK, (_, hour: string, minute: string) => {
      const [afterHour, afterMinute] = language.clock;
      const minutes = Number(minute) === 0 ? '' : `${gap}${Number(minute)}${gap}${afterMinute}`;
      return `${Number(hour)}${gap}${afterHour}${minutes}`;
    })
    .replace(MONEY_BEFORE, (_, sign: string, amount: string) => `${amount} ${sign}`)
    .replace(CENTS, '$1 $3 $2')
    .replace(PERCENT_BEFORE, (whole: string, amount: string) =>
      percentComesFirst(language) ? `%${amount}` : whole,
    )
    .replace(RANGE, say('–'))
    .replace(MINUS, say('-'))
    .replace(SIGNS, (sign) => say(isSign(sign) ? sign : '+'));
  return readNumbers(said, language);
}

/** Turkish and Chinese say "percent" before the number. */
function percentComesFirst({ signs }: PlainLanguage): boolean {
  return signs['%'] === 'yüzde' || signs['%'] === '百分之';
}

function isSign(sign: string): sign is Sign {
  return '%°€$£¥+=×÷&@#'.includes(sign);
}

const COMMA_NUMBER = /\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*/g;
const POINT_NUMBER = /\d{1,3}(?:,\d{2,3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)*/g;

function readNumbers(text: string, language: PlainLanguage): string {
  const gap = language.tight ? '' : ' ';
  const ordinal = language.ordinal;
  let said = text.normalize('NFC').replace(/[\p{No}\p{Nl}]/gu, (form) => ` ${form.normalize('NFKC')} `);
  if (ordinal !== undefined) {
    said = said.replace(
      /(?<=(?:^|\s)(\p{L}*)\s?)(?<![\d.,])(\d{1,2})\.(?=\s\p{Lu}\p{Ll})/gu,
      (_, before: string, digits: string) =>
        Number(digits) === 0
          ? digits
          : `${ordinal(digits)}${/^(?:am|vom|zum|dem|den|bis|im|beim)$/i.test(before) ? 'n' : ''}`,
    );
  }
  if (language.tight) said = said.replace(/(\d{4})(?=年)/g, (digits) => yearByDigits(digits, language));
  return said
    .replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, gap)
    .replace(language.decimalComma ? COMMA_NUMBER : POINT_NUMBER, (number) => numberWords(number, language))
    .replace(/\p{N}+/gu, ' ');
}

/** Chinese says the digits of a year; Japanese says its number. */
function yearByDigits(digits: string, language: PlainLanguage): string {
  return language.signs['¥'] === '日元' ? spelled(digits, language) : digits;
}

const COMMA_GROUPS = /^\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?$/;
/** Groups of three, and those of two that India writes. */
const POINT_GROUPS = /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/;

/** The text before a mark and the rest with it. */
function splitAt(number: string, mark: string): readonly [head: string, tail: string] {
  const at = number.indexOf(mark === '.' ? '.' : ',');
  return at < 0 ? [number, ''] : [number.slice(0, at), number.slice(at)];
}

function numberWords(number: string, language: PlainLanguage): string {
  const mark = language.decimalComma ? ',' : '.';
  if (/^\d{4}$/.test(number) && language.year !== undefined) return language.year(number);
  const inGroups = language.decimalComma ? COMMA_GROUPS : POINT_GROUPS;
  const [head, tail] = inGroups.test(number) ? splitAt(number, mark) : [number, ''];
  const parts = `${inGroups.test(number) ? head.replace(/\D/g, '') : head}${tail}`.split(/[.,]/);
  const [whole = '', fraction] = parts;
  if (parts.length > 2)
    return parts.map((part) => wholeNumber(part, language)).join(language.tight ? '、' : ', ');
  if (fraction === undefined) return wholeNumber(whole, language);
  const gap = language.tight ? '' : ' ';
  const digits =
    language.wholeFraction && !fraction.startsWith('0') && fraction.length < 3
      ? wholeNumber(fraction, language)
      : spelled(fraction, language);
  return `${wholeNumber(whole, language)}${gap}${language.signs[',']}${gap}${digits}`;
}

function wholeNumber(digits: string, language: PlainLanguage): string {
  if (digits.length > LONGEST_NUMBER || /^0\d/.test(digits)) return spelled(digits, language);
  return language.cardinal(digits);
}

function spelled(digits: string, language: PlainLanguage): string {
  return Array.from(digits, (digit) => language.cardinal(digit)).join(language.tight ? '' : ' ');
}
