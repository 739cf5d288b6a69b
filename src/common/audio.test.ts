import { describe, expect, it } from 'vitest';
import { floatToPcm16, msToSamples, samplesToMs } from './audio.ts';

describe('conversion to 16-bit', () => {
  it('clips what is too loud and silences what is not a number', () => {
    const pcm = floatToPcm16(new Float32Array([0, 1, -1, 2, -2, Number.NaN, 0.5]));
    expect([...pcm]).toEqual([0, 32_767, -32_767, 32_767, -32_768, 0, 16_384]);
  });
});

it('counts samples and milliseconds at 24,000 Hz', () => {
  expect(msToSamples(150)).toBe(3_600);
  expect(samplesToMs(24_000)).toBe(1_000);
});
