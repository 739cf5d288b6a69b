import { describe, expect, it } from 'vitest';
import { buildGraph, int } from '../../../onnx/graph-builder.ts';
import type { Graph } from '../../../onnx/model.ts';
import { runGraph, signalToNoiseDb, someNumbers, type FloatInput } from '../../../onnx/testing/run-graph.ts';
import type { ConvolutionRanges } from './calibration.ts';
import { ROUND_DILATIONS, type ResidualBlock } from './generator-layout.ts';
import { generatorParts, wholeNumbers } from './generator-parts.ts';
import type { BlockWeights, Convolution } from './generator-weights.ts';
import { quantise } from './quantise.ts';
import { layBlock, type ConvolutionPlan } from './residual-block.ts';

const block: ResidualBlock = { name: 'small', stage: 0, channels: 4, kernel: 3 };
const { channels: C, kernel: K } = block;
const STEPS = 64;
const NORMS = ROUND_DILATIONS.flatMap((_, round) => [`small/adain1.${round}`, `small/adain2.${round}`]);

const weights: BlockWeights = {
  block,
  rounds: ROUND_DILATIONS.map((dilation, round) => ({
    alpha1: someNumbers(C, 20 + round).map((value) => 1.2 + value),
    alpha2: someNumbers(C, 30 + round).map((value) => 1.2 + value),
    first: convolution(40 + round, dilation),
    second: convolution(50 + round, 1),
  })),
};

/** Gain and offset of each norm. */
const gains = NORMS.map((_, i) => someNumbers(C, 60 + i).map((value) => 1 + 0.5 * value));
const offsets = NORMS.map((_, i) => someNumbers(C, 70 + i));

function convolution(seed: number, dilation: number): Convolution {
  return {
    // One large in a row and the others small, as a model's are. Two large ones side by side overflow the 16-bit sums of
    // CPUs without VNNI.
    weights: someNumbers(C * C * K, seed).map((value, i) => (i % (C * K) === 0 ? 1 : 0.3 * value)),
    bias: someNumbers(C, seed + 1),
    inputs: C,
    kernel: K,
    dilation,
  };
}

/** What the block must do, in plain loops over [channels][time]; tells the convolutions' inputs and outputs. */
function reference(
  input: number[][],
  heard: (convolution: string, side: 'input' | 'output', value: number[][]) => void = () => undefined,
  means: (norm: number, mean: number[], meanOfSquares: number[]) => void = () => undefined,
): number[][] {
  let x = input;
  for (const [round, { alpha1, alpha2, first, second }] of weights.rounds.entries()) {
    const step = (value: number[][], norm: number, alpha: Float32Array, c: Convolution, name: string) => {
      const normed = value.map((row, channel) => {
        const mean = average(row);
        const square = average(row.map((v) => v * v));
        return row.map(
          (v) =>
            ((v - mean) / Math.sqrt(square - mean * mean + 1e-5)) * at(gains[norm], channel) +
            at(offsets[norm], channel),
        );
      });
      means(
        norm,
        value.map(average),
        value.map((row) => average(row.map((v) => v * v))),
      );
      const snaked = normed.map((row, channel) =>
        row.map((v) => v + Math.sin(at(alpha, channel) * v) ** 2 / at(alpha, channel)),
      );
      heard(name, 'input', snaked);
      const result = convolve(snaked, c);
      heard(name, 'output', result);
      return result;
    };
    const middle = step(x, 2 * round, alpha1, first, `small/convs1.${round}`);
    const result = step(middle, 2 * round + 1, alpha2, second, `small/convs2.${round}`);
    x = x.map((row, channel) => row.map((v, t) => v + at(result[channel], t)));
  }
  return x;
}

function convolve(value: number[][], { weights: w, bias, dilation }: Convolution): number[][] {
  const steps = value[0]?.length ?? 0;
  return Array.from(bias, (offset, o) =>
    Array.from({ length: steps }, (_, t) => {
      let sum = offset;
      for (let i = 0; i < C; i++)
        for (let k = 0; k < K; k++)
          sum += at(w, (o * C + i) * K + k) * (value[i]?.[t + (k - (K - 1) / 2) * dilation] ?? 0);
      return sum;
    }),
  );
}

function average(row: readonly number[]): number {
  return row.reduce((sum, value) => sum + value, 0) / row.length;
}

function at(values: ArrayLike<number> | undefined, position: number): number {
  const value = values?.[position];
  if (value === undefined) throw new Error(`nothing at ${position}`);
  return value;
}

function part(values: readonly Float32Array[], position: number): Float32Array {
  const value = values[position];
  if (value === undefined) throw new Error(`nothing at ${position}`);
  return value;
}

function rows(flat: Float32Array): number[][] {
  return Array.from({ length: C }, (_, channel) => [
    ...flat.subarray(channel * STEPS, (channel + 1) * STEPS),
  ]);
}

const input = someNumbers(C * STEPS, 99).map((value) => 3 * value);
const expected = Float32Array.from(reference(rows(input)).flat());

