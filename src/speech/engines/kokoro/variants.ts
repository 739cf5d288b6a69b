/** The ways in which this program can run Kokoro, fastest first, and how each is opened. */
import { availableParallelism } from 'node:os';
import type { EpName } from '../../../common/engine.ts';
import { unreachable } from '../../../common/result.ts';
import type { KokoroDecoder } from './decoder.ts';
import { openOfficialDecoder } from './official-decoder.ts';
import type { PreparedModel } from './prepare/prepared-model.ts';
import { openPreparedDecoder } from './prepared-decoder.ts';
import type { StatisticsPredictor } from './statistics-predictor.ts';

/**
 * - `8-bit`: front, then the 8-bit generator in windows;
 * - `float`: the same with the float generator, for machines on which 8-bit arithmetic is wrong or slow;
 * - `original`: the official file as it is, one run for an utterance.
 */
export const VARIANTS = ['8-bit', 'float', 'original'] as const;
export type Variant = (typeof VARIANTS)[number];

/** What is needed to open any of them. */
export interface VariantFiles {
  /** Holds the official file. Absolute. */
  readonly modelFolder: string;
  readonly prepared: Extract<PreparedModel, { state: 'ready' }>;
  readonly predictor: StatisticsPredictor;
}

/**
 * Threads of one run of a prepared graph. Measured on two cores: with two threads the first sound is no sooner (232 ms
 * against 231) and a sentence takes 9 % more of the CPU's time, which the language model can use.
 */
const PREPARED_THREADS = 1;

/** The most threads of one run of the official file; more than four were not measured. */
const MOST_THREADS = 4;

/**
 * Threads of one run of a variant on a machine of `cores` cores. The official file uses all, up to four: two threads need
 * 0.76 to 0.88 of the time of one.
 */
export function threadsOf(variant: Variant, cores: number): number {
  return variant === 'original' ? Math.max(1, Math.min(MOST_THREADS, cores)) : PREPARED_THREADS;
}

/** Opens the variant `float` with its generator on another provider than the processor. Throws `AppFailure`. */
export function openOnEp(ep: EpName, { prepared, predictor }: VariantFiles): Promise<KokoroDecoder> {
  const { front } = prepared.paths;
  const threads = threadsOf('float', availableParallelism());
  return openPreparedDecoder({ front, generator: prepared.paths['generator-f32'], predictor, threads, ep });
}

/** Opens a variant. Throws `AppFailure`. */
export function openVariant(variant: Variant, files: VariantFiles): Promise<KokoroDecoder> {
  const { modelFolder, prepared, predictor } = files;
  const threads = threadsOf(variant, availableParallelism());
  const { front } = prepared.paths;
  switch (variant) {
    case '8-bit':
      return openPreparedDecoder({ front, generator: prepared.paths['generator-q8'], predictor, threads });
    case 'float':
      return openPreparedDecoder({ front, generator: prepared.paths['generator-f32'], predictor, threads });
    case 'original':
      return openOfficialDecoder(modelFolder, threads);
    default:
      return unreachable(variant);
  }
}
