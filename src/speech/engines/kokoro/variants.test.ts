import { describe, expect, it } from 'vitest';
import { threadsOf } from './variants.ts';

describe('the threads of a run', () => {
  it('are one for the prepared graphs, which are no sooner with more', () => {
    expect([1, 2, 16].map((cores) => threadsOf('8-bit', cores))).toEqual([1, 1, 1]);
  });

  it('are as many as there are cores, one to four, for the official file', () => {
    expect([0, 1, 2, 4, 16].map((cores) => threadsOf('original', cores))).toEqual([1, 1, 2, 4, 4]);
  });
});
