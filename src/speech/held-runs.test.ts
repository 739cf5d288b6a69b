import { describe, expect, it } from 'vitest';
import { msToSamples } from '../common/audio.ts';
import { HeldRuns } from './held-runs.ts';

const run = (ms: number): Int16Array => new Int16Array(msToSamples(ms));

describe('the runs of a sentence that wait', () => {
  it('are all let go, in order, once enough is there, and those after them at once', () => {
    const held = new HeldRuns(true);
    const [a, b, c] = [run(100), run(200), run(300)];
    const asked: number[] = [];
    const isEnough = (heldMs: number): boolean => asked.push(heldMs) > 1;
    expect(held.take(a, isEnough)).toEqual([]);
    expect(held.take(b, isEnough)).toEqual([a, b]);
    expect(held.take(c, isEnough)).toEqual([c]);
    expect(held.rest()).toEqual([]);
    expect(asked).toEqual([100, 300]);
  });

  it('are let go when the sentence has ended, enough or not', () => {
    const held = new HeldRuns(true);
    held.take(run(100), () => false);
    expect(held.rest()).toEqual([run(100)]);
    expect(held.rest()).toEqual([]);
  });

  it('wait for nothing where none is to be held', () => {
    const held = new HeldRuns(false);
    expect(held.take(run(100), () => false)).toEqual([run(100)]);
  });
});
