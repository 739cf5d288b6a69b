import { describe, expect, it } from 'vitest';
import { officialThreads, preparedThreads } from './variants.ts';

describe('the threads of a run', () => {
  it('that are tried for a prepared graph double from one, up to four, and leave a core to the rest of the program, but of two none', () => {
    const counts = [[1], [1], [1, 2], [1, 2], [1, 2], [1, 2, 4], [1, 2, 4]];
    expect([0, 1, 2, 3, 4, 5, 16].map((cores) => preparedThreads(cores))).toEqual(counts);
  });

  it('are as many as there are cores, one to four, for the official file', () => {
    expect([0, 1, 2, 4, 16].map((cores) => officialThreads(cores))).toEqual([1, 1, 2, 4, 4]);
  });
});
