import { describe, expect, it } from 'vitest';
import type { Utterance } from './speaker.ts';
import { measureStops } from './stops.ts';

describe('the figures of stops in the bench', () => {
  it('are of moments spread over the sentence that is stopped', async () => {
    const moments: number[] = [];
    const utterance = (startedMs: number): Utterance => ({
      startedMs,
      firstMs: 0,
      synthMs: 1_000,
      audioMs: 0,
    });
    const speaker = {
      say: async () => utterance(1),
      sayInstead: async (_spoken: string, afterMs: number) => {
        moments.push(afterMs);
        return utterance(moments.length * 10);
      },
    };
    const figures = await measureStops(speaker, { long: 'A long one.', next: 'Next.', count: 9 });
    expect(moments.map(Math.round)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(figures).toEqual({ p50Ms: 50, p95Ms: 86 });
  });
});
