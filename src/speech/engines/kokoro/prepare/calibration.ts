/**
 * Calibration: what the generator's convolutions were seen to take in and to give out while the model spoke many
 * sentences in all shipped voices. The preparation turns these ranges into 8-bit scales.
 *
 * The file is `models/kokoro-82m/calibration.json.gz`: gzip over one JSON object of {@link calibrationSchema}. It is data
 * that a script in `build/kokoro/` makes; it is checked here because the preparation must not build a graph on half of it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { fail } from '../../../../common/result.ts';
import { FAILURES } from '../../../../common/strings/failures.ts';
import { BLOCK_CONVOLUTIONS } from './generator-layout.ts';

/** Name of the file in the program's data folder for this engine. */
export const CALIBRATION_FILE = 'calibration.json.gz';

/** One finite number a channel, in the order of the channels. */
const channelValues = z.array(z.number());

/**
 * The least and greatest value of each channel: a quantile, over utterances, of each utterance's own extremes. The
 * extremes of all utterances together are set by a few peaks and cost every other utterance precision: measured over 459
 * utterances, the quantile 0.9 gives 0.51 dB log-mel distance to the float generator, the quantile 1 gives 0.88.
 */
const channelRange = z.object({ min: channelValues, max: channelValues });

/** The file's content. No margin is added to the ranges: the recipe has its own. Five significant digits are enough. */
export const calibrationSchema = z.object({
  format: z.literal('aloud-kokoro-calibration'),
  version: z.literal(1),
  /** sha256 of the official model file that spoke. */
  sourceSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Voices that spoke, for the record. */
  voices: z.array(z.string()).min(1),
  /** Utterances that were spoken, all voices together. */
  utterances: z.number().int().positive(),
  /** The quantiles that the ranges were taken at, 0.5 to 1; 1 means the extremes of all utterances. */
  quantile: z.object({ input: z.number().min(0.5).max(1), output: z.number().min(0.5).max(1) }),
  /**
   * For each convolution of the residual blocks (`BLOCK_CONVOLUTIONS`): the range of each channel of its input (the
   * output of the snake before it, in the f32 graph, unscaled) and of its output (with its bias).
   */
  convolutions: z.record(z.string(), z.object({ input: channelRange, output: channelRange })),
});

/** See {@link calibrationSchema}. */
export type Calibration = z.infer<typeof calibrationSchema>;

/** The ranges of one convolution. */
export type ConvolutionRanges = Calibration['convolutions'][string];

/**
 * Reads and checks the calibration file, and tells its sha256. Throws `AppFailure`: `file-unreadable` when it is missing,
 * `model-damaged` when it is not gzip or JSON, lacks a convolution or has the wrong number of channels.
 */
export async function readCalibration(
  path: string,
): Promise<{ readonly calibration: Calibration; readonly sha256: string }> {
  let packed: Buffer;
  try {
    packed = await readFile(path);
  } catch (cause) {
    fail('file-unreadable', 'model', FAILURES.kokoro.calibrationUnreadable(path), { cause });
  }
  try {
    const json: unknown = JSON.parse((await promisify(gunzip)(packed)).toString('utf8'));
    return {
      calibration: parseCalibration(json),
      sha256: createHash('sha256').update(packed).digest('hex'),
    };
  } catch (cause) {
    fail('model-damaged', 'model', FAILURES.kokoro.calibrationDamaged(path), { cause });
  }
}

/** Checks parsed JSON. Throws a plain `Error` that says what is wrong. */
export function parseCalibration(json: unknown): Calibration {
  const calibration = calibrationSchema.parse(json);
  for (const { name, channels } of BLOCK_CONVOLUTIONS) {
    const ranges = calibration.convolutions[name];
    if (ranges === undefined) throw new Error(`no ranges for ${name}`);
    for (const { min, max } of [ranges.input, ranges.output]) {
      if (min.length !== channels || max.length !== channels)
        throw new Error(`${name} has ${channels} channels, its ranges ${min.length} and ${max.length}`);
      if (min.some((least, channel) => least > (max[channel] ?? -Infinity)))
        throw new Error(`a range of ${name} ends before it begins`);
    }
  }
  return calibration;
}
