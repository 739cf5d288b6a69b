/** What a person may name a voice of their own, and the file name that follows from it. */

/** Characters that a voice's id, which is its file name without an ending, may have. */
export const VOICE_ID = /^[A-Za-z0-9_-]+$/;

/** The longest id. */
export const LONGEST_ID = 100;

/** The longest name, in characters as `String.length` counts them. */
export const LONGEST_VOICE_NAME = 80;

/** A part of a new id that leaves room for a number behind it. */
const LONGEST_STEM = LONGEST_ID - 20;

/** File names that Windows keeps for devices, whatever their ending. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** What a voice is known by. */
export interface NamedVoice {
  readonly id: string;
  readonly name: string;
}

/** Why a name will not do. */
export type NameFault = 'empty' | 'too-long' | 'no-letter' | 'taken';

/** The name as it is kept: one line, no invisible characters, single blanks. */
export function cleanVoiceName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/(?!\s)\p{C}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Why `name` cannot be a new voice's beside `voices`; undefined when it can. Letter case and accents' coding do not tell names apart. */
export function nameFault(name: string, voices: readonly NamedVoice[]): NameFault | undefined {
  const clean = cleanVoiceName(name);
  if (clean === '') return 'empty';
  if (clean.length > LONGEST_VOICE_NAME) return 'too-long';
  if (!/[\p{L}\p{N}]/u.test(clean)) return 'no-letter';
  const wanted = folded(clean);
  const isTaken = voices.some(({ id, name: other }) => [folded(id), folded(other)].includes(wanted));
  return isTaken ? 'taken' : undefined;
}

/**
 * The id of a new voice: its name in the characters that file names have on every system, numbered where the id is taken. A
 * name without any of these characters becomes `voice`. Ids that differ in letter case only count as the same.
 */
export function voiceIdFor(name: string, taken: Iterable<string>): string {
  const stem = cleanVoiceName(name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, LONGEST_STEM)
    .replace(/^[_-]+|[_-]+$/g, '');
  const base = stem === '' ? 'voice' : DEVICE_NAME.test(stem) ? `${stem}_voice` : stem;
  const held = new Set(Array.from(taken, folded));
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}_${number}`;
    if (!held.has(folded(id))) return id;
  }
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
