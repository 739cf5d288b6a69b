/**
 * The sounds of misaki's alphabet and what can be done with a word's stress.
 *
 * One character is one sound: `A` as in day, `I` eye, `O` go (US), `Q` go (GB), `W` now, `Y` boy, `ʤ`, `ʧ`, `ᵊ` a small
 * schwa, `ᵻ` between ɪ and ə, `T` the American flap. Source of the sets: hexgrad/misaki `en.py` (Apache-2.0).
 */
import { type NextSound } from './dialect.ts';

/** Stress marks; they stand directly before the vowel. */
export const PRIMARY = 'ˈ';
export const SECONDARY = 'ˌ';

const VOWELS: ReadonlySet<string> = new Set('AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ');
const CONSONANTS: ReadonlySet<string> = new Set('bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ');
const LONG: ReadonlySet<string> = new Set('AIOQWYʤʧ');
const PAUSES: ReadonlySet<string> = new Set(';:,.!?—…');

/** The punctuation that the voice model knows; each stands for itself among the phonemes. */
export const PUNCTUATION: ReadonlySet<string> = new Set(';:,.!?—…"“”()');

/** Whether the character is a vowel or diphthong. */
export function isVowel(sound: string): boolean {
  return VOWELS.has(sound);
}

/** What a listener hears first in `phonemes`; `otherwise` when they hold neither sound nor pause. */
export function firstSound(phonemes: string, otherwise: NextSound): NextSound {
  for (const sound of phonemes) {
    if (VOWELS.has(sound)) return 'vowel';
    if (CONSONANTS.has(sound)) return 'consonant';
    if (PAUSES.has(sound)) return 'pause';
  }
  return otherwise;
}

/** How long a word is heard to be: long sounds count twice. Used to find the head of a compound. */
export function weight(phonemes: string): number {
  let sum = 0;
  for (const sound of phonemes) sum += LONG.has(sound) ? 2 : 1;
  return sum;
}

/** Whether the main stress lies in these phonemes. */
export function hasPrimary(phonemes: string): boolean {
  return phonemes.includes(PRIMARY);
}

/** Main stress becomes side stress; side stress that stood beside it goes. Unstressed words stay so. */
export function demote(phonemes: string): string {
  if (!hasPrimary(phonemes)) return phonemes;
  return phonemes.replaceAll(SECONDARY, '').replaceAll(PRIMARY, SECONDARY);
}

/** Gives a side stress to a word that has none at all. */
export function ensureStress(phonemes: string): string {
  return isStressed(phonemes) ? phonemes : stressFirstVowel(phonemes, SECONDARY);
}

/** Gives the word a main stress if it has none. */
export function emphasize(phonemes: string): string {
  if (hasPrimary(phonemes)) return phonemes;
  return isStressed(phonemes) ? phonemes.replaceAll(SECONDARY, PRIMARY) : stressFirstVowel(phonemes, PRIMARY);
}

function isStressed(phonemes: string): boolean {
  return phonemes.includes(PRIMARY) || phonemes.includes(SECONDARY);
}

function stressFirstVowel(phonemes: string, mark: string): string {
  const sounds = Array.from(phonemes);
  const vowel = sounds.findIndex(isVowel);
  if (vowel < 0) return phonemes;
  return [...sounds.slice(0, vowel), mark, ...sounds.slice(vowel)].join('');
}

/** Joins the names of letters: all but the last carry side stress, the last the main stress ("eff-bee-EYE"). */
export function joinLetterNames(names: readonly string[]): string {
  const joined = names.join('');
  const demoted = hasPrimary(joined) ? demote(joined) : ensureStress(joined);
  const last = demoted.lastIndexOf(SECONDARY);
  return last < 0 ? demoted : demoted.slice(0, last) + PRIMARY + demoted.slice(last + 1);
}
