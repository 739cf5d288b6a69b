/**
 * Lays the generator's graph: from the front's outputs to sound, for a whole utterance or for any window of it.
 *
 * Inputs (for a window of the frames a to b: `x` from 2a to 2b, `har` from 120a to 120b + 1):
 * - `x` [1, 512, steps], `har` [1, 22, 60·steps + 1], `gb` [1, 18432] from the front;
 * - `spans` [4], frames counted from a: where the residual blocks of the first stage begin and end, and those of the second,
 *   whose frames are the ones that sound. The finer a stage's steps, the shorter its convolutions reach: what a later one
 *   does not need as context is cut off before it. A whole utterance of T frames has 0, T, 0, T;
 * - `stats` [18432]: statistics of every instance norm over the whole utterance (see `INSTANCE_NORMS`), in the units of
 *   the float generator;
 * - `mix` [48], for each norm: 0 takes the statistics of what is at hand (right for a whole utterance), 1 takes `stats`;
 * - `measured` [1]: of how many steps of what is at hand statistics are taken, from the first on; {@link ALL_STEPS} for those of all, 1
 *   where they are not used, because it costs time.
 *
 * Outputs: `audio`, 600 samples for each frame of the second span, and `stats_out` [18432], the statistics that were used.
 */
import { buildGraph, float, int, ints, string, type GraphBuilder } from '../../../onnx/graph-builder.ts';
import type { Graph, OnnxModel, ValueInfo } from '../../../onnx/model.ts';
import { floatScalar, floatsOf, floatTensor } from '../../../onnx/tensor.ts';
import {
  FIRST_STAGE_STEPS_PER_FRAME,
  HAR_CHANNELS,
  HAR_STEPS_PER_FRAME,
  INSTANCE_NORMS,
  STATS_WIDTH,
  X_CHANNELS,
  type GeneratorStage,
  type InstanceNorm,
} from './generator-layout.ts';
import { generatorParts, wholeNumbers, type GeneratorParts, type Layout } from './generator-parts.ts';
import type { GeneratorWeights, StridedConvolution } from './generator-weights.ts';
import {
  layBlock,
  type BlockSurroundings,
  type ConvolutionPlan,
  type LaidValue,
  type NormInputs,
} from './residual-block.ts';

/** The generator's inputs with their shapes. */
export const GENERATOR_INPUTS: readonly ValueInfo[] = [
  { name: 'x', elementType: 'float', dims: [1, X_CHANNELS, 'x_steps'] },
  { name: 'har', elementType: 'float', dims: [1, HAR_CHANNELS, 'har_steps'] },
  { name: 'gb', elementType: 'float', dims: [1, STATS_WIDTH] },
  { name: 'stats', elementType: 'float', dims: [STATS_WIDTH] },
  { name: 'mix', elementType: 'float', dims: [INSTANCE_NORMS.length] },
  { name: 'spans', elementType: 'int64', dims: [4] },
  { name: 'measured', elementType: 'int64', dims: [1] },
];

/** For the input `measured`: more steps than there are. */
export const ALL_STEPS = 2 ** 31;

/** The generator's outputs with their shapes. */
export const GENERATOR_OUTPUTS: readonly ValueInfo[] = [
  { name: 'audio', elementType: 'float', dims: ['samples'] },
  { name: 'stats_out', elementType: 'float', dims: [STATS_WIDTH] },
];

/** Versions of the format and of the operator sets that the graph is written in. */
const IR_VERSION = 9;
const OPSETS = [
  ['', 20],
  ['com.microsoft', 1],
] as const;

/** Slope of the leaky rectifier below zero: before each stage, and before the last convolution. */
const STAGE_SLOPE = 0.1;
const LAST_SLOPE = 0.01;

/** Lays the generator with each convolution of the residual blocks computed as `plan` says. */
export function generatorModel(
  weights: GeneratorWeights,
  plan: (convolution: string) => ConvolutionPlan,
): OnnxModel {
  const builder = buildGraph();
  const parts = generatorParts(builder, 'measured');
  const statistics = normStatistics(parts);
  const around: BlockSurroundings = { parts, plan, ...statistics };
  let value = 'x';
  const spans = laySpans(builder);
  for (const stage of [0, 1] as const) value = layStage(stage, { value, spans }, weights, around);
  laySound(value, weights, builder);
  statistics.layOutput();
  return {
    irVersion: IR_VERSION,
    opsets: new Map(OPSETS),
    graph: finished(builder),
  };
}

function finished(builder: GraphBuilder): Graph {
  return builder.graph('generator', GENERATOR_INPUTS, GENERATOR_OUTPUTS);
}

/** Cuts values in the three layouts of time down to the spans. */
interface Spans {
  /** The first stage's sum, before its residual blocks: frames of the window to those of the first span. */
  readonly firstStage: (sum: LaidValue) => LaidValue;
  /** The first stage's result, channels-first: frames of the first span to those of the second. */
  readonly secondStage: (value: string) => string;
  /** The harmonic source for the second stage: frames of the window to those of the second span, and a step. */
  readonly secondSource: (har: string) => string;
}

