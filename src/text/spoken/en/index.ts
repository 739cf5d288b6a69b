/**
 * English: written text to words, by rules in a fixed order. A rule takes what it understands and leaves words; what it does
 * not understand it leaves for the rules after it, the last of which reads every digit that is left.
 *
 * 1. "about" signs, numbers in other habits of writing, dates  2. addresses, file names, hashes  3. versions  4. telephone numbers and codes  5. abbreviations, model numbers  6. times
 * 7. money  8. percentages  9. fractions  10. measures  11. powers  12. shortened numbers  13. Roman numerals  14. ordinals
 * 15. mathematics  16. years  17. ranges  18. signs  19. numbers
 */
import { abbreviations } from './abbreviations.ts';
import { dates, years } from './dates.ts';
import { mathematics, powers, signs } from './symbols.ts';
import { measures } from './measures.ts';
import { money } from './money.ts';
import { labelledNumbers, versions } from './named-numbers.ts';
import { numberWords } from './numbers.ts';
import {
  approximations,
  fractions,
  magnitudes,
  numbers,
  ordinals,
  percentages,
  ranges,
} from './quantities.ts';
import { telephones } from './phone.ts';
import { romanNumerals } from './roman.ts';
import { times } from './times.ts';
import { webAddresses } from './web.ts';
import { writtenNumbers } from './written-numbers.ts';
import type { Rewrite } from './rule.ts';

const ORDER: readonly Rewrite[] = [
  approximations,
  writtenNumbers,
  dates,
  webAddresses,
  versions,
  telephones,
  abbreviations,
  labelledNumbers,
  times,
  money,
  percentages,
  fractions,
  measures,
  powers,
  magnitudes,
  romanNumerals,
  ordinals,
  mathematics,
  years,
  ranges,
  signs,
  numbers,
];

/** Whether a text has anything that the rules may change: a digit, a sign, a Roman numeral, an abbreviation without a dot. */
const WORTH_A_LOOK =
  /[^\p{L}\p{M}\s,!?;:'"“”‘’()…—-]|[IVXLC]{2}|[a-z][A-Z]|\p{Script=Greek}|,\s[A-Z]{2}(?!\p{L})|\b[nkm]!|(?:^|\s)--?\w|\b[IVX]\b|\b(?:etc|vs|Mrs?|Ms|Dr|Prof|St|Mt|aka|avg|approx|Ltd|Corp|Jr|Sr|Dept|Govt|Intl|Esq|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Ave|Blvd|Rd|Ctrl|Cmd|[Qq]ty)\b|\([ivx]{2}|ages? [ivx]|(?:ct|ene|ter|art|ook|ion|dix) [ivx]{2}|tel:|[+-]$|-\d/u;

/** The rewriting of a text in American or British English. */
export function englishWords(british: boolean): (text: string) => string {
  const words = numberWords(british);
  return (text) =>
    WORTH_A_LOOK.test(text) ? ORDER.reduce((said, rewrite) => rewrite(said, words), text) : text;
}
