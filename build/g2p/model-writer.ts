/** Writes the table that `src/speech/g2p/linear-model.ts` reads; its head describes the layout. */
import { MODEL_MAGIC } from '../../src/speech/g2p/linear-model.ts';

/** Weights of one feature: label number and value from -127 to 127, none of them 0. */
export type FeatureWeights = readonly (readonly [label: number, value: number])[];

/** The bytes of a table; features without weights are left out. */
export function writeLinearModel(head: unknown, features: ReadonlyMap<number, FeatureWeights>): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const rows = [...features].filter(([, weights]) => weights.length > 0).sort(([a], [b]) => a - b);
  const start = Buffer.alloc(8);
  start.write(MODEL_MAGIC, 0, 'latin1');
  start.writeUInt32LE(json.length, 4);
  const keys = Buffer.alloc(4 + 4 * rows.length);
  keys.writeUInt32LE(rows.length, 0);
  rows.forEach(([key], i) => keys.writeUInt32LE(key, 4 + 4 * i));
  const lengths = Buffer.from(rows.map(([, weights]) => weights.length));
  const pairs = rows.flatMap(([, weights]) => weights.flatMap(([label, value]) => [label, value & 0xff]));
  return Buffer.concat([start, json, keys, lengths, Buffer.from(pairs)]);
}