/** Ranges as calibration would find them on the test's own input. */
const ranges = (() => {
  const found = new Map<
    string,
    { input?: ConvolutionRanges['input']; output?: ConvolutionRanges['input'] }
  >();
  reference(rows(input), (name, side, value) => {
    const range = { min: value.map((row) => Math.min(...row)), max: value.map((row) => Math.max(...row)) };
    found.set(name, { ...found.get(name), [side]: range });
  });
  return found;
})();

function planFor(name: string, arithmetic: 'float' | 'int8'): ConvolutionPlan {
  const [, side, round] = /convs([12])\.(\d)/.exec(name) ?? [];
  const { first, second } = weights.rounds[Number(round)] ?? {};
  const own = side === '1' ? first : second;
  const range = ranges.get(name);
  if (own === undefined || range?.input === undefined || range.output === undefined) throw new Error(name);
  if (arithmetic === 'float') return { arithmetic, convolution: own };
  return {
    arithmetic,
    convolution: quantise(
      own,
      { input: range.input, output: range.output },
      { calibrationMargin: 1.05, equalisationExponent: 1, inputClip: 1 },
    ),
  };
}

/** The block alone in a graph; outputs are its result and the statistics of each norm. */
function blockGraph(arithmeticOf: (convolution: string) => 'float' | 'int8', measured = STEPS): Graph {
  const builder = buildGraph();
  const parts = generatorParts(builder, wholeNumbers(builder, measured));
  const used: string[] = [];
  const vector = (name: string, last: boolean, values: Float32Array): string =>
    parts.perChannel(name, last ? 'channelsLast' : 'channelsFirst', () => values);
  const laid = layBlock(
    weights,
    { value: 'x', layout: 'channelsFirst' },
    {
      parts,
      plan: (name) => planFor(name, arithmeticOf(name)),
      normInputs(norm, layout) {
        const i = NORMS.indexOf(norm);
        const last = layout === 'channelsLast';
        const shaped = (name: string): string => (last ? parts.transposed(name) : name);
        return {
          gain: vector(`gain ${norm}`, last, part(gains, i)),
          offset: vector(`offset ${norm}`, last, part(offsets, i)),
          mean: shaped(`mean ${i}`),
          meanOfSquares: shaped(`square ${i}`),
          mix: 'mix',
        };
      },
      usedStatistics(_, mean, meanOfSquares) {
        used.push(mean, meanOfSquares);
      },
    },
  );
  const result = laid.layout === 'channelsLast' ? parts.transposed(laid.value) : laid.value;
  builder.op('Identity', [result], { output: 'y' });
  const flat = used.map((name) => builder.op('Reshape', [name, wholeNumbers(builder, -1)]));
  builder.op('Concat', flat, { output: 'stats', attributes: { axis: int(0) } });
  const perNorm = (name: string, i: number): Graph['inputs'][number] => ({
    name: `${name} ${i}`,
    elementType: 'float',
    dims: [1, C, 1],
  });
  return builder.graph(
    'block',
    [
      { name: 'x', elementType: 'float', dims: [1, C, 'steps'] },
      { name: 'mix', elementType: 'float', dims: [1] },
      ...NORMS.flatMap((_, i) => [perNorm('mean', i), perNorm('square', i)]),
    ],
    [
      { name: 'y', elementType: 'float', dims: [1, C, 'steps'] },
      { name: 'stats', elementType: 'float', dims: [2 * C * NORMS.length] },
    ],
  );
}

/** Runs the block over steps `from` to `to` of the input; with `given` statistics these are used instead of its own. */
async function runBlock(
  arithmeticOf: (convolution: string) => 'float' | 'int8',
  part: Part = {},
): Promise<{ y: Float32Array; stats: Float32Array }> {
  // Where statistics are given one step is measured, as in the program.
  const { y, stats } = await runGraph(blockGraph(arithmeticOf, part.given ? 1 : STEPS), feedsFor(part));
  if (y === undefined || stats === undefined) throw new Error('the block gave nothing');
  return { y, stats };
}

/** Steps of the input, and statistics to use; all of it with its own unless told. */
interface Part {
  readonly from?: number;
  readonly to?: number;
  readonly given?: Float32Array;
}

function feedsFor({ from = 0, to = STEPS, given }: Part = {}): Record<string, FloatInput> {
  const feeds: Record<string, FloatInput> = {
    x: {
      data: Float32Array.from(rows(input).flatMap((row) => row.slice(from, to))),
      dims: [1, C, to - from],
    },
    mix: { data: Float32Array.of(given === undefined ? 0 : 1), dims: [1] },
  };
  for (const i of NORMS.keys())
    for (const [half, name] of ['mean', 'square'].entries())
      feeds[`${name} ${i}`] = {
        data: (given ?? new Float32Array(2 * C * NORMS.length)).slice(
          (2 * i + half) * C,
          (2 * i + half + 1) * C,
        ),
        dims: [1, C, 1],
      };
  return feeds;
}