function laySpans(builder: GraphBuilder): Spans {
  const spans = ['first-begin', 'first-end', 'second-begin', 'second-end'];
  builder.opWithOutputs('Split', ['spans', wholeNumbers(builder, 1, 1, 1, 1)], spans, {
    attributes: { axis: int(0) },
  });
  const [firstBegin = '', firstEnd = '', secondBegin = '', secondEnd = ''] = spans;
  const since = (frame: string, begin: string): string => builder.op('Sub', [frame, begin]);
  const cut = (
    value: string,
    axis: number,
    stepsPerFrame: number,
    begin: string,
    end: string,
    more = 0,
  ): string => {
    const steps = (frame: string): string => builder.op('Mul', [frame, wholeNumbers(builder, stepsPerFrame)]);
    const last = more === 0 ? steps(end) : builder.op('Add', [steps(end), wholeNumbers(builder, more)]);
    return builder.op('Slice', [value, steps(begin), last, wholeNumbers(builder, axis)]);
  };
  return {
    firstStage: ({ value, layout }) => ({
      value: cut(value, layout === 'channelsLast' ? 1 : 2, FIRST_STAGE_STEPS_PER_FRAME, firstBegin, firstEnd),
      layout,
    }),
    secondStage: (value) =>
      cut(
        value,
        2,
        FIRST_STAGE_STEPS_PER_FRAME,
        since(secondBegin, firstBegin),
        since(secondEnd, firstBegin),
      ),
    secondSource: (har) => cut(har, 2, HAR_STEPS_PER_FRAME, secondBegin, secondEnd, 1),
  };
}

/** One stage: upsampling, the harmonic source added, the mean of three residual blocks. All channels-first outside. */
function layStage(
  stage: GeneratorStage,
  { value, spans }: { readonly value: string; readonly spans: Spans },
  weights: GeneratorWeights,
  around: BlockSurroundings,
): string {
  const { builder, transposed } = around.parts;
  const input = stage === 0 ? value : spans.secondStage(value);
  const source = stage === 0 ? 'har' : spans.secondSource('har');
  const activated = builder.op('LeakyRelu', [input], { attributes: { alpha: float(STAGE_SLOPE) } });
  const blocksOf = (kind: string): GeneratorWeights['blocks'] =>
    weights.blocks.filter(({ block }) => block.stage === stage && block.name.startsWith(kind));
  const [noiseBlock] = blocksOf('noise_res');
  if (noiseBlock === undefined) throw new Error(`stage ${stage} has no block for the harmonic source`);
  const noise = layBlock(
    noiseBlock,
    {
      value: layStrided(
        'Conv',
        `noise_convs.${stage}`,
        source,
        weights.frame.noiseConvolutions[stage],
        builder,
      ),
      layout: 'channelsFirst',
    },
    around,
  );
  let upsampled = layStrided(
    'ConvTranspose',
    `ups.${stage}`,
    activated,
    weights.frame.upsamplings[stage],
    builder,
  );
  if (stage === 1)
    upsampled = builder.op('Pad', [upsampled, wholeNumbers(builder, 0, 0, 1, 0, 0, 0)], {
      attributes: { mode: string('reflect') },
    });
  const inNoiseLayout = noise.layout === 'channelsFirst' ? upsampled : transposed(upsampled);
  const sum: LaidValue = { value: builder.op('Add', [inNoiseLayout, noise.value]), layout: noise.layout };
  const joined = stage === 0 ? spans.firstStage(sum) : sum;
  return meanOf(
    blocksOf('resblocks').map((block) => layBlock(block, joined, around)),
    around.parts,
  );
}

/** The mean of values in either layout, channels-first. */
function meanOf(values: readonly LaidValue[], { builder, transposed }: GeneratorParts): string {
  const sum = (layout: Layout): string[] => {
    const [first, ...others] = values.filter((one) => one.layout === layout).map((one) => one.value);
    return first === undefined
      ? []
      : [others.reduce((left, right) => builder.op('Add', [left, right]), first)];
  };
  const sums = [...sum('channelsFirst'), ...sum('channelsLast').map((value) => transposed(value))];
  const total = sums.reduce((left, right) => builder.op('Add', [left, right]));
  const share = builder.constant('block-share', () => floatScalar(1 / values.length));
  return builder.op('Mul', [total, share]);
}

function layStrided(
  opType: 'Conv' | 'ConvTranspose',
  name: string,
  input: string,
  convolution: StridedConvolution | undefined,
  builder: GraphBuilder,
): string {
  if (convolution === undefined) throw new Error(`there are no weights for ${name}`);
  const { weights, bias, stride, padding } = convolution;
  return builder.op(
    opType,
    [input, builder.constant(`${name}/weights`, () => weights), builder.constant(`${name}/bias`, () => bias)],
    {
      output: name,
      attributes: {
        kernel_shape: ints(weights.dims[2] ?? 0),
        strides: ints(stride),
        pads: ints(padding, padding),
      },
    },
  );
}

