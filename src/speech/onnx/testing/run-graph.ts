/** Running a model that a test built, in the real runtime. */
import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Graph, OnnxModel } from '../model.ts';
import { modelBytes } from '../write-model.ts';

/** A float input: its numbers and sizes. */
export interface FloatInput {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** A graph as a model in the versions that the program's own graphs have. */
export function asModel(graph: Graph): OnnxModel {
  return {
    irVersion: 9,
    opsets: new Map([
      ['', 20],
      ['com.microsoft', 1],
    ]),
    graph,
  };
}

/** Runs a graph with float inputs and float outputs once and returns the outputs' numbers. */
export async function runGraph(
  graph: Graph,
  inputs: Readonly<Record<string, FloatInput>>,
): Promise<Readonly<Record<string, Float32Array>>> {
  const session = await InferenceSession.create(modelBytes(asModel(graph)), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, dims }]) => [name, new RuntimeTensor('float32', data, dims)]),
  );
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, result]) => {
      if (!(result.data instanceof Float32Array)) throw new Error(`${name} is not float`);
      return [name, result.data];
    }),
  );
}

/** Numbers between −1 and 1 that look random and are the same in every run. */
export function someNumbers(count: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

/** How far the signal stands above the difference to another one, in decibels. */
export function signalToNoiseDb(signal: Float32Array, other: Float32Array): number {
  if (signal.length !== other.length) throw new Error(`${signal.length} numbers against ${other.length}`);
  let power = 0;
  let noise = 0;
  for (const [i, value] of signal.entries()) {
    power += value ** 2;
    noise += (value - (other[i] ?? Number.NaN)) ** 2;
  }
  return 10 * Math.log10(power / noise);
}
