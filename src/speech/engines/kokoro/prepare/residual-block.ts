/**
 * Lays one residual block of the generator: three rounds of norm, snake, convolution, norm, snake, convolution, each
 * round's input added to its result. Each convolution is float or 8-bit as planned; a block with an 8-bit convolution
 * runs channels-last, and its float convolutions stand between two transposes.
 *
 * What quantisation wants of the numbers around it is folded into steps that are there anyway: the division of a
 * convolution's input by its divisors into the snake's last step; the output gain of a convolution into the norm after it. So is the
 * snake's frequency, into the norm's gain and offset. So the norms' statistics that go in and come out are always those of the plain
 * float generator, whatever the plan.
 *
 * What comes out of an 8-bit convolution has 256 levels. The norm and the snake behind a round's first one are therefore computed
 * of every level, for each channel, and looked up for each step: the same numbers, for a few hundred rows in place of thousands.
 */
import { int, ints, type GraphBuilder } from '../../../onnx/graph-builder.ts';
import { ELEMENT_TYPE, type Attribute } from '../../../onnx/model.ts';
import { floatScalar, floatTensor, int32Tensor, int8Tensor, uint8Tensor } from '../../../onnx/tensor.ts';
import type { GeneratorParts, Layout } from './generator-parts.ts';
import type { BlockWeights, Convolution } from './generator-weights.ts';
import { OUTPUT_SCALE, OUTPUT_ZERO, type QuantisedConvolution } from './quantise.ts';
import { laySnakeTable, tableReach } from './snake-table.ts';

/** How one convolution is computed. */
export type ConvolutionPlan =
  | { readonly arithmetic: 'float'; readonly convolution: Convolution }
  | { readonly arithmetic: 'int8'; readonly convolution: QuantisedConvolution };

/** Names of the values that steer one instance norm, shaped for a layout. */
export interface NormInputs {
  /** Gamma plus one, and beta. */
  readonly gain: string;
  readonly offset: string;
  /** Given statistics. */
  readonly mean: string;
  readonly meanOfSquares: string;
  /** 0: the statistics are those of the values at hand; 1: the given ones; between: a mix of both. */
  readonly mix: string;
}

/** What a block needs from the graph around it. */
export interface BlockSurroundings {
  readonly parts: GeneratorParts;
  readonly plan: (convolution: string) => ConvolutionPlan;
  readonly normInputs: (norm: string, layout: Layout) => NormInputs;
  /** Told once for each norm which statistics it used, each [1, channels, 1] or [1, 1, channels]. */
  readonly usedStatistics: (norm: string, mean: string, meanOfSquares: string) => void;
}

/** A value and its layout. */
export interface LaidValue {
  readonly value: string;
  readonly layout: Layout;
}

/** The variance of an instance norm is widened by this before its root is taken. */
const NORM_EPSILON = 1e-5;

/** An 8-bit number has so many. */
const LEVELS = 256;

/** Lays a block over `input` and returns its result. */
export function layBlock(
  { block, rounds }: BlockWeights,
  input: LaidValue,
  around: BlockSurroundings,
): LaidValue {
  const planned = rounds.map((round, number) => ({
    ...round,
    number,
    plan1: around.plan(`${block.name}/convs1.${number}`),
    plan2: around.plan(`${block.name}/convs2.${number}`),
  }));
  const allFloat = planned.every(
    ({ plan1, plan2 }) => plan1.arithmetic === 'float' && plan2.arithmetic === 'float',
  );
  const layout: Layout = allFloat ? 'channelsFirst' : 'channelsLast';
  const { builder } = around.parts;
  let value = input.layout === layout ? input.value : around.parts.transposed(input.value);
  for (const { number, alpha1, alpha2, plan1, plan2 } of planned) {
    const step = (side: 1 | 2): string => `${block.name}/adain${side}.${number}`;
    const side = { layout, around };
    const norm1 = instanceNorm(
      { ...side, name: step(1), frequencies: alpha1, gains: undefined },
      { value, measured: around.parts.measuredPart(value, layout) },
    );
    const snaked1 = snake({ ...side, name: step(1), alpha: alpha1, next: plan1 }, norm1);
    const convolved = convolve(`${block.name}/convs1.${number}`, plan1, { rows: snaked1 }, side);
    const norm2 = instanceNorm(
      { ...side, name: step(2), frequencies: alpha2, gains: gainsOf(plan1) },
      normed(convolved, plan1, side),
    );
    const snaked2 = snake({ ...side, name: step(2), alpha: alpha2, next: plan2 }, norm2);
    const name2 = `${block.name}/convs2.${number}`;
    const output = convolve(name2, plan2, inputBehind(snaked2, convolved, plan1, builder), side);
    const result = withoutGains(name2, plan2, asFloats(output, plan2, builder), side);
    value = builder.op('Add', [result, value]);
  }
  return { value, layout };
}

interface Side {
  readonly layout: Layout;
  readonly around: BlockSurroundings;
}

/** What a norm is applied to, and what its own statistics are taken from. */
interface Normed {
  readonly value: string;
  readonly measured: string;
}

