/**
 * The generation loop: a prompt in, frames of codes out as they become complete. With a decode block several steps are one
 * run; without one each step is. Both draw the same codes from the same noise.
 *
 * Ends at the model's end mark, at `maxFrames`, where the model's positions end, and, without an error, when the signal
 * aborts: it is looked at before every run, after the messages that arrived meanwhile were let through.
 */
import type { HiggsModel, SamplingSettings } from '../../../common/higgs-model.ts';
import { yieldToMessages } from '../../event-loop.ts';
import type { DecodeBlock } from './decode-block.ts';
import {
  applyStreamRules,
  FrameCollector,
  type Column,
  type Frame,
  type StreamRules,
} from './delay-pattern.ts';
import type { KvCache } from './kv-cache.ts';
import type { LanguageModel } from './language-model.ts';
import type { Position } from './positions.ts';
import type { GumbelNoise } from './random.ts';
import { drawColumn, gumbelDrawer, type Drawer } from './sampler.ts';

export interface GenerationParts {
  readonly model: HiggsModel;
  readonly languageModel: LanguageModel;
  /** Undefined: every step is a run of the language model. */
  readonly block: DecodeBlock | undefined;
}

export interface GenerationRequest {
  /** The prompt's positions behind the cache, up to and including `<|audio_out_bos|>`. */
  readonly prompt: readonly Position[];
  /** What was read before them; a voice's prefix, or an empty cache. */
  readonly prefix: KvCache;
  readonly sampling: SamplingSettings;
  readonly noise: GumbelNoise;
  /** How a step's codes are chosen when stepping; by Gumbel noise when left out, as the block does. */
  readonly drawer?: Drawer;
  /** What becomes of drawn codes when stepping; Boson's rules when left out, which are those of the block. */
  readonly rules?: StreamRules;
  readonly signal: AbortSignal;
  /** Told of each column, in order; the first, of begin marks, included. */
  readonly onColumn?: (column: Column) => void;
}

/** Steps of one run of the block. A stop is heard between runs only, and the first sound waits for whole runs. */
export const BLOCK_STEPS = 8;

/** Generates. Gives the frames that a run completed, one array a run, never an empty one. */
export function generateFrames(parts: GenerationParts, request: GenerationRequest): AsyncGenerator<Frame[]> {
  return parts.block === undefined ? stepping(parts, request) : inBlocks(parts, parts.block, request);
}

/** Columns, not counting the first, that an utterance may have. */
export function mostColumns(
  { audio, limits }: HiggsModel,
  { prefix, prompt, sampling }: GenerationRequest,
): number {
  const room = limits.maxPositions - prefix.length - prompt.length;
  return Math.max(0, Math.min(sampling.maxFrames + audio.codebooks - 1, room));
}

async function* stepping(
  { model, languageModel }: GenerationParts,
  request: GenerationRequest,
): AsyncGenerator<Frame[]> {
  const { prompt, prefix, sampling, noise, signal, onColumn, rules = applyStreamRules } = request;
  const { audio } = model;
  const sampler = {
    codebookSize: audio.codebookSize,
    bos: audio.bos,
    sampling,
    drawer: request.drawer ?? gumbelDrawer(noise),
  };
  const collector = new FrameCollector(audio);
  const most = mostColumns(model, request);
  let positions: readonly Position[] = [...prompt, ...collector.history];
  let cache = prefix;
  let stepsLeft: number | undefined;
  for (const column of collector.history) onColumn?.(column);
  for (let step = 1; step <= most; step++) {
    if (await stopped(signal)) return;
    const run = await languageModel.run(positions, cache);
    cache = run.cache;
    const drawn = drawColumn(run.logits, collector.history, step, sampler);
    const ruled = rules(drawn, step, stepsLeft, audio);
    stepsLeft = ruled.stepsLeft;
    onColumn?.(ruled.column);
    const frames = collector.push(ruled.column);
    if (frames.length > 0) yield frames;
    if (stepsLeft !== undefined && stepsLeft <= 0) return;
    positions = [ruled.column];
  }
}

async function* inBlocks(
  { model, languageModel }: GenerationParts,
  block: DecodeBlock,
  request: GenerationRequest,
): AsyncGenerator<Frame[]> {
  const { prompt, prefix, sampling, noise, signal, onColumn } = request;
  const collector = new FrameCollector(model.audio);
  const most = mostColumns(model, request);
  for (const column of collector.history) onColumn?.(column);
  if (most === 0 || (await stopped(signal))) return;
  let { cache } = await languageModel.run(prompt, prefix);
  let stepsLeft: number | undefined;
  while (collector.history.length <= most && stepsLeft !== 0) {
    if (await stopped(signal)) return;
    const { history } = collector;
    const steps = Math.min(BLOCK_STEPS, most + 1 - history.length);
    const done = await block.run({ steps, history, cache, stepsLeft, sampling, noise });
    ({ cache, stepsLeft } = done);
    const frames = done.columns.flatMap((column) => {
      onColumn?.(column);
      return collector.push(column);
    });
    if (frames.length > 0) yield frames;
  }
}

/** Whether the signal is aborted, after the messages that have arrived. */
async function stopped(signal: AbortSignal): Promise<boolean> {
  await yieldToMessages();
  return signal.aborted;
}
