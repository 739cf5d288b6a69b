import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_TRACE } from './buffer-trace.ts';
import { timelineOf } from './timeline.ts';
import type { TurnFigures } from './turn-state.ts';

const NONE: TurnFigures = {
  chunks: 0,
  bufferMs: 0,
  underruns: 0,
  firstTokenMs: undefined,
  firstSentenceMs: undefined,
  firstChunkMs: undefined,
  firstSoundMs: undefined,
  rtf: undefined,
  doneMs: undefined,
  trace: EMPTY_TRACE,
};

const WHOLE = {
  firstTokenMs: 100,
  firstSentenceMs: 150,
  firstChunkMs: 400,
  firstSoundMs: 500,
  doneMs: 9_000,
} as const;

describe('the timeline of a turn', () => {
  it('gives each milestone its time from Send and from the one before', () => {
    const lines = timelineOf({ ...NONE, ...WHOLE });
    expect(lines.map(({ atMs, sinceMs }) => [atMs, sinceMs])).toEqual([
      [100, 100],
      [150, 50],
      [400, 250],
      [500, 100],
      [9_000, 8_500],
    ]);
  });

  it('leaves the end off the scale, and room for it', () => {
    const [, , , firstSound, done] = timelineOf({ ...NONE, ...WHOLE });
    expect(firstSound).toMatchObject({ to: 0.8, isBroken: false });
    expect(done).toMatchObject({ from: 0.8, to: 1, isBroken: true });
  });

  it('of a turn that failed before any sound, or of one that is played again, has holes', () => {
    const failed = timelineOf({ ...NONE, firstTokenMs: 100, doneMs: 120 });
    expect(failed.map(({ sinceMs }) => sinceMs)).toEqual([100, undefined, undefined, undefined, 20]);
    const again = timelineOf({ ...NONE, firstSentenceMs: 4, firstChunkMs: 90 });
    expect(again.map(({ sinceMs }) => sinceMs)).toEqual([undefined, 4, 86, undefined, undefined]);
  });

  it('never draws beside the chart, nor backwards, whatever the times', () => {
    const time = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined });
    const times = fc.record({
      firstTokenMs: time,
      firstSentenceMs: time,
      firstChunkMs: time,
      firstSoundMs: time,
      doneMs: time,
    });
    fc.assert(
      fc.property(times, (some) => {
        for (const { from, to, sinceMs = 0 } of timelineOf({ ...NONE, ...some })) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(1);
          expect(sinceMs).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
