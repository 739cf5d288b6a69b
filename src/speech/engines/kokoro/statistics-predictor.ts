/**
 * Predicts the generator's instance-norm statistics of a whole utterance from what the front gives, so that the generator
 * can run on windows of it. A reduced-rank linear map, learnt by `build/kokoro/predictor.py`; its README describes the
 * file and the arithmetic.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { STYLE_WIDTH } from '../../../common/style-table.ts';
import { HAR_CHANNELS, INSTANCE_NORMS, STATS_WIDTH, X_CHANNELS } from './prepare/generator-layout.ts';

/** Name of the table in this engine's data folder. */
export const PREDICTOR_FILE = 'statistics-predictor.bin';

/** Means of `x`, of `x²`, of `har`, of `har²`; the logarithm of the steps of `x`; the style. */
export const FEATURE_COUNT = 2 * X_CHANNELS + 2 * HAR_CHANNELS + 1 + STYLE_WIDTH;

export interface StatisticsPredictor {
  /** SHA-256 of the style tables that it was trained on. Others are decoded whole until `VoiceStatistics` knows them. */
  readonly trainedStyles: ReadonlySet<string>;
  /** {@link featuresOf}'s features on the scale on which they count alike. */
  standardise(features: Float32Array): Float32Array;
  /** Mean and log variance of every channel of every norm, norm by norm: the statistics as they are predicted. */
  encode(features: Float32Array): Float32Array;
  /** The generator's input `stats` (means, then means of squares, norm by norm) from {@link featuresOf}'s features. */
  predict(features: Float32Array): Float32Array;
}

/** Smaller variances are noise (as in `build/kokoro/predictor.py`). */
const LEAST_VARIANCE = 1e-9;

/** The generator's statistics as they are predicted: means of squares become log variances. */
export function codedOf(stats: Float32Array): Float32Array {
  const coded = Float32Array.from(stats);
  for (const { offset, channels } of INSTANCE_NORMS)
    for (let i = offset; i < offset + channels; i++)
      coded[i + channels] = Math.log(
        Math.max((coded[i + channels] ?? 0) - (coded[i] ?? 0) ** 2, LEAST_VARIANCE),
      );
  return coded;
}

/** The other way round: log variances become means of squares. */
export function statsOf(coded: Float32Array): Float32Array {
  const stats = Float32Array.from(coded);
  for (const { offset, channels } of INSTANCE_NORMS)
    for (let i = offset; i < offset + channels; i++)
      stats[i + channels] = Math.exp(stats[i + channels] ?? 0) + (stats[i] ?? 0) ** 2;
  return stats;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.object({
  type: z.enum(['float16', 'float32']),
  shape: z.array(z.number().int().positive()).nonempty(),
  offset: z.number().int().nonnegative(),
});
const headerSchema = z.object({
  format: z.literal('aloud-kokoro-statistics'),
  version: z.literal(1),
  voices: z.array(z.string()),
  styleSha256: z.array(sha256),
  rank: z.number().int().positive(),
  arrays: z.object({
    featureMean: place,
    featureScale: place,
    projection: place,
    output: place,
    base: place,
  }),
});

/** A tensor of the front: [1, channels, steps], its data row by row. */
export interface FrontTensor {
  readonly data: Float32Array;
  readonly steps: number;
}

/** What the predictor looks at, for the front's whole outputs. */
export function featuresOf(x: FrontTensor, har: FrontTensor, style: Float32Array): Float32Array {
  const features = new Float32Array(FEATURE_COUNT);
  meansInto(features, 0, x, X_CHANNELS);
  meansInto(features, 2 * X_CHANNELS, har, HAR_CHANNELS);
  const after = 2 * X_CHANNELS + 2 * HAR_CHANNELS;
  features[after] = Math.log(x.steps);
  features.set(style, after + 1);
  return features;
}

/** Means of each channel, then of its square. */
function meansInto(features: Float32Array, at: number, { data, steps }: FrontTensor, channels: number): void {
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    let squares = 0;
    for (let i = channel * steps; i < (channel + 1) * steps; i++) {
      const value = data[i] ?? 0;
      sum += value;
      squares += value * value;
    }
    features[at + channel] = sum / steps;
    features[at + channels + channel] = squares / steps;
  }
}