/** Statistics of the reference in the order of the graph's output. */
function referenceStats(): Float32Array {
  const stats = new Float32Array(2 * C * NORMS.length);
  reference(rows(input), undefined, (norm, mean, meanOfSquares) => {
    stats.set([...mean, ...meanOfSquares], 2 * C * norm);
  });
  return stats;
}

const float = (): 'float' => 'float';
const int8 = (): 'int8' => 'int8';
const mixed = (name: string): 'float' | 'int8' => (name.includes('convs2') ? 'float' : 'int8');

describe('a residual block', () => {
  it('does in float what the plain loops do', async () => {
    const { y } = await runBlock(float);
    expect(signalToNoiseDb(expected, y)).toBeGreaterThan(100);
  });

  it('keeps the sound in 8 bits: divisors and gains cancel, only rounding is left', async () => {
    const { y } = await runBlock(int8);
    expect(signalToNoiseDb(expected, y)).toBeGreaterThan(18);
  });

  it('is nearer to the truth with its second convolutions in float', async () => {
    const [all, some] = [await runBlock(int8), await runBlock(mixed)];
    expect(signalToNoiseDb(expected, some.y)).toBeGreaterThan(signalToNoiseDb(expected, all.y));
  });

  it.each([
    ['float', float, 100],
    ['8 bits', int8, 30],
    ['both', mixed, 30],
  ] as const)('tells its statistics in the units of the float block, in %s', async (_, plan, leastDb) => {
    const { stats } = await runBlock(plan);
    expect(signalToNoiseDb(referenceStats(), stats)).toBeGreaterThan(leastDb);
  });

  it.each([
    ['float', float],
    ['8 bits', int8],
    ['both', mixed],
  ] as const)(
    'gives a window what the whole gives there, with the whole statistics, in %s',
    async (_, plan) => {
      const whole = await runBlock(plan);
      // The three rounds reach (3 − 1) / 2 · (1 + 3 + 5 + 3 · 1) = 12 steps.
      const [from, to, context] = [16, 48, 12];
      const window = await runBlock(plan, { from, to, given: whole.stats });
      const inner = (flat: Float32Array, steps: number, start: number): Float32Array =>
        Float32Array.from(
          Array.from({ length: C }, (_, c) => [
            ...flat.subarray(c * steps + start, c * steps + start + to - from - 2 * context),
          ]).flat(),
        );
      const there = inner(whole.y, STEPS, from + context);
      expect(signalToNoiseDb(there, inner(window.y, to - from, context))).toBeGreaterThan(90);
    },
  );

  it('uses QLinearConv channels-last for 8 bits and transposes only around float convolutions', () => {
    const types = (plan: (name: string) => 'float' | 'int8', opType: string): number =>
      blockGraph(plan).nodes.filter((node) => node.opType === opType).length;
    expect(types(float, 'Conv')).toBe(6);
    expect(types(int8, 'QLinearConv')).toBe(6);
    expect(types(mixed, 'QLinearConv')).toBe(3);
    expect(types(mixed, 'Conv')).toBe(3);
    expect(types(mixed, 'Transpose') - types(int8, 'Transpose')).toBe(6);
  });

  it('looks up what follows an 8-bit convolution by its levels, and nothing else', () => {
    // The levels are what such a convolution gave, as whole numbers.
    const lookups = (plan: (name: string) => 'float' | 'int8'): number => {
      const { nodes } = blockGraph(plan);
      const convolved = new Set(
        nodes.filter(({ opType }) => opType === 'QLinearConv').flatMap(({ outputs }) => outputs),
      );
      const levels = new Set(
        nodes
          .filter(({ opType, inputs: [from = ''] }) => opType === 'Cast' && convolved.has(from))
          .flatMap(({ outputs }) => outputs),
      );
      return nodes.filter(({ opType, inputs: [, by = ''] }) => opType === 'GatherElements' && levels.has(by))
        .length;
    };
    expect(lookups(float)).toBe(0);
    expect(lookups(int8)).toBe(3);
    expect(lookups(mixed)).toBe(3);
  });

  it('looks up the snake of what an 8-bit convolution takes, and reckons the sine of all else', () => {
    const types = (plan: (name: string) => 'float' | 'int8', opType: string): number =>
      blockGraph(plan).nodes.filter((node) => node.opType === opType).length;
    expect(types(float, 'Sin')).toBe(6);
    expect(types(int8, 'Sin')).toBe(0);
    expect(types(mixed, 'Sin')).toBe(3);
  });

  it('takes statistics of as many steps as it is told, the first ones', async () => {
    const measured = 20;
    const { stats } = await runGraph(blockGraph(float, measured), feedsFor());
    const mean = rows(input).map((row) => average(row.slice(0, measured)));
    expect(
      signalToNoiseDb(Float32Array.from(mean), stats?.subarray(0, C) ?? new Float32Array()),
    ).toBeGreaterThan(100);
  });
});
