/**
 * Reads regular forms by their stem: -s, -'s, -ed, -ing, and the clipped verbs of contractions ("who're", "that'll").
 *
 * Each ending gives the stems that the spelling allows, likeliest first; the first that the dictionary knows is read and
 * the ending's sound added. The order of stems is that of hexgrad/misaki `en.py`; -ied and doubled -ed stems are ours.
 */
import { type Dialect } from './dialect.ts';
import { withEd, withIng, withS } from './endings.ts';
import { type Entries, type Lift, type WordContext } from './entries.ts';
import { ensureStress, isVowel } from './sounds.ts';

/** Phonemes of an inflected word, or undefined when no stem is known. */
export function readInflected(
  word: string,
  context: WordContext,
  lift: Lift,
  entries: Entries,
  dialect: Dialect,
): string | undefined {
  const read = (stem: string | undefined, how: Lift): string | undefined =>
    stem === undefined ? undefined : entries.read(stem, context, how);
  const known = (stems: readonly string[]): string | undefined => stems.find((stem) => entries.isKnown(stem));

  const s = read(known(stemsOfS(word)), lift);
  if (s !== undefined) return withS(s, dialect);
  const ed = read(known(stemsOfEd(word)), lift);
  if (ed !== undefined) return withEd(ed, dialect);
  const ingStem = known(stemsOfIng(word));
  // "being", "using": a weak stem is not weak before -ing.
  const ing = read(ingStem, (phonemes) => ensureStress(lift(phonemes)));
  if (ing !== undefined && ingStem !== undefined) return withIng(ing, ingStem, dialect);
  return readClipped(word, context, lift, entries, dialect);
}

/** Stems of a word in -s or -'s: cats, horses, ladies, boss's. */
export function stemsOfS(word: string): string[] {
  if (word.length < 3 || !/s'?$/.test(word)) return [];
  const plain = word.endsWith("'") ? word.slice(0, -1) : word;
  return [
    ...(plain.endsWith('ss') ? [] : [plain.slice(0, -1)]),
    ...(plain.endsWith("'s") || (plain.length > 4 && /[^i]es$/.test(plain)) ? [plain.slice(0, -2)] : []),
    ...(plain.length > 4 && plain.endsWith('ies') ? [`${plain.slice(0, -3)}y`] : []),
  ];
}

/** Stems of a word in -ed: baked, walked, tried, stopped. */
export function stemsOfEd(word: string): string[] {
  if (word.length < 4 || !word.endsWith('d')) return [];
  return [
    ...(word.endsWith('dd') ? [] : [word.slice(0, -1)]),
    ...(word.length > 4 && /[^e]ed$/.test(word) ? [word.slice(0, -2)] : []),
    ...(word.length > 4 && word.endsWith('ied') ? [`${word.slice(0, -3)}y`] : []),
    ...(word.length > 5 && /([bdgklmnprtvz])\1ed$/.test(word) ? [word.slice(0, -3)] : []),
  ];
}

/** Stems of a word in -ing: walking, baking, stopping, panicking. */
export function stemsOfIng(word: string): string[] {
  if (word.length < 5 || !word.endsWith('ing')) return [];
  return [
    ...(word.length > 5 ? [word.slice(0, -3)] : []),
    `${word.slice(0, -3)}e`,
    ...(word.length > 5 && /([bcdgklmnprstvxz])\1ing$|cking$/.test(word) ? [word.slice(0, -4)] : []),
  ];
}

/** Sounds of clipped verbs after a consonant, American and British. */
const CLIPPED: Readonly<Record<string, readonly [us: string, gb: string]>> = {
  re: ['əɹ', 'ə'],
  ve: ['əv', 'əv'],
  ll: ['ᵊl', 'ᵊl'],
  d: ['əd', 'əd'],
  m: ['əm', 'əm'],
};

/** Parts of a contraction: the word before the clipped verb, and the verb. */
export function splitClipped(word: string): readonly [stem: string, verb: string] | undefined {
  const match = /^(.+)'(re|ve|ll|d|m)$/i.exec(word);
  return match?.[1] === undefined || match[2] === undefined ? undefined : [match[1], match[2].toLowerCase()];
}

/** The stem's phonemes with a clipped verb after them; after a vowel the verb is a bare consonant. */
export function withClipped(phonemes: string, verb: string, dialect: Dialect): string {
  const full = CLIPPED[verb]?.[dialect === 'en-GB' ? 1 : 0] ?? '';
  const last = phonemes.at(-1) ?? '';
  return phonemes + (isVowel(last) || last === 'ː' ? full.replace(/^[əᵊ](?=[^ɹ])/, '') : full);
}

function readClipped(
  word: string,
  context: WordContext,
  lift: Lift,
  entries: Entries,
  dialect: Dialect,
): string | undefined {
  const [stem = '', verb = ''] = splitClipped(word) ?? [];
  if (!entries.isKnown(stem)) return undefined;
  const phonemes = entries.read(stem, { ...context, next: 'consonant' }, lift);
  return phonemes === undefined ? undefined : withClipped(phonemes, verb, dialect);
}
