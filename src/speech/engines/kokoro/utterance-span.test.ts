import { describe, expect, it } from 'vitest';
import { spokenSpan } from './utterance-span.ts';

const durations = Int32Array.from([16, 4, 5, 14, 7, 1]);

describe('the frames of an utterance that are decoded', () => {
  it('leave out the silence at both edges, which lasts longer the slower it is said', () => {
    expect(spokenSpan(durations, 120, 1)).toEqual({ begin: 9, end: 110 });
    expect(spokenSpan(durations, 120, 0.5)).toEqual({ begin: 2, end: 100 });
    expect(spokenSpan(durations, 120, 2)).toEqual({ begin: 12, end: 115 });
  });

  it('are all of them where there is no silence to speak of', () => {
    expect(spokenSpan(Int32Array.from([2, 40, 1]), 43, 2).begin).toBe(0);
    expect(spokenSpan(Int32Array.from([20, 1, 1]), 15, 1)).toEqual({ begin: 13, end: 14 });
  });
});
