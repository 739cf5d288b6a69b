/**
 * The words of a text for comparison, the same for what was expected and what was heard: a listener writes "$5" or
 * "five dollars", "p.m." or "PM", and has heard the same.
 */
import { DEFAULT_SPEAKABLE_OPTIONS } from '../../src/text/options.ts';
import { createNormaliser } from '../../src/text/spoken/normaliser.ts';

const inWords = createNormaliser(DEFAULT_SPEAKABLE_OPTIONS);

/** Spellings of one sound, and words that numbers are written with or without. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\b(?:mrs|missus|misses)\b/g, 'missus'],
  [/\bok\b/g, 'okay'],
  [
    /\b(hundred|thousand) and (?=(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b)/g,
    '$1 ',
  ],
  [/\bnegative (?=(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty)\b)/g, 'minus '],
  [/\ba hundred\b/g, 'one hundred'],
];

/** The compared words of a text: numbers in words, small letters, no marks, letters of an acronym as one word. */
export function comparedWords(text: string): string[] {
  let words = inWords(text)
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^a-z' ]/g, ' ')
    .replace(/(?<![a-z])'|'(?![a-z])/g, ' ')
    .replace(/\s+/g, ' ');
  for (const [pattern, same] of SAME) words = words.replace(pattern, same);
  words = words.replace(/\b(?:[a-z] )+[a-z]\b/g, (letters) => letters.replace(/ /g, ''));
  return words.split(' ').filter((word) => word !== '');
}
