import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_TRACE, MOST_POINTS, thinned, traced, type BufferPoint } from './buffer-trace.ts';

const point = (atMs: number, isGap = false): BufferPoint => ({ atMs, bufferMs: atMs % 1_000, isGap });

describe('the trace of the buffer', () => {
  it('takes ten points a second, and a gap at once', () => {
    const trace = [point(0), point(35), point(99), point(100), point(120, true)].reduce(traced, EMPTY_TRACE);
    expect(trace.points.map(({ atMs }) => atMs)).toEqual([0, 100, 120]);
  });

  it('stays bounded and in order over any length, reaches the end, and keeps every gap', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 })), {
      minLength: 1,
      maxLength: 3_000,
    });
    fc.assert(
      fc.property(steps, (list) => {
        let atMs = 0;
        let gaps = 0;
        let trace = EMPTY_TRACE;
        for (const [step, chance] of list) {
          atMs += step;
          const isGap = chance === 0;
          if (isGap) gaps++;
          trace = traced(trace, point(atMs, isGap));
        }
        const { points, intervalMs } = trace;
        expect(points.filter(({ isGap }) => isGap)).toHaveLength(gaps);
        expect(points.length).toBeLessThanOrEqual(MOST_POINTS + gaps + 1);
        expect(points.toSorted((a, b) => a.atMs - b.atMs)).toEqual(points);
        expect(atMs - (points.at(-1)?.atMs ?? 0)).toBeLessThan(intervalMs);
      }),
      { numRuns: 30 },
    );
  });

  it('is thinned evenly, its ends kept', () => {
    const points = Array.from({ length: 101 }, (_, i) => point(i));
    expect(thinned(points, 5).map(({ atMs }) => atMs)).toEqual([0, 25, 50, 75, 100]);
    expect(thinned(points.slice(0, 3), 5)).toHaveLength(3);
  });

  it('keeps its gaps when it is thinned', () => {
    const points = Array.from({ length: 101 }, (_, i) => point(i, i === 60));
    expect(thinned(points, 5).map(({ atMs }) => atMs)).toEqual([0, 25, 50, 60, 75, 100]);
  });
});
