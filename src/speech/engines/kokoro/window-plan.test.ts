import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginningWindow,
  firstWindow,
  FRAME_MS,
  largestWindow,
  nextWindow,
  type Window,
} from './window-plan.ts';
import { startBufferMs } from '../../start-buffer.ts';
import { CONTEXT_WORK_FRAMES } from './window-context.ts';

/** All windows of an utterance on a machine that takes just `costMs` for a frame, and whether a listener ran dry. */
function decode(
  begin: number,
  last: number,
  costMs: number,
  onAllCores = false,
): { windows: Window[]; dry: boolean } {
  const windows = [beginningWindow(begin, last, costMs)];
  let [window] = windows;
  let leadMs = window ? (window.end - window.begin) * FRAME_MS : 0;
  let dry = false;
  while (window && window.end < last) {
    window = nextWindow({ begin: window.end, end: last, leadMs }, costMs, onAllCores);
    windows.push(window);
    const frames = window.end - window.begin;
    leadMs -= (frames + CONTEXT_WORK_FRAMES) * costMs;
    dry ||= leadMs < 0;
    leadMs += frames * FRAME_MS;
  }
  return { windows, dry };
}

const utterance = fc.record({
  begin: fc.integer({ min: 0, max: 20 }),
  frames: fc.integer({ min: 30, max: 600 }),
  costMs: fc.double({ min: 0.5, max: 60, noNaN: true }),
  onAllCores: fc.boolean(),
});

describe('the windows of an utterance', () => {
  it('tile it, none empty', () => {
    fc.assert(
      fc.property(utterance, ({ begin, frames, costMs, onAllCores }) => {
        const { windows } = decode(begin, begin + frames, costMs, onAllCores);
        expect(windows[0]?.begin).toBe(begin);
        expect(windows.at(-1)?.end).toBe(begin + frames);
        for (const [i, window] of windows.entries()) {
          expect(window.end).toBeGreaterThan(window.begin);
          if (i > 0) expect(window.begin).toBe(windows[i - 1]?.end);
        }
      }),
    );
  });

  it('keep a listener in sound who began with the first one, on a machine fast enough for that', () => {
    fc.assert(
      fc.property(utterance, ({ begin, frames, costMs, onAllCores }) => {
        // Beyond 12 ms a frame not even the largest windows keep up.
        fc.pre(costMs < 12);
        expect(decode(begin, begin + frames, costMs, onAllCores).dry).toBe(false);
      }),
    );
  });

  it('leave the device its buffer of 40 ms where the first one begins with silence, even when the second run is late', () => {
    fc.assert(
      fc.property(fc.double({ min: 2, max: 6, noNaN: true }), fc.nat(75), (costMs, silentMs) => {
        const first = beginningWindow(0, 300, costMs);
        const soundMs = first.end * FRAME_MS - silentMs;
        const second = nextWindow({ begin: first.end, end: 300, leadMs: soundMs }, costMs);
        const runMs = (second.end - second.begin + CONTEXT_WORK_FRAMES) * costMs;
        expect(startBufferMs(runMs)).toBeLessThanOrEqual(soundMs);
        expect(runMs * 1.2 + 40).toBeLessThan(soundMs);
      }),
    );
  });

  it('leave so much that a run on all cores may take half as long again, on a machine on which it takes a third of the sound', () => {
    fc.assert(
      fc.property(fc.double({ min: 2, max: 5, noNaN: true }), fc.nat(75), (costMs, silentMs) => {
        const first = beginningWindow(0, 300, costMs);
        const soundMs = first.end * FRAME_MS - silentMs;
        const second = nextWindow({ begin: first.end, end: 300, leadMs: soundMs }, costMs, true);
        const runMs = (second.end - second.begin + CONTEXT_WORK_FRAMES) * costMs;
        expect(runMs * 1.5 + 40).toBeLessThan(soundMs);
      }),
    );
  });

  it('begin small on a fast machine, and grow', () => {
    const sizes = decode(10, 300, 3.8).windows.map(({ begin, end }) => end - begin);
    expect(sizes[0]).toBe(9);
    expect(Math.max(...sizes)).toBeGreaterThan(24);
  });

  it('are no larger than a stop may wait', () => {
    for (const costMs of [1, 2, 3, 4])
      expect((largestWindow(costMs) + CONTEXT_WORK_FRAMES) * costMs).toBeLessThanOrEqual(150);
  });

  it('are the largest from the start where small ones cannot keep up anyway', () => {
    expect(firstWindow(40)).toBe(largestWindow(40));
  });
});
