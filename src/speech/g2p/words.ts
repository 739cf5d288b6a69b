/**
 * How one word is said: special words, the dictionary, regular endings, spelled letters. No context but the word's tag and
 * the next sound.
 *
 * The order of the rules and the stress given to capitals are learnt from hexgrad/misaki `en.py` (Apache-2.0), because
 * the voices were trained on its readings.
 */
import { type Dialect } from './dialect.ts';
import { createEntries, isUpper, type Lift, type WordContext } from './entries.ts';
import { readInflected } from './inflections.ts';
import { type Lexicon } from './lexicon.ts';
import { emphasize, ensureStress } from './sounds.ts';
import { readSpecialWord } from './special-words.ts';

export type { WordContext } from './entries.ts';

/** Reads words of one dialect. */
export interface WordReader {
  /** Phonemes of a word (letters, apostrophes, full stops, hyphens), or undefined when no rule knows it. */
  read(word: string, context: WordContext): string | undefined;
  /** The word's letters by their names ("eff-bee-EYE"), or undefined when a letter has none. */
  spell(word: string): string | undefined;
  /** Whether the dictionary holds the word itself, in any usual capitalisation. */
  has(word: string): boolean;
}

/** A name of more letters than this in a sentence is read as the common word that it is. */
const LONGEST_NAME = 7;

/** Builds the reader over one dialect's dictionary. */
export function createWordReader(lexicon: Lexicon, dialect: Dialect): WordReader {
  const entries = createEntries(lexicon);

  const readOrdinary = (word: string, context: WordContext, lift: Lift): string | undefined => {
    if (entries.isKnown(word)) {
      const phonemes = entries.read(word, context, lift);
      if (phonemes !== undefined) return phonemes;
    }
    if (word.endsWith("'") && entries.isKnown(word.slice(0, -1)))
      return readOrdinary(word.slice(0, -1), context, lift);
    return readInflected(word, context, lift, entries, dialect);
  };

  const read = (word: string, context: WordContext): string | undefined => {
    const special = readSpecialWord(word, context, entries);
    if (special !== undefined) return special;
    const lift = liftOf(word);
    const lower = word.toLowerCase();
    if (word !== lower && isCommonWord(word, context) && !entries.has(word)) {
      const phonemes =
        entries.has(lower) || readInflected(lower, context, lift, entries, dialect) !== undefined
          ? readOrdinary(lower, context, lift)
          : undefined;
      if (phonemes !== undefined) return phonemes;
    }
    return readOrdinary(word, context, lift);
  };

  return { read, spell: (word) => entries.spell(word), has: (word) => entries.has(word) };
}

/** Whether capitals may only be those of a sentence's start or of a heading. */
function isCommonWord(word: string, { tag }: WordContext): boolean {
  const usual = isUpper(word) || word.slice(1) === word.slice(1).toLowerCase();
  return (
    word.length > 1 && usual && (tag !== 'NNP' || word.length > LONGEST_NAME) && /^[\p{L}']+$/u.test(word)
  );
}

const keep: Lift = (phonemes) => phonemes;

/** Capitals are said with more stress: a capital word is never weak, one all in capitals is a stressed one. */
function liftOf(word: string): Lift {
  if (word === word.toLowerCase()) return keep;
  return isUpper(word) ? emphasize : ensureStress;
}
