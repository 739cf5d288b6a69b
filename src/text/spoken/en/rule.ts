/** The form of the normaliser's rules: a pattern and the words for what it finds. */
import type { NumberWords } from './numbers.ts';

/** Rewrites a text; returns it unchanged when nothing applies. */
export type Rewrite = (text: string, words: NumberWords) => string;

/** A number as it is written in English: `1,234.5`, `.5`, `12`. */
export const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)`;

/** What must not stand before a number that is read as one. */
export const NOT_INSIDE = String.raw`(?<![\p{L}\d.,/:-]|\d[.,])`;

/** A minus before a number: not after a letter, a digit or a closing bracket, where it is a hyphen or a range. */
export const SIGN = String.raw`(?:(?<![\p{L}\d)\]%])[-−](?=[\d.$€£]))?`;

/** What stands before "4B" and "42A", where the letter is part of the number's name. */
export const NAMED_PLACE =
  /\b(?:number|bus|line|seat|gate|room|apartment|apt|flat|platform|figure|table|section|exhibit|appendix|unit|suite|row|building|route|form|schedule|class|grade)\.?\s+$/i;

/** Names that stand for `million`, `billion`, … after an amount. */
export const MAGNITUDES: Readonly<Record<string, string>> = {
  k: 'thousand',
  thousand: 'thousand',
  m: 'million',
  mn: 'million',
  mm: 'million',
  mil: 'million',
  million: 'million',
  b: 'billion',
  bn: 'billion',
  bil: 'billion',
  billion: 'billion',
  t: 'trillion',
  tn: 'trillion',
  trillion: 'trillion',
  lakh: 'lakh',
  crore: 'crore',
};
