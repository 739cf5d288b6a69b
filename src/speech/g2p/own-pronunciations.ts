/** Words that the person has given phonemes for: their place in the text, and how a word group with one of them is said. */
import type { Pronounced } from '../../common/sentence.ts';
import { type Dialect } from './dialect.ts';
import { withS } from './endings.ts';

/** Common IPA spellings that misaki's alphabet has a single sign for, the longer first; both dialects' forms of `oʊ`. */
const IPA: readonly (readonly [written: RegExp, sign: string])[] = [
  [/tʃ/g, 'ʧ'],
  [/dʒ/g, 'ʤ'],
  [/eɪ/g, 'A'],
  [/aɪ/g, 'I'],
  [/aʊ/g, 'W'],
  [/ɔɪ/g, 'Y'],
  [/oʊ/g, 'O'],
  [/əʊ/g, 'Q'],
  [/ɝ/g, 'ɜɹ'],
  [/g/g, 'ɡ'],
  [/r/g, 'ɹ'],
];

/** Phonemes as a person writes them, in misaki's alphabet. */
export function misakiPhonemes(written: string): string {
  return IPA.reduce((phonemes, [pattern, sign]) => phonemes.replace(pattern, sign), written.trim());
}

/** A stretch of the text that is said as one. Offsets in UTF-16 code units. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Phonemes of a word group that one of the `pronounced` words lies in, begins in or runs on through; undefined for any
 * other group. `read` says what stands before and after the word inside the group.
 */
export function readPronounced(
  text: string,
  group: Stretch,
  pronounced: readonly Pronounced[],
  dialect: Dialect,
  read: (part: string) => string,
): string | undefined {
  const word = pronounced.find(({ start, end }) => start < group.end && end > group.start);
  if (word === undefined) return undefined;
  const before = text.slice(group.start, Math.max(word.start, group.start)).replace(/[-/_]+$/, '');
  const after = text.slice(Math.min(word.end, group.end), group.end).replace(/^[-/_]+/, '');
  const own = word.start < group.start ? '' : misakiPhonemes(word.phonemes);
  const tail = /\p{L}/u.test(after) ? after : '';
  if (/^['’]s$/i.test(tail) && own !== '') return `${read(before)}${withS(own, dialect)}`;
  return [read(before), own, read(tail)].filter((part) => part !== '').join('');
}
