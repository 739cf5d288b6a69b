import { describe, expect, it } from 'vitest';
import { peaks } from './peaks.ts';

describe('the bars of a recording', () => {
  it('are as high as the loudest sample of their stretch, whatever its sign', () => {
    expect([...peaks(Float32Array.of(0, 0.5, -0.75, 0.25, 0, 0), 3)]).toEqual([0.5, 0.75, 0]);
  });

  it('leave no sample out, however the stretches fall', () => {
    for (const length of [7, 100, 1_001]) {
      for (const bars of [1, 3, 64]) {
        for (const loud of [0, Math.floor(length / 2), length - 1]) {
          const samples = new Float32Array(length);
          samples[loud] = -1;
          expect(Math.max(...peaks(samples, bars))).toBe(1);
        }
      }
    }
  });

  it('are flat for no samples', () => {
    expect([...peaks(new Float32Array(0), 2)]).toEqual([0, 0]);
  });
});
