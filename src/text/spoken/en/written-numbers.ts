/**
 * Numbers written otherwise than English writes them, brought to the English form that the other rules know: groups divided
 * by blanks, dots or apostrophes, Indian groups, a decimal comma before a unit or in a price.
 */
import type { Rewrite } from './rule.ts';

/** `2 147 483 647`: two groups of three or more, so that a telephone number or a list is not taken for one. */
const BLANKS = /(?<![\w.,+(-]|\d )([1-9]\d{0,2}(?: \d{3}){2,})(?![\w,.-]*\d| \d|-)/g;
/** `384 400 km`: one group of three, before a unit. */
const BLANK_UNIT =
  /(?<![\w.,+(-]|\d )([1-9]\d{0,2} \d{3})(?=[ \u00a0](?:km|kg|m|t|km²|m²|ha|miles|tonnes|tons)(?![\p{L}\d]))/gu;
/** `1.000.000`. */
const DOTS = /(?<![\w.,:/-])([1-9]\d{0,2}(?:\.\d{3}){2,})(?![\w:/-]|[.,]\d)/g;
/** `1.234,56`. */
const DOTS_AND_COMMA = /(?<![\w.,:/-])(\d{1,3}(?:\.\d{3})+),(\d{1,2})(?![\w:/]|[.,]\d)/g;
/** `6'000`. */
const APOSTROPHES = /(?<![\w.,'’])([1-9]\d{0,2}(?:['’]\d{3})+)(?![\w'’])/g;
/** `10,00,000`. */
const INDIAN = /(?<![\w.,])(\d{1,2}(?:,\d{2})+,\d{3})(?![\w,]*\d)/g;
/** `€3,50`. */
const PRICE = /(?<=[$€£¥₹₽₺]\s?\d+),(\d{2})(?!\d|[.,]\d)/g;
/** `3,50 €`, `1,5 kg`, `2,5 %`. */
const COMMA =
  /(?<![\w.,])(\d+),(\d{1,2})(?=\s?(?:[€£%]|°|(?:km|cm|mm|kg|mg|ml|cl|dl|m|g|l|t|ha|kW|kWh|MB|GB|TB|GHz|MHz|EUR|euros?)(?![\p{L}\d])))/gu;
/** `20_000`, as programs write it. */
const UNDERSCORES = /(?<![\w.])([1-9]\d{0,2}(?:_\d{3})+)(?!\w)/g;
const SPREAD = / |\.|['’]|,|_/g;

/** `3×10^8`: the power in the form that the rules for measures know. */
const POWER_OF_TEN = /(?<=(?:^|[\s(×x*·])10)\^[({]?([-−]?)(\d{1,3})[)}]?(?![\w.])/g;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Rewrites numbers of other habits of writing. */
export const writtenNumbers: Rewrite = (text) => {
  if (!/\d[ .,'’_]\d|10\^/.test(text)) return text;
  const grouped = (_: string, digits: string): string =>
    digits.replace(SPREAD, '').replace(/\B(?=(?:\d{3})+$)/g, ',');
  return text
    .replace(POWER_OF_TEN, (_, sign: string, digits: string) => {
      const raised = Array.from(digits, (digit) => RAISED.charAt(Number(digit))).join('');
      return `${sign === '' ? '' : '⁻'}${raised}`;
    })
    .replace(BLANKS, grouped)
    .replace(BLANK_UNIT, grouped)
    .replace(DOTS_AND_COMMA, (_, whole: string, part: string) => `${whole.replace(/\./g, '')}.${part}`)
    .replace(DOTS, grouped)
    .replace(APOSTROPHES, grouped)
    .replace(UNDERSCORES, grouped)
    .replace(INDIAN, grouped)
    .replace(PRICE, '.$1')
    .replace(COMMA, '$1.$2');
};
