/** The ways in which this program can run Kokoro, fastest first, and how each is opened. */
import { availableParallelism } from 'node:os';
import type { EpName } from '../../../common/engine.ts';
import { unreachable } from '../../../common/result.ts';
import type { KokoroDecoder } from './decoder.ts';
import type { EdgeLevels } from './edge-levels.ts';
import { openOfficialDecoder } from './official-decoder.ts';
import type { PreparedModel } from './prepare/prepared-model.ts';
import { openPreparedDecoder, type PreparedDecoderOptions } from './prepared-decoder.ts';
import type { StatisticsPredictor } from './statistics-predictor.ts';
import { VoiceStatisticsStore } from './voice-statistics-store.ts';

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
  readonly edgeLevels: EdgeLevels;
  /** Absolute path of the folder for what is learnt of other voices; left out, they are always decoded whole. */
  readonly voicesFolder?: string;
}

/** The most threads of one run; more were not measured. */
const MOST_THREADS = 4;

/**
 * Threads of one run of a prepared graph that are worth a trial, the fewest first. The first is right wherever more are not
 * clearly faster. One core is left to the rest of the program, but of two none: what else works while the voice is
 * pressed has a lower priority or takes little.
 */
export function preparedThreads(cores: number): readonly [1, ...number[]] {
  const most = cores === 2 ? 2 : Math.min(MOST_THREADS, cores - 1);
  const more: number[] = [];
  for (let threads = 2; threads <= most; threads *= 2) more.push(threads);
  return [1, ...more];
}

/**
 * Threads of one run of the official file on a machine of `cores` cores. It uses all, up to four: two threads need 0.76 to
 * 0.88 of the time of one.
 */
export function officialThreads(cores: number): number {
  return Math.max(1, Math.min(MOST_THREADS, cores));
}

/** How a variant is opened. */
export interface VariantOptions {
  /** Threads of one run of a prepared graph; 1 when left out. The official file has its own number. */
  readonly threads?: number;
}

/** Opens the variant `float` with its generator on another provider than the processor. Throws `AppFailure`. */
export function openOnEp(
  ep: EpName,
  files: VariantFiles,
  { threads = 1 }: VariantOptions = {},
): Promise<KokoroDecoder> {
  return openPreparedDecoder({ ...generatorOf('generator-f32', files), threads, ep });
}

/** What opens a prepared decoder with one of the two generators. */
function generatorOf(
  graph: 'generator-f32' | 'generator-q8',
  { prepared, predictor, edgeLevels, voicesFolder }: VariantFiles,
): Omit<PreparedDecoderOptions, 'threads' | 'ep'> {
  const { front, [graph]: generator } = prepared.paths;
  if (voicesFolder === undefined) return { front, generator, predictor, edgeLevels };
  const generatorSha256 = prepared.manifest.graphs[graph].sha256;
  const voices = new VoiceStatisticsStore({ predictor, folder: voicesFolder, generatorSha256 });
  return { front, generator, predictor, edgeLevels, voices };
}

/** Opens a variant. Throws `AppFailure`. */
export function openVariant(
  variant: Variant,
  files: VariantFiles,
  { threads = 1 }: VariantOptions = {},
): Promise<KokoroDecoder> {
  switch (variant) {
    case '8-bit':
      return openPreparedDecoder({ ...generatorOf('generator-q8', files), threads });
    case 'float':
      return openPreparedDecoder({ ...generatorOf('generator-f32', files), threads });
    case 'original':
      return openOfficialDecoder(files.modelFolder, officialThreads(availableParallelism()));
    default:
      return unreachable(variant);
  }
}
