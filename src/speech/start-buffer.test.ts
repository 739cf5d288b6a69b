import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpeedMeter } from './speed-meter.ts';
import {
  firstStartBufferMs,
  LARGEST_START_BUFFER_MS,
  LEAST_START_BUFFER_MS,
  restBufferMs,
  startBufferMs,
  type TurnStart,
} from './start-buffer.ts';

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

describe('what a later sentence waits for', () => {
  it('is more for a slow voice than for a fast one, by what a late run costs, and less the more of it is there', () => {
    const needed = (rtf: number, runs: number): number => {
      const meter = new SpeedMeter({
        rtf,
        characters: 80,
        firstRunMs: 240,
        firstAudioMs: 300,
        leadMs: 300 * rtf,
      });
      const tally = meter.begin(80, 1);
      for (let run = 0; run < runs; run++) tally.addRun(300, 300 * rtf);
      return restBufferMs(meter, tally);
    };
    expect(needed(0.7, 1)).toBeGreaterThan(1.2 * needed(0.3, 1));
    expect(needed(0.9, 1)).toBeGreaterThan(needed(0.7, 1) + 200);
    expect(needed(0.9, 16)).toBeLessThan(needed(0.9, 1) - 200);
  });
});

describe('the start buffer of a turn', () => {
  /** A first sentence of eight characters, of which 300 ms of sound came after 150 ms, by an engine of a real-time factor. */
  const bufferMs = (start: Partial<TurnStart> = {}, rtf = 0.4, characters = 8): number => {
    const meter = new SpeedMeter({
      rtf,
      characters: 80,
      firstRunMs: 240,
      firstAudioMs: 300,
      leadMs: 120,
    });
    const tally = meter.begin(characters, 1);
    tally.addRun(300, 150);
    return firstStartBufferMs({
      meter,
      tally,
      next: undefined,
      isLast: false,
      pauseMs: 0,
      expected: undefined,
      ...start,
    });
  };

  it('covers the sentence’s own runs where nothing comes after it', () => {
    expect(bufferMs({ isLast: true })).toBe(188);
  });

  it('grows more than the runs do for a voice that is hardly faster than the ear: it never catches up what a late run costs', () => {
    expect(bufferMs({ isLast: true }, 0.55)).toBeGreaterThan(188);
    expect(bufferMs({ isLast: true }, 0.7)).toBe(Math.ceil(120 * 1.35 * 1.15 + 50));
    expect(bufferMs({ isLast: true }, 0.74)).toBe(bufferMs({ isLast: true }, 0.7));
  });

  it('covers the beginning of the next sentence, less where a pause stands before it, more where that one is long', () => {
    const usual = bufferMs({ next: { characters: 80, speed: 1 } });
    expect(usual).toBeGreaterThan(250);
    expect(bufferMs({ next: { characters: 80, speed: 1 }, pauseMs: 100 })).toBeLessThan(usual - 50);
    expect(bufferMs({ next: { characters: 300, speed: 1 } })).toBeGreaterThan(usual + 100);
  });

  it('takes what is still being written for a sentence of usual length', () => {
    expect(bufferMs()).toBe(bufferMs({ next: { characters: 80, speed: 1 } }));
  });

  it('is far larger where the machine so late would fall behind the ear', () => {
    expect(bufferMs({ isLast: true }, 0.95)).toBeGreaterThan(bufferMs({ isLast: true }, 0.7) + 100);
  });

  it('is no more than the sentence in hand for the sake of the next one, however long that is and slow the voice', () => {
    const own = bufferMs({ isLast: true }, 1.2);
    expect(bufferMs({ next: { characters: 3_000, speed: 1 } }, 1.2)).toBe(Math.max(own, 8 * 65));
  });

  it('is at most a second and a half for the sake of a next one that is still being written, however long the one in hand', () => {
    const meter = new SpeedMeter({
      rtf: 0.99,
      characters: 80,
      firstRunMs: 2_500,
      firstAudioMs: 300,
      leadMs: 100,
    });
    const tally = meter.begin(200, 1);
    tally.addRun(300, 2_500);
    const start = { meter, tally, next: undefined, pauseMs: 0, expected: undefined };
    const ownMs = firstStartBufferMs({ ...start, isLast: true });
    expect(firstStartBufferMs({ ...start, isLast: false })).toBe(1_500);
    expect(ownMs).toBeLessThan(1_500);
  });

  it('bridges the time until the next text is expected, and what its beginning takes, where it is not there', () => {
    const usual = bufferMs();
    expect(bufferMs({ expected: { textMs: 0, characters: 80 } })).toBe(usual);
    // As long as the rest of the first sentence takes to be said, the text costs nothing.
    expect(bufferMs({ expected: { textMs: 60, characters: 80 } })).toBe(usual);
    const late = bufferMs({ expected: { textMs: 240, characters: 80 } });
    expect(late).toBeGreaterThan(usual + 50);
    expect(bufferMs({ expected: { textMs: 250, characters: 80 } }) - late).toBeCloseTo(10 * 1.2 * 1.15, -1);
    expect(bufferMs({ expected: { textMs: 240, characters: 85 } })).toBeGreaterThan(late);
    const there = { characters: 80, speed: 1 };
    expect(bufferMs({ expected: { textMs: 240, characters: 80 }, next: there })).toBe(usual);
  });

  it('waits for no more than most of the sentence in hand, and not at all for a text that comes far too late', () => {
    expect(bufferMs({ expected: { textMs: 400, characters: 80 } })).toBe(0.8 * 8 * 65);
    expect(bufferMs({ expected: { textMs: 5_000, characters: 80 } })).toBe(bufferMs());
  });

  it('has a first sound come a quarter of a second later for a text and no more, also where more would help', () => {
    for (const rtf of [0.3, 0.4, 0.5]) {
      // 2.6 s of sound, of which 300 ms are there.
      const ready = Math.max(300, bufferMs({}, rtf, 40));
      const laterMs: number[] = [];
      for (let textMs = 0; textMs < 4_000; textMs += 20)
        laterMs.push((bufferMs({ expected: { textMs, characters: 80 } }, rtf, 40) - ready) * rtf);
      expect(Math.max(...laterMs)).toBeCloseTo(250);
    }
  });
});
