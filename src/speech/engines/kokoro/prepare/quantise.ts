/**
 * The pass "quantise": a float convolution and the ranges seen around it become 8-bit weights and fixed scales. Input and
 * output have one scale each (that is what the runtime's `QLinearConv` takes), weights one a channel of output; a gain
 * for each output channel, folded into the weight scales, lets every channel fill the output's 8 bits.
 */
import type { ConvolutionRanges } from './calibration.ts';
import { forDividedInputs, inputDivisors } from './equalise.ts';
import type { Convolution } from './generator-weights.ts';

/** A convolution on 8-bit numbers. Its output, read with {@link OUTPUT_SCALE} and {@link OUTPUT_ZERO}, is the true one times `gains`. */
export interface QuantisedConvolution {
  readonly kernel: number;
  readonly dilation: number;
  readonly inputs: number;
  /** The input must be divided by these, one a channel, before it is quantised. */
  readonly divisors: Float32Array;
  readonly inputScale: number;
  /** 0 to 255. */
  readonly inputZero: number;
  /** [outputs, inputs, width]; −127 to 127. */
  readonly weights: Int8Array;
  /** One an output channel, gain included. */
  readonly weightScales: Float32Array;
  /** In steps of input scale times weight scale. */
  readonly bias: Int32Array;
  readonly gains: Float32Array;
}

/** Scale of every quantised output: gains bring the calibrated range to −1…1. */
export const OUTPUT_SCALE = Math.fround(1 / 127);

/** Zero point of every quantised output. */
export const OUTPUT_ZERO = 128;

/** Outputs that were never seen to exceed this count as this large. */
const LEAST_OUTPUT = 1e-3;

/** An input scale is never smaller, for a convolution whose input was always zero. */
const LEAST_INPUT_SCALE = 1e-12;

/** A weight scale is never smaller, for channels whose weights are all zero. */
const LEAST_WEIGHT_SCALE = 1e-9;

/** A bias stays below two to this power in its own steps, so that 32 bits hold the sum. */
const BIAS_BITS = 24;

/** What the recipe says about one convolution. */
export interface QuantisationChoice {
  readonly calibrationMargin: number;
  readonly equalisationExponent: number;
  /** Share of the input range that 8 bits cover, above 0, at most 1. */
  readonly inputClip: number;
}

/** Quantises a convolution, equalising its input channels first. */
export function quantise(
  convolution: Convolution,
  ranges: ConvolutionRanges,
  { calibrationMargin, equalisationExponent, inputClip }: QuantisationChoice,
): QuantisedConvolution {
  const divisors = inputDivisors(convolution, ranges.input, equalisationExponent);
  const { inputScale, inputZero } = inputScaling(ranges.input, divisors, calibrationMargin * inputClip);
  const { weights, scales } = quantiseWeights(forDividedInputs(convolution, divisors), inputScale);
  const gains = outputGains(ranges.output, calibrationMargin);
  return {
    kernel: convolution.kernel,
    dilation: convolution.dilation,
    inputs: convolution.inputs,
    divisors,
    inputScale,
    inputZero,
    weights,
    weightScales: scales.map((scale, channel) => scale * (gains[channel] ?? 1)),
    bias: Int32Array.from(convolution.bias, (value, channel) =>
      Math.round(value / (inputScale * (scales[channel] ?? 1))),
    ),
    gains,
  };
}

/** One scale and zero point for all channels; zero itself is always exact, as the padding needs. */
function inputScaling(
  { min, max }: ConvolutionRanges['input'],
  divisors: Float32Array,
  factor: number,
): { inputScale: number; inputZero: number } {
  let low = 0;
  let high = 0;
  for (const [channel, divisor] of divisors.entries()) {
    low = Math.min(low, (min[channel] ?? 0) / divisor);
    high = Math.max(high, (max[channel] ?? 0) / divisor);
  }
  const inputScale = Math.fround(Math.max(((high - low) * factor) / 255, LEAST_INPUT_SCALE));
  const inputZero = Math.min(255, Math.max(0, Math.round((-low * factor) / inputScale)));
  return { inputScale, inputZero };
}

function quantiseWeights(
  { weights, bias, inputs, kernel }: Convolution,
  inputScale: number,
): { weights: Int8Array; scales: Float32Array } {
  const row = inputs * kernel;
  const quantised = new Int8Array(weights.length);
  const scales = Float32Array.from(bias, (offset, channel) => {
    const own = weights.subarray(channel * row, (channel + 1) * row);
    const largest = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    return Math.max(largest / 127, Math.abs(offset) / (inputScale * 2 ** BIAS_BITS), LEAST_WEIGHT_SCALE);
  });
  for (let i = 0; i < weights.length; i++)
    quantised[i] = Math.min(
      127,
      Math.max(-127, Math.round((weights[i] ?? 0) / (scales[Math.floor(i / row)] ?? 1))),
    );
  return { weights: quantised, scales };
}

function outputGains({ min, max }: ConvolutionRanges['output'], margin: number): Float32Array {
  return Float32Array.from(
    min,
    (least, channel) => 1 / (margin * Math.max(Math.abs(least), Math.abs(max[channel] ?? 0), LEAST_OUTPUT)),
  );
}