/** Half of the transform's 22 channels are log magnitudes, half sines of phases. */
const SPECTRUM_BINS = 11;

/** Hop and reach of the inverse transform, samples. */
const HOP = 5;
const WINDOW = 20;

/** The last convolution and the inverse short-time Fourier transform. */
function laySound(value: string, { frame }: GeneratorWeights, builder: GraphBuilder): void {
  const activated = builder.op('LeakyRelu', [value], { attributes: { alpha: float(LAST_SLOPE) } });
  const spectrum = layStrided('Conv', 'conv_post', activated, frame.last, builder);
  builder.opWithOutputs(
    'Split',
    [spectrum, wholeNumbers(builder, SPECTRUM_BINS, SPECTRUM_BINS)],
    ['log-magnitude', 'phase-sine'],
    { attributes: { axis: int(1) } },
  );
  const magnitude = builder.op('Exp', ['log-magnitude']);
  const phase = builder.op('Sin', ['phase-sine']);
  const waves = builder.op(
    'Concat',
    [
      builder.op('Mul', [magnitude, builder.op('Cos', [phase])]),
      builder.op('Mul', [magnitude, builder.op('Sin', [phase])]),
    ],
    { attributes: { axis: int(1) } },
  );
  // The model divides by the sum of four overlapping windows and then multiplies: over the samples that stay after the
  // edges are cut off (10 at each end), that comes to a factor of window / hop.
  const basis = builder.constant('inverse-basis', () =>
    floatTensor(
      floatsOf(frame.inverseBasis).map((number) => number * (WINDOW / HOP)),
      frame.inverseBasis.dims,
    ),
  );
  const sound = builder.op('ConvTranspose', [waves, basis], {
    attributes: { kernel_shape: ints(WINDOW), strides: ints(HOP), pads: ints(WINDOW / 2, WINDOW / 2) },
  });
  builder.op('Reshape', [sound, wholeNumbers(builder, -1)], { output: 'audio' });
}

/** Splits `gb`, `stats` and `mix` over the norms, and joins the statistics that they used. */
function normStatistics({
  builder,
}: GeneratorParts): Pick<BlockSurroundings, 'normInputs' | 'usedStatistics'> & { layOutput(): void } {
  const laid = new Set<string>();
  const used = new Map<string, readonly [string, string]>();
  const splitOnce = (source: 'gb' | 'stats', layout: Layout): void => {
    if (laid.has(`${source} ${layout}`)) return;
    laid.add(`${source} ${layout}`);
    const shape = layout === 'channelsLast' ? [1, 1, -1] : [1, -1, 1];
    builder.opWithOutputs(
      'Split',
      [
        builder.op('Reshape', [source, wholeNumbers(builder, ...shape)]),
        wholeNumbers(builder, ...INSTANCE_NORMS.flatMap(({ channels }) => [channels, channels])),
      ],
      INSTANCE_NORMS.flatMap((norm) => [
        partName(source, norm, 'first', layout),
        partName(source, norm, 'second', layout),
      ]),
      { attributes: { axis: int(layout === 'channelsLast' ? 2 : 1) } },
    );
  };
  builder.opWithOutputs(
    'Split',
    [
      builder.op('Reshape', ['mix', wholeNumbers(builder, 1, 1, -1)]),
      wholeNumbers(builder, ...INSTANCE_NORMS.map(() => 1)),
    ],
    INSTANCE_NORMS.map((norm) => mixName(norm)),
    { attributes: { axis: int(2) } },
  );
  return {
    normInputs(name, layout): NormInputs {
      const norm = normNamed(name);
      splitOnce('gb', layout);
      splitOnce('stats', layout);
      return {
        gain: partName('gb', norm, 'first', layout),
        offset: partName('gb', norm, 'second', layout),
        mean: partName('stats', norm, 'first', layout),
        meanOfSquares: partName('stats', norm, 'second', layout),
        mix: mixName(norm),
      };
    },
    usedStatistics: (name, mean, meanOfSquares) => used.set(name, [mean, meanOfSquares]),
    layOutput() {
      const flat = INSTANCE_NORMS.flatMap(({ name }) => used.get(name) ?? []).map((value) =>
        builder.op('Reshape', [value, wholeNumbers(builder, -1)]),
      );
      builder.op('Concat', flat, { output: 'stats_out', attributes: { axis: int(0) } });
    },
  };
}

function normNamed(name: string): InstanceNorm {
  const norm = INSTANCE_NORMS.find((candidate) => candidate.name === name);
  if (norm === undefined) throw new Error(`no instance norm is named ${name}`);
  return norm;
}

function partName(
  source: 'gb' | 'stats',
  norm: InstanceNorm,
  half: 'first' | 'second',
  layout: Layout,
): string {
  return `${source}/${norm.name}/${half}${layout === 'channelsLast' ? '|last' : ''}`;
}

function mixName(norm: InstanceNorm): string {
  return `mix/${norm.name}`;
}
