/**
 * A sparse table of small integer weights: feature (by hash) to scores of labels.
 *
 * File, little-endian: `ALM1`; u32 length of a JSON head with the labels; the head; u32 number of features; their
 * 32-bit hashes in ascending order; for each the number of weights (u8); then all weights as label (u8) and value (i8).
 * Written by `build/g2p/train-tagger.ts` and `build/g2p/train-homographs.ts`.
 */
import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';

/** The first four bytes of the file. */
export const MODEL_MAGIC = 'ALM1';

/** A table opened for reading. */
export interface LinearModel {
  /** The parsed JSON head; the caller checks it. */
  readonly head: unknown;
  /** Adds the weights of one feature to `scores` (indexed by label). */
  addScores(feature: number, scores: Int32Array): void;
}

/** Opens a table that lies unpacked in `bytes`; `what` names it in the error. Throws `model-damaged`. */
export function openLinearModel(bytes: Buffer, what: string): LinearModel {
  const damaged = (): never => fail('model-damaged', 'speech', FAILURES.g2p.tableDamaged(what));
  if (bytes.length < 8 || bytes.toString('latin1', 0, 4) !== MODEL_MAGIC) return damaged();
  const headEnd = 8 + bytes.readUInt32LE(4);
  if (bytes.length < headEnd + 4) return damaged();
  const count = bytes.readUInt32LE(headEnd);
  const keysAt = headEnd + 4;
  if (bytes.length < keysAt + 5 * count) return damaged();

  // Open addressing at a load below one half: a look-up touches one or two slots.
  const slots = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)));
  const keys = new Uint32Array(slots);
  const starts = new Uint32Array(slots);
  const lengths = new Uint8Array(slots);
  let start = keysAt + 5 * count;
  for (let i = 0; i < count; i += 1) {
    const key = bytes.readUInt32LE(keysAt + 4 * i);
    const length = bytes[keysAt + 4 * count + i] ?? 0;
    let slot = key & (slots - 1);
    while (lengths[slot] !== 0) slot = (slot + 1) & (slots - 1);
    keys[slot] = key;
    starts[slot] = start;
    lengths[slot] = length;
    start += 2 * length;
  }
  if (start > bytes.length) return damaged();

  const addScores = (feature: number, scores: Int32Array): void => {
    let slot = feature & (slots - 1);
    while (lengths[slot] !== 0 && keys[slot] !== feature) slot = (slot + 1) & (slots - 1);
    const from = starts[slot] ?? 0;
    const to = from + 2 * (lengths[slot] ?? 0);
    for (let at = from; at < to; at += 2) {
      const label = bytes[at] ?? 0;
      scores[label] = (scores[label] ?? 0) + bytes.readInt8(at + 1);
    }
  };
  return { head: parseJson(bytes.toString('utf8', 8, headEnd), damaged), addScores };
}

function parseJson(json: string, damaged: () => never): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return damaged();
  }
}

/** The 32-bit FNV-1a hash of a feature's name and its value. */
export function featureHash(name: string, value: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ 0x3d, 0x01000193);
  for (let i = 0; i < value.length; i += 1) hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
