/** Measures how long this machine takes for a second of sound, so that the person can be told before they wait. */
import { Tensor } from 'onnxruntime-node';
import type { HiggsModel } from '../../../common/higgs-model.ts';
import type { CodecDecoder } from './codec-decoder.ts';
import { firstColumn } from './delay-pattern.ts';
import type { GenerationParts } from './generate.ts';
import { emptyCache, type KvCache } from './kv-cache.ts';
import { seededNoise } from './random.ts';

/** Steps that are measured, after as many that are not: the first runs have costs of their own. */
const STEPS = 4;

/** Positions in the cache meanwhile: a reference of ten seconds and half a sentence. Moving them is part of a step. */
const POSITIONS = 400;

/** The real-time factor: seconds of work for a second of sound, steps and decoding together. */
export async function measureRtf(parts: GenerationParts, decoder: CodecDecoder): Promise<number> {
  const { audio, stream, arch, limits } = parts.model;
  const cache = blankCache(arch, Math.min(POSITIONS, Math.floor(limits.maxPositions / 2)));
  await makeSteps(parts, cache);
  const stepMs = (await msOf(() => makeSteps(parts, cache))) / STEPS;
  const emitted = stream.schedule.at(-1) ?? 1;
  const frame = Array.from({ length: audio.codebooks }, () => 0);
  const window = Array.from({ length: stream.left + emitted + stream.right }, () => frame);
  const decodeMs = (await msOf(() => decoder.decode(window))) / emitted;
  return ((stepMs + decodeMs) * audio.frameRate) / 1000;
}

async function makeSteps({ model, languageModel, block }: GenerationParts, cache: KvCache): Promise<void> {
  const column = firstColumn(model.audio);
  if (block !== undefined) {
    await block.run({
      steps: STEPS,
      history: [column],
      cache,
      stepsLeft: undefined,
      sampling: model.sampling,
      noise: seededNoise(0),
    });
    return;
  }
  let current = cache;
  for (let step = 0; step < STEPS; step++) current = (await languageModel.run([column], current)).cache;
}

/** A cache of zeros. */
function blankCache(arch: HiggsModel['arch'], length: number): KvCache {
  const dims = [1, arch.kvHeads, length, arch.headDim];
  const size = arch.kvHeads * length * arch.headDim;
  const tensors = emptyCache(arch).tensors.map(() =>
    arch.kvDtype === 'float16'
      ? new Tensor('float16', new Uint16Array(size), dims)
      : new Tensor('float32', new Float32Array(size), dims),
  );
  return { length, tensors };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
