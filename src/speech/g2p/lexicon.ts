/**
 * A pronouncing dictionary of some 180,000 words in one byte buffer.
 *
 * Keys are sorted and front-coded in blocks of sixteen; a look-up is a binary search over the blocks' first keys and a
 * scan of one block. Nothing is unpacked at load, so a dialect costs its 3 MB of bytes and no objects. The layout is
 * written by `build/g2p/lexicon-writer.ts`, whose head describes it.
 */
import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';

/** The keys under which a pronunciation may depend on the word's use, in the order of their numbers in the file. */
export const USES = ['DEFAULT', 'NOUN', 'VERB', 'ADJ', 'ADV', 'VBD', 'VBN', 'VBP', 'DT', 'None'] as const;

/** A part of speech (a parent such as `VERB`, or a Penn tag), `None` (before a pause) or `DEFAULT`. */
export type Use = (typeof USES)[number];

/** One pronunciation, or several by use. An empty string as a use's value means: spell the letters. */
export type Pronunciation = string | ReadonlyMap<Use, string>;

/** A word's entry. */
export interface Entry {
  readonly pronunciation: Pronunciation;
  /** Whether it stands in the checked ("gold") list; the other ("silver") list is less sure. */
  readonly checked: boolean;
}

/** A dictionary of one dialect. */
export interface Lexicon {
  /** The entry spelled exactly so, or undefined. Any string may be asked for. */
  find(word: string): Entry | undefined;
  /** Number of entries. */
  readonly size: number;
}

/** The first four bytes of a dictionary file. */
export const LEXICON_MAGIC = 'ALX1';
/** Entries in one front-coded block. */
export const BLOCK_SIZE = 16;

interface Layout {
  readonly bytes: Buffer;
  /** Phoneme symbol of each code; code 0 is not used. */
  readonly symbols: readonly string[];
  readonly size: number;
  /** Byte offset of each block. */
  readonly blocks: Uint32Array;
}

/** Opens a dictionary that lies unpacked in `bytes`. Throws `model-damaged` when the bytes are not one. */
export function openLexicon(bytes: Buffer): Lexicon {
  const layout = readLayout(bytes);
  const key = new Uint8Array(256);
  return { size: layout.size, find: (word) => find(layout, word, key) };
}

function readLayout(bytes: Buffer): Layout {
  if (bytes.length < 13 || bytes.toString('latin1', 0, 4) !== LEXICON_MAGIC) {
    fail('model-damaged', 'speech', FAILURES.g2p.dictionaryDamaged);
  }
  const symbolCount = bytes.readUInt8(4);
  const symbols = [''];
  for (let i = 0; i < symbolCount; i += 1) symbols.push(String.fromCharCode(bytes.readUInt16LE(5 + 2 * i)));
  let at = 5 + 2 * symbolCount;
  const size = bytes.readUInt32LE(at);
  const blockCount = bytes.readUInt32LE(at + 4);
  at += 8;
  const blocks = new Uint32Array(blockCount);
  for (let i = 0; i < blockCount; i += 1) blocks[i] = bytes.readUInt32LE(at + 4 * i);
  return { bytes, symbols, size, blocks };
}

/** @param key scratch space for one key. */
function find(layout: Layout, word: string, key: Uint8Array): Entry | undefined {
  if (word.length === 0 || word.length > 255) return undefined;
  for (let i = 0; i < word.length; i += 1) {
    if (word.charCodeAt(i) > 127) return undefined;
  }
  const block = blockOf(layout, word);
  return block < 0 ? undefined : scanBlock(layout, block, word, key);
}

/** The last block whose first key is not after `word`, or -1. */
function blockOf({ bytes, blocks }: Layout, word: string): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (compareFirstKey(bytes, blocks[middle] ?? 0, word) <= 0) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

/** Order of the key that stands whole at `at` against `word`: negative, 0 or positive. */
function compareFirstKey(bytes: Buffer, at: number, word: string): number {
  const length = bytes[at + 1] ?? 0;
  const shared = Math.min(length, word.length);
  for (let i = 0; i < shared; i += 1) {
    const difference = (bytes[at + 2 + i] ?? 0) - word.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return length - word.length;
}

function scanBlock(
  { bytes, blocks, size, symbols }: Layout,
  block: number,
  word: string,
  key: Uint8Array,
): Entry | undefined {
  let at = blocks[block] ?? 0;
  const entries = Math.min(BLOCK_SIZE, size - block * BLOCK_SIZE);
  for (let i = 0; i < entries; i += 1) {
    const prefix = bytes[at] ?? 0;
    const suffix = bytes[at + 1] ?? 0;
    at += 2;
    for (let j = 0; j < suffix; j += 1) key[prefix + j] = bytes[at + j] ?? 0;
    at += suffix;
    const header = bytes[at] ?? 0;
    at += 1;
    const valueLength = header & 0x7f;
    if (isKey(key, prefix + suffix, word)) {
      return { pronunciation: readValue(bytes, at, at + valueLength, symbols), checked: header < 0x80 };
    }
    at += valueLength;
  }
  return undefined;
}

function isKey(key: Uint8Array, length: number, word: string): boolean {
  if (length !== word.length) return false;
  for (let i = 0; i < length; i += 1) if (key[i] !== word.charCodeAt(i)) return false;
  return true;
}

function readValue(bytes: Buffer, from: number, to: number, symbols: readonly string[]): Pronunciation {
  const uses = new Map<Use, string>();
  let use: Use = 'DEFAULT';
  let text = '';
  for (let at = from; at < to; at += 1) {
    const code = bytes[at] ?? 0;
    if (code < 0x80) {
      text += symbols[code] ?? '';
      continue;
    }
    if (at > from) uses.set(use, text);
    use = USES[code & 0x7f] ?? 'DEFAULT';
    text = '';
  }
  if (uses.size === 0 && (bytes[from] ?? 0) < 0x80) return text;
  return uses.set(use, text);
}
