/**
 * The decode block: several steps of an utterance in one run, drawing included. The cache goes in and out once for all of
 * them, where stepping moves it with every step.
 */
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { fail } from '../../../common/result.ts';
import type { HiggsModel, SamplingSettings } from '../../../common/higgs-model.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import type { Column } from './delay-pattern.ts';
import { decodeBlockContract } from './graph-contracts.ts';
import { openGraph, type GraphOptions } from './graph-session.ts';
import { cacheFeeds, cacheFrom, type KvCache } from './kv-cache.ts';
import type { GumbelNoise } from './random.ts';

export interface BlockRequest {
  /** Steps to make; fewer are made when the utterance ends. */
  readonly steps: number;
  /** The utterance's columns so far, the first included. */
  readonly history: readonly Column[];
  /** The cache without the last of them. */
  readonly cache: KvCache;
  /** Countdown to the end, as `applyStreamRules` counts it. */
  readonly stepsLeft: number | undefined;
  readonly sampling: SamplingSettings;
  readonly noise: GumbelNoise;
}

export interface BlockResult {
  readonly columns: readonly Column[];
  /** Again without the last column. */
  readonly cache: KvCache;
  readonly stepsLeft: number | undefined;
}

export interface DecodeBlock {
  run(request: BlockRequest): Promise<BlockResult>;
  dispose(): Promise<void>;
}

/** More repeats than any window holds: the rule never draws again. */
const NEVER = 2 ** 31;

/** Opens the model's `decodeBlock` graph, `file` in `folder`. Throws as `openGraph`. */
export async function openDecodeBlock(
  folder: string,
  file: string,
  model: HiggsModel,
  options: GraphOptions,
): Promise<DecodeBlock> {
  const graph = await openGraph(join(folder, file), decodeBlockContract(model), options);
  const { codebooks } = model.audio;
  return {
    async run(request) {
      const outputs = await graph.run({
        ...blockFeeds(request, model),
        ...cacheFeeds(request.cache, 'in.past_key_values.'),
      });
      const codes = integers(outputs['frames']);
      const steps = codes.length / codebooks;
      const columns = Array.from({ length: steps }, (_, step) =>
        codes.slice(step * codebooks, (step + 1) * codebooks),
      );
      const left = integers(outputs['out_eos'])[0] ?? -1;
      return {
        columns,
        cache: cacheFrom(outputs, 'out.present.', model.arch.layers, request.cache.length + steps),
        stepsLeft: left < 0 ? undefined : left,
      };
    },
    dispose: () => graph.dispose(),
  };
}

/** All inputs but the cache. */
function blockFeeds(
  { steps, history, cache, stepsLeft, sampling, noise }: BlockRequest,
  { audio: { codebooks, codebookSize, bos } }: HiggsModel,
): Record<string, Tensor> {
  const greedy = sampling.temperature === 0;
  const done = history.length - 1;
  const window = sampling.rasWindow;
  const remembered = new BigInt64Array(codebooks * window).fill(BigInt(bos));
  for (const [age, column] of history.slice(-window).reverse().entries())
    for (const [row, code] of column.entries()) remembered[(row + 1) * window - 1 - age] = BigInt(code);
  const gumbel = (again: boolean): Tensor => {
    const numbers = new Float32Array(steps * codebooks * codebookSize);
    if (!greedy)
      for (let at = 0; at < numbers.length; at++) {
        const step = Math.floor(at / (codebooks * codebookSize));
        const row = Math.floor(at / codebookSize) % codebooks;
        numbers[at] = noise.at(done + 1 + step, row, at % codebookSize, again);
      }
    return new Tensor('float32', numbers, [steps, codebooks, codebookSize]);
  };
  const off = sampling.topK === 0 || sampling.topK > codebookSize;
  return {
    max_steps: integer(steps),
    codes0: new Tensor('int64', BigInt64Array.from((history.at(-1) ?? []).map(BigInt)), [1, 1, codebooks]),
    pos0: integer(cache.length),
    delay0: integer(done),
    eos0: integer(stepsLeft ?? -1),
    history0: new Tensor('int64', remembered, [codebooks, window]),
    gumbel: gumbel(false),
    gumbel_ras: gumbel(true),
    temperature: new Tensor('float32', Float32Array.of(greedy ? 1 : sampling.temperature), []),
    top_k: new Tensor('int64', BigInt64Array.of(BigInt(greedy || off ? codebookSize : sampling.topK)), [1]),
    top_p: new Tensor('float32', Float32Array.of(greedy ? 1 : sampling.topP), []),
    ras_max_repeat: integer(greedy ? NEVER : sampling.rasMaxRepeat),
  };
}

function integer(value: number): Tensor {
  return new Tensor('int64', BigInt64Array.of(BigInt(value)), []);
}

function integers(tensor: Tensor | undefined): number[] {
  const data = tensor?.data;
  if (!(data instanceof BigInt64Array)) return fail('synthesis-failed', 'speech', FAILURES.higgs.noCodes);
  return Array.from(data, Number);
}