/** What a convolution takes: a row of channels for each step, or for each level, with the levels that the steps have. */
interface ConvolutionInput {
  readonly rows: string;
  /** Int32 [1, steps, channels]; undefined when the rows are the steps. */
  readonly levels?: string;
}

/** What the norm behind a convolution is applied to: the steps of a float one, the levels of an 8-bit one. */
function normed(convolved: string, plan: ConvolutionPlan, { layout, around }: Side): Normed {
  const { builder, measuredPart } = around.parts;
  const measured = asFloats(measuredPart(convolved, layout), plan, builder);
  return { value: plan.arithmetic === 'int8' ? outputLevels(builder) : convolved, measured };
}

/** The input of the second convolution, whose rows were made from what {@link normed} gave. */
function inputBehind(
  rows: string,
  convolved: string,
  plan: ConvolutionPlan,
  builder: GraphBuilder,
): ConvolutionInput {
  if (plan.arithmetic === 'float') return { rows };
  const levels = builder.op('Cast', [convolved], { attributes: { to: int(ELEMENT_TYPE.int32) } });
  return { rows, levels };
}

/** The row of each step. */
function stepsOf({ rows, levels }: ConvolutionInput, builder: GraphBuilder): string {
  if (levels === undefined) return rows;
  return builder.op('GatherElements', [rows, levels], { attributes: { axis: int(1) } });
}

/** Frequencies · (gain · (x − mean) / √(variance + ε) + offset), for an x that stands multiplied by `gains`. */
function instanceNorm(
  norm: Side & {
    readonly name: string;
    readonly frequencies: Float32Array;
    readonly gains: Float32Array | undefined;
  },
  { value, measured }: Normed,
): string {
  const { name, layout, around, frequencies, gains } = norm;
  const { builder } = around.parts;
  const given = around.normInputs(name, layout);
  const local = plainMeans(norm, measured);
  const mean = mixed(builder, local.mean, given.mean, given.mix);
  const meanOfSquares = mixed(builder, local.meanOfSquares, given.meanOfSquares, given.mix);
  around.usedStatistics(name, mean, meanOfSquares);

  const variance = builder.op('Sub', [meanOfSquares, builder.op('Mul', [mean, mean])]);
  const epsilon = builder.constant('epsilon', () => floatScalar(NORM_EPSILON));
  const zero = builder.constant('zero', () => floatScalar(0));
  const deviation = builder.op('Sqrt', [builder.op('Add', [builder.op('Max', [variance, zero]), epsilon])]);
  const frequency = around.parts.perChannel(`${name}/alpha`, layout, () => frequencies);
  let slope = builder.op('Mul', [builder.op('Div', [given.gain, deviation]), frequency]);
  const offset = builder.op('Mul', [given.offset, frequency]);
  const shift = builder.op('Sub', [offset, builder.op('Mul', [mean, slope])]);
  if (gains !== undefined) slope = builder.op('Mul', [slope, inverseGains(norm, gains)]);
  return builder.op('Add', [builder.op('Mul', [value, slope]), shift]);
}

/** Means over time of the value without its gains. */
function plainMeans(
  norm: Side & { readonly name: string; readonly gains: Float32Array | undefined },
  value: string,
): { mean: string; meanOfSquares: string } {
  const { name, layout, around, gains } = norm;
  const scaled = around.parts.timeMeans(value, layout);
  if (gains === undefined) return scaled;
  const { builder } = around.parts;
  const squared = around.parts.perChannel(`${name}/inverse-gains-squared`, layout, () =>
    gains.map((gain) => 1 / gain ** 2),
  );
  return {
    mean: builder.op('Mul', [scaled.mean, inverseGains(norm, gains)]),
    meanOfSquares: builder.op('Mul', [scaled.meanOfSquares, squared]),
  };
}

function inverseGains(
  { name, layout, around }: Side & { readonly name: string },
  gains: Float32Array,
): string {
  return around.parts.perChannel(`${name}/inverse-gains`, layout, () => gains.map((gain) => 1 / gain));
}

function mixed(builder: GraphBuilder, local: string, given: string, mix: string): string {
  return builder.op('Add', [local, builder.op('Mul', [builder.op('Sub', [given, local]), mix])]);
}

/**
 * The snake x + sin²(α·x) / α of an x that stands multiplied by α, as (α·x + sin²(α·x)) / α; divided by the divisors of the `next`
 * convolution, too. Where that one takes 8 bits the curve is looked up.
 */
function snake(
  {
    name,
    layout,
    around,
    alpha,
    next,
  }: Side & { readonly name: string; readonly alpha: Float32Array; readonly next: ConvolutionPlan },
  value: string,
): string {
  const { builder, perChannel } = around.parts;
  const divisors = divisorsOf(next);
  const factors = alpha.map((frequency, channel) => frequency * (divisors?.[channel] ?? 1));
  const inverse = perChannel(`${name}/inverse-alpha`, layout, () => factors.map((factor) => 1 / factor));
  return builder.op('Mul', [curve(next, factors, value, builder), inverse]);
}

