import { describe, expect, it } from 'vitest';
import { FADE_SAMPLES, Seam } from './seam.ts';

const wave = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: to - from }, (_, i) => Math.sin((from + i) / 20));

describe('a seam', () => {
  it('changes nothing where both windows have the same samples', () => {
    const seam = new Seam();
    const parts = [seam.join(wave(0, 1_300), 1_000), seam.join(wave(1_000, 2_000), 1_000)];
    const joined = parts.flatMap((part) => Array.from(part));
    expect(joined).toHaveLength(2_000);
    for (const [i, expected] of wave(0, 2_000).entries())
      if (i >= FADE_SAMPLES) expect(joined[i]).toBeCloseTo(expected, 6);
  });

  it('lets an utterance that is cut where it sounds rise from silence', () => {
    const first = new Seam().join(new Float32Array(600).fill(1), 600);
    expect(first[0]).toBeLessThan(0.01);
    for (let i = 1; i < FADE_SAMPLES; i++) expect((first[i] ?? 0) - (first[i - 1] ?? 0)).toBeLessThan(0.02);
    expect(first[FADE_SAMPLES]).toBe(1);
  });

  it('leads from the samples of one window to those of the next without a jump', () => {
    const seam = new Seam();
    seam.join(new Float32Array(600).fill(1), 300);
    const next = seam.join(new Float32Array(600).fill(0), 600);
    expect(next[0]).toBeGreaterThan(0.99);
    expect(next[FADE_SAMPLES - 1]).toBeLessThan(0.01);
    expect(next[FADE_SAMPLES]).toBe(0);
    for (let i = 1; i < FADE_SAMPLES; i++) expect((next[i - 1] ?? 0) - (next[i] ?? 0)).toBeLessThan(0.02);
  });

  it('does without a context that is shorter than the fade', () => {
    const seam = new Seam();
    seam.join(new Float32Array(110).fill(1), 100);
    expect(Array.from(seam.join(new Float32Array(100), 100).subarray(10))).toEqual(Array(90).fill(0));
  });
});
