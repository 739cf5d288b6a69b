/**
 * How a word group is said: whole if it is known so, else by its longest known parts, with the stress of a compound.
 */
import { type NextSound, type Tag } from './dialect.ts';
import { type Piece } from './groups.ts';
import { demote, firstSound, hasPrimary, weight } from './sounds.ts';
import { type UnknownWords } from './unknown-words.ts';
import { type WordReader } from './words.ts';

/** What reads words. */
export interface GroupReaders {
  readonly reader: WordReader;
  readonly unknown: UnknownWords;
}

/** What follows the group. */
export interface GroupContext {
  readonly next: NextSound;
  readonly beforeTo: boolean;
}

/** A part that was read. */
interface Part {
  readonly text: string;
  phonemes: string;
}

const SILENT = /^['\-/_.,]+$/;

/** Phonemes of the group; '' when none of it can be said. */
export function readWordGroup(
  pieces: readonly Piece[],
  context: GroupContext,
  readers: GroupReaders,
): string {
  const parts = readParts(pieces, context, readers);
  if (parts.length === 1) return parts[0]?.phonemes ?? '';
  if (needsSpaces(pieces.map((piece) => piece.text).join(''))) {
    return parts
      .map((part) => part.phonemes)
      .filter((phonemes) => phonemes !== '')
      .join(' ');
  }
  settleStress(parts);
  return parts.map((part) => part.phonemes).join('');
}

/** The longest known runs of pieces, found from the group's end; an unknown piece is read by itself. */
function readParts(
  pieces: readonly Piece[],
  { next, beforeTo }: GroupContext,
  readers: GroupReaders,
): Part[] {
  const parts: Part[] = [];
  let following = next;
  let to = beforeTo;
  let right = pieces.length;
  while (right > 0) {
    const { left, phonemes } = readLongestRun(pieces, right, { next: following, beforeTo: to }, readers);
    parts.unshift({ text: textOf(pieces.slice(left, right)), phonemes });
    following = firstSound(phonemes, following);
    to = false;
    right = left;
  }
  return parts;
}

/** The longest run that ends before `right` and can be read; at least one word is read, known or not. */
function readLongestRun(
  pieces: readonly Piece[],
  right: number,
  after: GroupContext,
  { reader, unknown }: GroupReaders,
): { readonly left: number; readonly phonemes: string } {
  for (let left = 0; left < right; left += 1) {
    if (left > 0 && isEnding(pieces[left])) continue;
    const run = pieces.slice(left, right);
    const context = { ...after, tag: tagOfRun(run, pieces) };
    const text = textOf(run);
    const phonemes = (run.length === 1 ? run[0]?.said : undefined) ?? reader.read(text, context);
    if (phonemes !== undefined) return { left, phonemes };
    if (!run.slice(1).every(isEnding)) continue;
    if (text === '.' && isDigits(pieces[left - 1]) && isDigits(pieces[right]))
      return { left, phonemes: 'pˌYnt' };
    return { left, phonemes: SILENT.test(text) ? '' : unknown.read(text, context) };
  }
  return { left: 0, phonemes: '' };
}

/** Endings are never read without their word: "'s" of an unknown name. */
function isEnding(piece: Piece | undefined): boolean {
  return piece !== undefined && /^(?:'\p{L}|n't$)/iu.test(piece.text);
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

function isDigits(piece: Piece | undefined): boolean {
  return piece !== undefined && /^[0-9]+$/.test(piece.text);
}

/** A letter inside a group is its name, not an article: "A/B", "vitamin-A". */
function tagOfRun(run: readonly Piece[], pieces: readonly Piece[]): Tag {
  const letter = pieces.length > 1 && run.length === 1 && run[0]?.text === 'A';
  return letter ? 'NN' : tagOf(run);
}

/** The tag of the run's weightiest piece: the longest, capitals counting twice; the first of equals. */
function tagOf(run: readonly Piece[]): Tag {
  let best: Piece | undefined;
  let most = -1;
  for (const piece of run) {
    let size = 0;
    for (const letter of piece.text) size += letter === letter.toLowerCase() ? 1 : 2;
    if (size > most) {
      most = size;
      best = piece;
    }
  }
  return best?.tag ?? 'NN';
}

/** Whether the parts are words of their own: letters mixed with digits or signs, or alternatives with a slash. */
function needsSpaces(text: string): boolean {
  if (text.includes('/')) return true;
  const kinds = new Set<string>();
  for (const character of text.replace(/[',\-._/]/g, '')) {
    kinds.add(/\p{L}|\p{M}/u.test(character) ? 'letter' : /\p{N}/u.test(character) ? 'digit' : 'sign');
  }
  return kinds.size > 1;
}

/**
 * A compound has fewer main stresses than parts: after a single letter the word is the lighter ("T-shirt"), else the
 * lighter half of the parts steps back when more than half carry a main stress.
 */
function settleStress(parts: readonly Part[]): void {
  const said = parts.filter((part) => part.phonemes !== '');
  const [first, second] = said;
  if (said.length === 2 && first?.text.length === 1 && second !== undefined) {
    second.phonemes = demote(second.phonemes);
    return;
  }
  const stressed = said.filter((part) => hasPrimary(part.phonemes)).length;
  if (said.length < 2 || stressed <= Math.floor((said.length + 1) / 2)) return;
  const order = said
    .map((part, i) => ({ part, i, main: hasPrimary(part.phonemes) ? 1 : 0, weight: weight(part.phonemes) }))
    .sort((a, b) => a.main - b.main || a.weight - b.weight || a.i - b.i);
  for (const { part } of order.slice(0, Math.floor(said.length / 2))) part.phonemes = demote(part.phonemes);
}