/** y + sin²(y); divided by `factors` it goes into the `next` convolution. */
function curve(next: ConvolutionPlan, factors: Float32Array, value: string, builder: GraphBuilder): string {
  if (next.arithmetic === 'int8') {
    const { inputScale, inputZero } = next.convolution;
    const mostSteps = Math.max(inputZero, LEVELS - 1 - inputZero);
    const mostFactor = factors.reduce((most, factor) => Math.max(most, Math.abs(factor)), 0);
    // Beyond it the convolution's input is at its own end, whatever the sine.
    const reach = tableReach(mostSteps * inputScale * mostFactor + 1);
    return laySnakeTable(builder, value, factors.length, reach);
  }
  const sine = builder.op('Sin', [value]);
  return builder.op('Add', [value, builder.op('Mul', [sine, sine])]);
}

/** The convolution's result: floats, or the levels of an 8-bit one, which still has its gains. */
function convolve(
  name: string,
  plan: ConvolutionPlan,
  input: ConvolutionInput,
  { layout, around }: Side,
): string {
  const { builder, transposed } = around.parts;
  const { kernel, dilation } = plan.convolution;
  const padding = ((kernel - 1) / 2) * dilation;
  const attributes = {
    kernel_shape: ints(kernel),
    dilations: ints(dilation),
    pads: ints(padding, padding),
    strides: ints(1),
    group: int(1),
  };
  switch (plan.arithmetic) {
    case 'float': {
      const { weights, bias, inputs } = plan.convolution;
      const operands = [
        builder.constant(`${name}/weights`, () => floatTensor(weights, [bias.length, inputs, kernel])),
        builder.constant(`${name}/bias`, () => floatTensor(bias)),
      ];
      const steps = stepsOf(input, builder);
      const laid = layout === 'channelsLast' ? transposed(steps) : steps;
      const output = builder.op('Conv', [laid, ...operands], { output: name, attributes });
      return layout === 'channelsLast' ? transposed(output) : output;
    }
    case 'int8':
      return convolveInt8(name, plan.convolution, input, builder, {
        ...attributes,
        channels_last: int(1),
      });
  }
}

function convolveInt8(
  name: string,
  convolution: QuantisedConvolution,
  { rows, levels }: ConvolutionInput,
  builder: GraphBuilder,
  attributes: Readonly<Record<string, Attribute>>,
): string {
  const { weights, weightScales, bias, inputs, kernel, inputScale, inputZero } = convolution;
  const channels = bias.length;
  const scale = builder.constant(`${name}/input-scale`, () => floatScalar(inputScale));
  const zero = builder.constant(`${name}/input-zero`, () => uint8Tensor(Uint8Array.of(inputZero), []));
  const quantised = { rows: builder.op('QuantizeLinear', [rows, scale, zero]), ...(levels && { levels }) };
  return builder.op(
    'QLinearConv',
    [
      stepsOf(quantised, builder),
      scale,
      zero,
      builder.constant(`${name}/weights`, () => int8Tensor(weights, [channels, inputs, kernel])),
      builder.constant(`${name}/weight-scales`, () => floatTensor(weightScales)),
      builder.constant(`weight-zeros-${channels}`, () => int8Tensor(new Int8Array(channels))),
      ...outputScale(builder),
      builder.constant(`${name}/bias`, () => int32Tensor(bias)),
    ],
    { output: name, domain: 'com.microsoft', attributes },
  );
}

/** A convolution's result, or a part of it, as floats. */
function asFloats(result: string, plan: ConvolutionPlan, builder: GraphBuilder): string {
  return plan.arithmetic === 'float'
    ? result
    : builder.op('DequantizeLinear', [result, ...outputScale(builder)]);
}

/** Scale and zero point of all 8-bit convolutions' results. */
function outputScale(builder: GraphBuilder): readonly [string, string] {
  return [
    builder.constant('output-scale', () => floatScalar(OUTPUT_SCALE)),
    builder.constant('output-zero', () => uint8Tensor(Uint8Array.of(OUTPUT_ZERO), [])),
  ];
}

/** What the 256 levels of such a result mean, [1, 256, 1]. */
function outputLevels(builder: GraphBuilder): string {
  return builder.constant('output-levels', () => {
    const levels = Float32Array.from({ length: LEVELS }, (_, level) => (level - OUTPUT_ZERO) * OUTPUT_SCALE);
    return floatTensor(levels, [1, levels.length, 1]);
  });
}

function withoutGains(name: string, plan: ConvolutionPlan, value: string, { layout, around }: Side): string {
  const gains = gainsOf(plan);
  if (gains === undefined) return value;
  const inverse = around.parts.perChannel(`${name}/inverse-gains`, layout, () =>
    gains.map((gain) => 1 / gain),
  );
  return around.parts.builder.op('Mul', [value, inverse]);
}

function divisorsOf(plan: ConvolutionPlan): Float32Array | undefined {
  return plan.arithmetic === 'int8' ? plan.convolution.divisors : undefined;
}

function gainsOf(plan: ConvolutionPlan): Float32Array | undefined {
  return plan.arithmetic === 'int8' ? plan.convolution.gains : undefined;
}
