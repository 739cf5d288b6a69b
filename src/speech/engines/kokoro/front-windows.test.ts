import { describe, expect, it } from 'vitest';
import { FrontWindows } from './front-windows.ts';
import {
  HAR_CHANNELS,
  HAR_STEPS_PER_FRAME,
  X_CHANNELS,
  X_STEPS_PER_FRAME,
} from './prepare/generator-layout.ts';

const FRAMES = 30;

/** Each number tells its channel and its step. */
function numbered(channels: number, steps: number): { data: Float32Array; steps: number } {
  const data = Float32Array.from({ length: channels * steps }, (_, i) => i);
  return { data, steps };
}

const front = {
  x: numbered(X_CHANNELS, FRAMES * X_STEPS_PER_FRAME),
  har: numbered(HAR_CHANNELS, FRAMES * HAR_STEPS_PER_FRAME + 1),
};

describe('the windows of what the front gave', () => {
  it.each([
    ['the whole', { begin: 0, end: FRAMES }],
    ['the beginning', { begin: 0, end: 7 }],
    ['the middle', { begin: 4, end: 19 }],
    ['the end', { begin: 25, end: FRAMES }],
  ])('hold each channel’s steps of the window: %s', (_, window) => {
    const windows = new FrontWindows(front);
    // A larger one before: what it leaves behind must not be seen.
    windows.cut({ begin: 0, end: FRAMES });
    const { x, har } = windows.cut(window);
    const frames = window.end - window.begin;
    expect(x.dims).toEqual([1, X_CHANNELS, frames * X_STEPS_PER_FRAME]);
    expect(har.dims).toEqual([1, HAR_CHANNELS, frames * HAR_STEPS_PER_FRAME + 1]);
    const expected = (
      { steps }: { steps: number },
      channels: number,
      perFrame: number,
      more: number,
    ): number[] =>
      Array.from({ length: channels }, (_, channel) =>
        Array.from(
          { length: frames * perFrame + more },
          (_, i) => channel * steps + window.begin * perFrame + i,
        ),
      ).flat();
    expect([...x.data]).toEqual(expected(front.x, X_CHANNELS, X_STEPS_PER_FRAME, 0));
    expect([...har.data]).toEqual(expected(front.har, HAR_CHANNELS, HAR_STEPS_PER_FRAME, 1));
  });

  it('take the room of the one before', () => {
    const windows = new FrontWindows(front);
    const bufferOf = (begin: number, end: number): unknown => {
      const { data } = windows.cut({ begin, end }).har;
      return data instanceof Float32Array ? data.buffer : undefined;
    };
    const room = bufferOf(0, 20);
    expect(bufferOf(5, 25)).toBe(room);
    expect(bufferOf(10, 15)).toBe(room);
  });

  it('give all of it back, the front’s outputs too, where the runtime can', () => {
    const own = {
      x: { ...front.x, data: front.x.data.slice() },
      har: { ...front.har, data: front.har.data.slice() },
    };
    const windows = new FrontWindows(own);
    const cut = windows.cut({ begin: 0, end: FRAMES });
    windows.release();
    const isLeft = 'transfer' in ArrayBuffer.prototype ? 0 : 1;
    for (const { data } of [own.x, own.har, cut.x, cut.har]) expect(Math.min(data.length, 1)).toBe(isLeft);
  });
});