/** Reads the table from the program's data folder. Throws `AppFailure` with `file-unreadable` when it is not whole. */
export async function loadPredictor(dataFolder: string): Promise<StatisticsPredictor> {
  const path = join(dataFolder, 'kokoro-82m', PREDICTOR_FILE);
  try {
    return parsePredictor(await readFile(path));
  } catch (cause) {
    return fail('file-unreadable', 'model', FAILURES.program.tableUnreadable(path), { cause });
  }
}

/** Reads the table's bytes. Throws a plain error for what is no such table. */
export function parsePredictor(bytes: Buffer): StatisticsPredictor {
  if (bytes.toString('latin1', 0, 4) !== 'ALKP') throw new Error('it does not begin with ALKP');
  const start = 8 + bytes.readUInt32LE(4);
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 8, start)));
  const array = (name: keyof typeof header.arrays, ...shape: number[]): Float32Array => {
    const { type, shape: own, offset } = header.arrays[name];
    if (own.join() !== shape.join())
      throw new Error(`${name} has the shape ${own.join()}, not ${shape.join()}`);
    const count = shape.reduce((product, size) => product * size, 1);
    return type === 'float16'
      ? halves(bytes, start + offset, count)
      : Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(start + offset + 4 * i));
  };
  const table: Table = {
    featureMean: array('featureMean', FEATURE_COUNT),
    featureScale: array('featureScale', FEATURE_COUNT),
    projection: array('projection', FEATURE_COUNT, header.rank),
    output: array('output', header.rank, STATS_WIDTH),
    base: array('base', STATS_WIDTH),
  };
  return {
    trainedStyles: new Set(header.styleSha256),
    standardise: (features) => standardised(table, features),
    encode: (features) => encoded(table, header.rank, features),
    predict: (features) => statsOf(encoded(table, header.rank, features)),
  };
}

interface Table {
  readonly featureMean: Float32Array;
  readonly featureScale: Float32Array;
  readonly projection: Float32Array;
  readonly output: Float32Array;
  readonly base: Float32Array;
}

function standardised({ featureMean, featureScale }: Table, features: Float32Array): Float32Array {
  return features.map((value, i) => (value - (featureMean[i] ?? 0)) * (featureScale[i] ?? 0));
}

function encoded(table: Table, rank: number, features: Float32Array): Float32Array {
  const { projection, output, base } = table;
  const latent = new Float64Array(rank);
  for (const [i, value] of standardised(table, features).entries())
    for (let k = 0; k < rank; k++) latent[k] = (latent[k] ?? 0) + value * (projection[i * rank + k] ?? 0);
  const sum = base.slice();
  const row = (k: number): Float32Array => output.subarray(k * STATS_WIDTH, (k + 1) * STATS_WIDTH);
  // Four rows at once take half the time of one after the other: the sums are read and written less often.
  for (let k = 0; k < rank; k += ROWS_AT_ONCE) {
    const [first, second, third, fourth] = [row(k), row(k + 1), row(k + 2), row(k + 3)];
    const [a = 0, b = 0, c = 0, d = 0] = latent.subarray(k, k + ROWS_AT_ONCE);
    for (let i = 0; i < STATS_WIDTH; i++)
      sum[i] =
        (sum[i] ?? 0) +
        a * (first[i] ?? 0) +
        b * (second[i] ?? 0) +
        c * (third[i] ?? 0) +
        d * (fourth[i] ?? 0);
  }
  return sum;
}

/** See {@link encoded}. Rows beyond the last one are empty. */
const ROWS_AT_ONCE = 4;

/** 16-bit floats (IEEE 754 binary16) as 32-bit ones. */
function halves(bytes: Buffer, at: number, count: number): Float32Array {
  // The table holds 1.9 million numbers and there are 65,536 halves: each is reckoned once.
  const known = Float32Array.from({ length: 0x1_0000 }, (_, half) => halfOf(half));
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = known[bytes.readUInt16LE(at + 2 * i)] ?? 0;
  return values;
}

function halfOf(half: number): number {
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return half & 0x8000 ? -size : size;
}
