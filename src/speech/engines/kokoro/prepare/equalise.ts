/**
 * The pass "equalise": how much each input channel of a convolution is divided before 8 bits take it. The division is
 * free: it goes into the affine step and the snake before, and the weights are multiplied by the same numbers. The idea
 * is SmoothQuant's (Xiao et al. 2023): move the spread from the activations, which share one scale, to the weights.
 */
import type { ConvolutionRanges } from './calibration.ts';
import type { Convolution } from './generator-weights.ts';

/** Below these a channel counts as this large, so that a silent channel is not blown up. */
const LEAST_INPUT = 1e-3;
const LEAST_WEIGHT = 1e-4;

/**
 * Divisors, one an input channel, with geometric mean 1: input range to the power `exponent` over weight range to the
 * power `1 − exponent`.
 */
export function inputDivisors(
  convolution: Convolution,
  { min, max }: ConvolutionRanges['input'],
  exponent: number,
): Float32Array {
  const weightRanges = inputWeightRanges(convolution);
  const logs = Array.from(weightRanges, (weightRange, channel) => {
    const inputRange = Math.max(Math.abs(min[channel] ?? 0), Math.abs(max[channel] ?? 0), LEAST_INPUT);
    return exponent * Math.log(inputRange) - (1 - exponent) * Math.log(Math.max(weightRange, LEAST_WEIGHT));
  });
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return Float32Array.from(logs, (log) => Math.exp(log - mean));
}

/** The same convolution for inputs that were divided by `divisors`. */
export function forDividedInputs(convolution: Convolution, divisors: Float32Array): Convolution {
  const { inputs, kernel } = convolution;
  const weights = convolution.weights.map(
    (weight, i) => weight * (divisors[Math.floor(i / kernel) % inputs] ?? 1),
  );
  return { ...convolution, weights };
}

function inputWeightRanges({ weights, inputs, kernel }: Convolution): Float32Array {
  const ranges = new Float32Array(inputs);
  for (let i = 0; i < weights.length; i++) {
    const channel = Math.floor(i / kernel) % inputs;
    ranges[channel] = Math.max(ranges[channel] ?? 0, Math.abs(weights[i] ?? 0));
  }
  return ranges;
}
