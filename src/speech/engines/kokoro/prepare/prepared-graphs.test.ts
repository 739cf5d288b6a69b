/**
 * The passes on the official file: each graph against the model that it was made from, in the real runtime.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { OnnxModel, ValueInfo } from '../../../onnx/model.ts';
import { indexGraph, inputOf, prune } from '../../../onnx/graph-edit.ts';
import { readModel } from '../../../onnx/read-model.ts';
import { signalToNoiseDb } from '../../../onnx/testing/run-graph.ts';
import { modelBytes } from '../../../onnx/write-model.ts';
import { readCalibration } from './calibration.ts';
import { GENERATOR_PREFIX } from './cut-front.ts';
import { dequantise } from './dequantise.ts';
import { ALL_STEPS } from './generator-graph.ts';
import {
  HAR_CHANNELS,
  HAR_STEPS_PER_FRAME,
  INSTANCE_NORMS,
  SAMPLES_PER_FRAME,
  STATS_WIDTH,
  X_CHANNELS,
  X_STEPS_PER_FRAME,
} from './generator-layout.ts';
import { graphsToPrepare, type PreparedGraphName } from './prepared-graphs.ts';
import { SOURCE } from './prepared-manifest.ts';
import { calibrationPath } from './prepared-model.ts';
import { RECIPE } from './recipe.ts';
import { logMelDistanceDb } from '../log-mel.ts';
import { windowSpans } from '../window-context.ts';
import { DATA_FOLDER, installedModel } from '../../../testing/installed-model.ts';

/** Tokens of "Hi there." and "We're going to the sea." as Kokoro's vocabulary numbers them. */
const UTTERANCES = [
  [0, 50, 156, 43, 102, 16, 81, 156, 86, 123, 0],
  [0, 65, 156, 138, 56, 61, 16, 83, 58, 157, 69, 158, 56, 16, 70, 16, 62, 156, 43, 102, 55, 0],
] as const;
const VOICES = ['af_heart', 'am_michael'] as const;

// Seven runs of a model and four sessions: seconds on a free core, ten times that on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

type Feeds = Readonly<Record<string, RuntimeTensor>>;

let source: OnnxModel;
let graphs: Readonly<Record<PreparedGraphName, InferenceSession>>;
/** The front's outputs for each voice and utterance. */
const fronts: { feeds: Feeds; out: Feeds }[] = [];

