/**
 * What to do with a word that neither the dictionaries nor the rules know: other spellings, letters, compounds, and at
 * last the spelling network. Answers are kept, so a name that returns costs nothing.
 */
import { toBritish } from './british.ts';
import { type Dialect } from './dialect.ts';
import { withS } from './endings.ts';
import { splitClipped, withClipped } from './inflections.ts';
import { type Lexicon } from './lexicon.ts';
import { demote } from './sounds.ts';
import { type SpellingNetwork } from './spelling-network.ts';
import { type WordContext, type WordReader } from './words.ts';

/** Reads unknown words. */
export interface UnknownWords {
  /** Phonemes, '' when the word holds nothing that English could say. */
  read(word: string, context: WordContext): string;
}

const DIGIT_NAMES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** How many answers are kept. */
const KEPT = 2_000;
/** Shortest part of a compound, in letters: shorter ones match by accident, in names more easily. */
const LEAST_PART = 3;
const LEAST_NAME_PART = 4;

/** What unknown words are read with. */
export interface UnknownWordSources {
  readonly reader: WordReader;
  /** American names, lower case. */
  readonly names: Lexicon;
  /** Asked only when all else fails. American too. */
  readonly network: SpellingNetwork;
}

/** Builds the reader. */
export function createUnknownWords(
  { reader, names, network }: UnknownWordSources,
  dialect: Dialect,
): UnknownWords {
  const known = new Map<string, string>();

  const readDigits = (digits: string, context: WordContext): string =>
    Array.from(digits)
      .map((digit) => reader.read(DIGIT_NAMES[Number(digit)] ?? '', { ...context, tag: 'CD' }) ?? '')
      .filter((name) => name !== '')
      .join(' ');

  /** Two known words written as one: "webpage". The head is a noun and carries the stress. */
  const readCompound = (word: string, leastPart: number, context: WordContext): string | undefined => {
    for (let at = word.length - leastPart; at >= leastPart; at -= 1) {
      const head = word.slice(0, at);
      if (!reader.has(head)) continue;
      const first = reader.read(head, { ...context, tag: 'NN' });
      const second = reader.read(word.slice(at), context);
      if (first !== undefined && second !== undefined) return first + demote(second);
    }
    return undefined;
  };

  const accent = (american: string, word: string): string =>
    dialect === 'en-GB' ? toBritish(american, word) : american;

  const readName = (word: string): string | undefined => {
    const pronunciation = names.find(word)?.pronunciation;
    return typeof pronunciation === 'string' ? accent(pronunciation, word) : undefined;
  };

  const readLetters = (word: string, context: WordContext): string => {
    if (word.endsWith("'s")) return withS(readLetters(word.slice(0, -2), context), dialect);
    const clipped = splitClipped(word);
    if (clipped !== undefined) return withClipped(readLetters(clipped[0], context), clipped[1], dialect);
    const lower = word.toLowerCase();
    const stem = lower.endsWith('s') ? readName(lower.slice(0, -1)) : undefined;
    const name = readName(lower) ?? (stem === undefined ? undefined : withS(stem, dialect));
    if (name !== undefined) return name;
    if (isInitialism(word)) return reader.spell(word) ?? '';
    const compound = readCompound(lower, word === lower ? LEAST_PART : LEAST_NAME_PART, context);
    if (compound !== undefined) return compound;
    const capitals = word.length > 1 && word === word.toUpperCase();
    return accent(network.pronounce(capitals ? lower : word), word);
  };

  const readAny = (word: string, context: WordContext): string => {
    const latin = toPlainLatin(word);
    if (/^[0-9]+$/.test(latin)) return readDigits(latin, context);
    if (!/[A-Za-z]/.test(latin)) return '';
    return (latin === word ? undefined : reader.read(latin, context)) ?? readLetters(latin, context);
  };

  return {
    read: (word, context) => {
      const kept = known.get(word);
      if (kept !== undefined) return kept;
      const phonemes = readAny(word, context);
      if (known.size >= KEPT) known.delete(known.keys().next().value ?? '');
      known.set(word, phonemes);
      return phonemes;
    },
  };
}

/** Letters that have no accent to take off. */
const OTHER_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'Ae'],
  ['œ', 'oe'],
  ['Œ', 'Oe'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'th'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ı', 'i'],
]);

/** The word in A to Z, digits and apostrophes; characters of other scripts are left out. */
function toPlainLatin(word: string): string {
  return Array.from(word.normalize('NFKD'))
    .map((letter) => OTHER_LETTERS.get(letter) ?? letter)
    .join('')
    .replace(/[^A-Za-z0-9']/g, '')
    .replace(/^'+|'+$/g, '');
}

/** Whether letters without a vowel, or capitals that no word has, are said by name: "HTTPS", "xyz", "LLM". */
function isInitialism(word: string): boolean {
  const letters = word.replace(/'/g, '');
  if (letters.length <= 1) return true;
  if (letters === letters.toUpperCase() && letters.length <= 5) return true;
  return letters.length <= 6 && !/[aeiouy]/i.test(letters);
}
