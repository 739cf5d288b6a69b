import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_START_BUFFER_MS, LEAST_START_BUFFER_MS, startBufferMs } from './start-buffer.ts';

describe('the start buffer', () => {
  it('stays between its floor and what the player can hold, and never below what is needed', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60_000, noNaN: true }), (leadMs) => {
        const bufferMs = startBufferMs(leadMs);
        expect(bufferMs).toBeGreaterThanOrEqual(LEAST_START_BUFFER_MS);
        expect(bufferMs).toBeLessThanOrEqual(LARGEST_START_BUFFER_MS);
        // A callback of the device takes 40 ms at once: what comes later than that before its time is too late.
        expect(bufferMs === LARGEST_START_BUFFER_MS || bufferMs >= leadMs + 40).toBe(true);
      }),
    );
  });

  it('is the floor for an engine whose runs come before they are needed', () => {
    expect(startBufferMs(0)).toBe(LEAST_START_BUFFER_MS);
  });

  it('leaves a margin over what would just do', () => {
    expect(startBufferMs(2_000)).toBe(2_350);
  });
});
