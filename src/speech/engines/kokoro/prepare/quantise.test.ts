import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someNumbers } from '../../../onnx/testing/run-graph.ts';
import type { ConvolutionRanges } from './calibration.ts';
import { forDividedInputs, inputDivisors } from './equalise.ts';
import type { Convolution } from './generator-weights.ts';
import { quantise, type QuantisationChoice } from './quantise.ts';

const INPUTS = 4;
const OUTPUTS = 3;
const KERNEL = 3;

const convolution: Convolution = {
  weights: someNumbers(OUTPUTS * INPUTS * KERNEL, 5),
  bias: Float32Array.of(0.5, -0.25, 0),
  inputs: INPUTS,
  kernel: KERNEL,
  dilation: 1,
};

/** Input channels whose ranges differ two hundredfold. */
const ranges: ConvolutionRanges = {
  input: { min: [-1, -20, -0.1, 0], max: [2, 5, 0.1, 10] },
  output: { min: [-4, -1, 0], max: [3, 8, 0] },
};

const plain: QuantisationChoice = { calibrationMargin: 1, equalisationExponent: 1, inputClip: 1 };

/** One output channel at one place, in exact arithmetic. */
function answer(weights: ArrayLike<number>, inputs: readonly number[], channel: number): number {
  const row = INPUTS * KERNEL;
  return inputs.reduce((sum, value, i) => sum + value * (weights[channel * row + i] ?? 0), 0);
}

describe('equalise', () => {
  it('cancels: divided inputs into multiplied weights give the same answer', () => {
    const divisors = inputDivisors(convolution, ranges.input, 0.5);
    const divided = forDividedInputs(convolution, divisors);
    const inputs = [...someNumbers(INPUTS * KERNEL, 8)];
    const dividedInputs = inputs.map((value, i) => value / (divisors[Math.floor(i / KERNEL)] ?? 1));
    for (let channel = 0; channel < OUTPUTS; channel++)
      expect(answer(divided.weights, dividedInputs, channel)).toBeCloseTo(
        answer(convolution.weights, inputs, channel),
        5,
      );
  });

  it('gives every input channel the same range at exponent 1', () => {
    const divisors = inputDivisors(convolution, ranges.input, 1);
    const largest = [2, 20, 0.1, 10].map((range, channel) => range / (divisors[channel] ?? 1));
    for (const range of largest) expect(range / (largest[0] ?? 0)).toBeCloseTo(1, 5);
  });

  it('keeps the geometric mean, and stays finite for silent channels and empty weights', () => {
    const silent = { min: [0, 0, 0, 0], max: [0, 1, 0, 0] };
    const empty = { ...convolution, weights: new Float32Array(convolution.weights.length) };
    for (const exponent of [0, 0.5, 1]) {
      const logs = [...inputDivisors(empty, silent, exponent)].map((divisor) => Math.log(divisor));
      expect(logs.reduce((sum, log) => sum + log, 0)).toBeCloseTo(0, 5);
    }
  });
});

describe('quantise', () => {
  it('stands for the same convolution up to half a step of each weight', () => {
    const { weights, weightScales, gains, divisors } = quantise(convolution, ranges, plain);
    const row = INPUTS * KERNEL;
    for (const [i, weight] of convolution.weights.entries()) {
      const channel = Math.floor(i / row);
      const step = (weightScales[channel] ?? 0) / (gains[channel] ?? 0);
      const divisor = divisors[Math.floor(i / KERNEL) % INPUTS] ?? 0;
      expect(Math.abs((weights[i] ?? 0) * step - weight * divisor)).toBeLessThanOrEqual(step * 0.501);
    }
  });

  it('covers the calibrated input range with its 256 steps, and zero exactly', () => {
    const { inputScale, inputZero, divisors } = quantise(convolution, ranges, plain);
    const low = -inputZero * inputScale;
    const high = (255 - inputZero) * inputScale;
    for (const [channel, divisor] of divisors.entries()) {
      expect((ranges.input.min[channel] ?? 0) / divisor).toBeGreaterThan(low - inputScale);
      expect((ranges.input.max[channel] ?? 0) / divisor).toBeLessThan(high + inputScale);
    }
    expect(Number.isInteger(inputZero)).toBe(true);
  });

  it('takes finer steps over less of the range when the input is clipped', () => {
    const whole = quantise(convolution, ranges, plain);
    const clipped = quantise(convolution, ranges, { ...plain, inputClip: 0.5 });
    expect(clipped.inputScale).toBeCloseTo(whole.inputScale / 2, 6);
  });

  it('fills the output range, channel by channel', () => {
    const { gains } = quantise(convolution, ranges, { ...plain, calibrationMargin: 1.25 });
    expect(gains[0]).toBeCloseTo(1 / 5, 6);
    expect(gains[1]).toBeCloseTo(1 / 10, 6);
  });

  it('keeps the bias, in the steps of the products', () => {
    const { bias, inputScale, weightScales, gains } = quantise(convolution, ranges, plain);
    for (const [channel, value] of convolution.bias.entries()) {
      const step = (inputScale * (weightScales[channel] ?? 0)) / (gains[channel] ?? 1);
      expect(Math.abs((bias[channel] ?? 0) * step - value)).toBeLessThanOrEqual(step * 0.51);
    }
  });

  it('never leaves its number ranges, whatever the weights, biases and ranges', () => {
    const number = fc.float({ min: -1000, max: 1000, noNaN: true });
    const numbers = (count: number): fc.Arbitrary<number[]> =>
      fc.array(number, { minLength: count, maxLength: count });
    fc.assert(
      fc.property(numbers(36), numbers(3), numbers(8), numbers(6), (weights, bias, input, output) => {
        const range = (values: readonly number[], count: number): { min: number[]; max: number[] } => ({
          min: values.slice(0, count).map((value) => -Math.abs(value)),
          max: values.slice(count).map((value) => Math.abs(value)),
        });
        const result = quantise(
          { ...convolution, weights: Float32Array.from(weights), bias: Float32Array.from(bias) },
          { input: range(input, 4), output: range(output, 3) },
          plain,
        );
        expect(result.inputScale).toBeGreaterThan(0);
        expect(result.inputZero).toBeGreaterThanOrEqual(0);
        expect(result.inputZero).toBeLessThanOrEqual(255);
        expect(result.weightScales.every((scale) => scale > 0 && Number.isFinite(scale))).toBe(true);
        expect(result.bias.every((value) => Math.abs(value) <= 2 ** 25)).toBe(true);
        expect(result.weights.every((weight) => Math.abs(weight) <= 127)).toBe(true);
      }),
    );
  });
});