beforeAll(async () => {
  source = readModel(await readFile(join(installedModel('kokoro-82m-int8'), SOURCE.file)));
  const { calibration } = await readCalibration(calibrationPath({ dataFolder: DATA_FOLDER }));
  const sessions = new Map<PreparedGraphName, InferenceSession>();
  for (const { name, make } of graphsToPrepare(source, calibration, RECIPE))
    sessions.set(name, await sessionOf(make()));
  const session = (name: PreparedGraphName): InferenceSession => {
    const found = sessions.get(name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  graphs = {
    front: session('front'),
    'generator-q8': session('generator-q8'),
    'generator-f32': session('generator-f32'),
  };
  for (const [i, voice] of VOICES.entries()) {
    const feeds = await feedsFor(UTTERANCES[i] ?? [], voice);
    fronts.push({ feeds, out: await graphs.front.run(feeds) });
  }
});

async function sessionOf(model: OnnxModel): Promise<InferenceSession> {
  return InferenceSession.create(modelBytes(model), {
    intraOpNumThreads: 2,
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
}

async function feedsFor(ids: readonly number[], voice: string): Promise<Feeds> {
  const table = await readFile(join(DATA_FOLDER, '..', 'voices', `${voice}.bin`));
  const style = Float32Array.from({ length: 256 }, (_, i) =>
    table.readFloatLE(((ids.length - 2) * 256 + i) * 4),
  );
  return {
    tokens: new RuntimeTensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    style: new RuntimeTensor('float32', style, [1, 256]),
    speed: new RuntimeTensor('float32', Float32Array.of(1), [1]),
  };
}

function floats(tensor: RuntimeTensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('no float output');
  return tensor.data;
}

/** Steps `from` to `to` of a [1, channels, time] tensor. */
function slice(tensor: RuntimeTensor | undefined, from: number, to: number): RuntimeTensor {
  const data = floats(tensor);
  const [, channels = 0, steps = 0] = tensor?.dims ?? [];
  const cut = new Float32Array(channels * (to - from));
  for (let channel = 0; channel < channels; channel++)
    cut.set(data.subarray(channel * steps + from, channel * steps + to), channel * (to - from));
  return new RuntimeTensor('float32', cut, [1, channels, to - from]);
}

/** Sound of the frames from `from` to `to`, or of the last two of `inner`; with `stats` these are used for all norms. */
async function generate(
  name: 'generator-q8' | 'generator-f32',
  front: Feeds,
  options: { from?: number; to?: number; inner?: readonly number[]; stats?: Float32Array } = {},
): Promise<{ audio: Float32Array; stats: Float32Array }> {
  const frames = (front['x']?.dims[2] ?? 0) / X_STEPS_PER_FRAME;
  const { from = 0, to = frames, inner = [from, to, from, to], stats } = options;
  const out = await graphs[name].run({
    x: slice(front['x'], from * X_STEPS_PER_FRAME, to * X_STEPS_PER_FRAME),
    har: slice(front['har'], from * HAR_STEPS_PER_FRAME, to * HAR_STEPS_PER_FRAME + 1),
    gb: new RuntimeTensor('float32', floats(front['gb']), [1, STATS_WIDTH]),
    stats: new RuntimeTensor('float32', stats ?? new Float32Array(STATS_WIDTH), [STATS_WIDTH]),
    mix: new RuntimeTensor('float32', new Float32Array(INSTANCE_NORMS.length).fill(stats ? 1 : 0)),
    measured: new RuntimeTensor('int64', BigInt64Array.of(BigInt(stats ? 1 : ALL_STEPS)), [1]),
    spans: new RuntimeTensor(
      'int64',
      BigInt64Array.from(inner, (frame) => BigInt(frame - from)),
    ),
  });
  return { audio: floats(out['audio']), stats: floats(out['stats_out']) };
}

/** Names of the two values where the model is cut. */
function cutValues(): { x: string; har: string } {
  const index = indexGraph(dequantise(source.graph, (node) => node.name.startsWith(GENERATOR_PREFIX)));
  return {
    x: inputOf(index.node(`${GENERATOR_PREFIX}LeakyRelu`), 0),
    har: inputOf(index.node(`${GENERATOR_PREFIX}noise_convs.1/Conv`), 0),
  };
}

/** How far two angles are apart, 0 to π. */
function angleBetween(one: number, other: number): number {
  const turned = Math.abs(one - other) % (2 * Math.PI);
  return Math.min(turned, 2 * Math.PI - turned);
}

describe('the front', () => {
  it('gives the numbers that the whole model has where it is cut, phases of silence included', async () => {
    const { x, har } = cutValues();
    const inside = (name: string): ValueInfo => ({
      name,
      elementType: 'float',
      dims: [1, 'channels', 'steps'],
    });
    const graph = prune({ ...source.graph, outputs: [inside(x), inside(har)] });
    const whole = await sessionOf({ ...source, graph });
    for (const { feeds, out } of fronts) {
      const expected = await whole.run(feeds);
      expect(floats(out['x'])).toEqual(floats(expected[x]));
      const [ours, theirs] = [floats(out['har']), floats(expected[har])];
      const steps = ours.length / HAR_CHANNELS;
      for (let channel = 0; channel < HAR_CHANNELS; channel++) {
        const off = Float64Array.from({ length: steps }, (_, step) => {
          const at = channel * steps + step;
          const [one = NaN, other = NaN] = [ours[at], theirs[at]];
          return channel < HAR_CHANNELS / 2 ? Math.abs(one - other) : angleBetween(one, other);
        });
        const mean = off.reduce((sum, each) => sum + each, 0) / steps;
        expect(mean, `channel ${channel}`).toBeLessThan(channel < HAR_CHANNELS / 2 ? 1e-6 : 0.02);
      }
    }
    await whole.release();
  });

  it('tells how many frames each token lasts', () => {
    for (const { feeds, out } of fronts) {
      const durations = out['durations']?.data;
      if (!(durations instanceof Int32Array)) throw new Error('no durations');
      expect(durations.length).toBe(feeds['tokens']?.dims[1]);
      expect(durations.every((frames) => frames >= 1)).toBe(true);
      const frames = durations.reduce((sum, own) => sum + own, 0);
      expect(out['x']?.dims).toEqual([1, X_CHANNELS, frames * X_STEPS_PER_FRAME]);
      expect(out['har']?.dims).toEqual([1, HAR_CHANNELS, frames * HAR_STEPS_PER_FRAME + 1]);
    }
  });
});

describe('the float generator', () => {
  it('speaks as the dequantised original does', async () => {
    const { x, har } = cutValues();
    const whole = dequantise(source.graph, (node) => node.name.startsWith(GENERATOR_PREFIX));
    const given = (name: string): ValueInfo => ({
      name,
      elementType: 'float',
      dims: [1, 'channels', 'steps'],
    });
    const [tokens, style, speed] = whole.inputs;
    if (!tokens || !style || !speed) throw new Error('the model has other inputs');
    const original = await sessionOf({
      ...source,
      graph: prune({
        ...whole,
        inputs: [style, given(x), given(har)],
        nodes: whole.nodes.filter((node) => !node.outputs.includes(x) && !node.outputs.includes(har)),
      }),
    });
    for (const { feeds, out } of fronts) {
      const style = feeds['style'];
      if (!style || !out['x'] || !out['har']) throw new Error('a value is missing');
      const { audio } = await original.run({ style, [x]: out['x'], [har]: out['har'] });
      const ours = await generate('generator-f32', out);
      // Not exact: the original divides by the window sum at the edges, and sums in another order (58 to 70 dB).
      expect(signalToNoiseDb(floats(audio), ours.audio)).toBeGreaterThan(55);
    }
    await original.release();
  });

  it('gives a window in its context what the whole gives there, with the whole statistics', async () => {
    await expectExactWindow('generator-f32', 90);
  });
});

describe('the 8-bit generator', () => {
  it('speaks nearly as the float one', async () => {
    for (const { out } of fronts) {
      const [float, q8] = [await generate('generator-f32', out), await generate('generator-q8', out)];
      expect(signalToNoiseDb(float.audio, q8.audio)).toBeGreaterThan(14);
      expect(logMelDistanceDb(float.audio, q8.audio)).toBeLessThan(1);
    }
  });

  it('understands the statistics of the float one', async () => {
    for (const { out } of fronts) {
      const float = await generate('generator-f32', out);
      const q8 = await generate('generator-q8', out, { stats: float.stats });
      expect(signalToNoiseDb(float.audio, q8.audio)).toBeGreaterThan(11);
    }
  });

  it('gives a window in its context what the whole gives there, with the whole statistics', async () => {
    // Sums in another order move numbers over the edge from one 8-bit step to the next: less than 8 bits cost anyway.
    await expectExactWindow('generator-q8', 20);
  });
});

async function expectExactWindow(name: 'generator-q8' | 'generator-f32', leastDb: number): Promise<void> {
  const window = { begin: 20, end: 32 };
  for (const { out } of fronts) {
    const whole = await generate(name, out);
    const frames = whole.audio.length / SAMPLES_PER_FRAME;
    const seen = windowSpans(window, { begin: 0, end: frames }, frames);
    const { firstStage, secondStage } = seen;
    const decoded = await generate(name, out, {
      from: seen.window.begin,
      to: seen.window.end,
      inner: [firstStage.begin, firstStage.end, secondStage.begin, secondStage.end],
      stats: whole.stats,
    });
    const before = (window.begin - secondStage.begin) * SAMPLES_PER_FRAME;
    const length = (window.end - window.begin) * SAMPLES_PER_FRAME;
    expect(decoded.audio).toHaveLength((secondStage.end - secondStage.begin) * SAMPLES_PER_FRAME);
    expect(
      signalToNoiseDb(
        whole.audio.subarray(window.begin * SAMPLES_PER_FRAME, window.end * SAMPLES_PER_FRAME),
        decoded.audio.subarray(before, before + length),
      ),
    ).toBeGreaterThan(leastDb);
  }
}
