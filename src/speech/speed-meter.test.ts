import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startBufferMs } from './start-buffer.ts';
import { SentenceTally, SpeedMeter, type NextSentence } from './speed-meter.ts';

/** What an engine said of itself: a sentence of 80 characters, twice as fast as the ear. */
const PACE = { rtf: 0.5, characters: 80, firstRunMs: 240, firstAudioMs: 300, leadMs: 120 };

const next = (characters: number, pauseMs = 0, textMs = 0): NextSentence => ({
  characters,
  speed: 1,
  pauseMs,
  textMs,
});

/** The sentence in hand when its first run has come. */
function begun(
  meter: SpeedMeter,
  characters: number,
  firstAudioMs = 300,
  firstRunMs = Math.min(200, 120 + characters),
): SentenceTally {
  const tally = meter.begin(characters, 1);
  tally.addRun(firstAudioMs, firstRunMs);
  return tally;
}

const usual = { characters: 100, speed: 1, audioMs: 6_000, synthMs: 3_000 };

/** A run of sound and the time that it took, ms. */
interface Run {
  readonly runMs: number;
  readonly synthMs: number;
  /** Whether a language model wrote meanwhile. */
  readonly disturbed?: boolean;
}

/** Has a sentence said in one run. */
function say(meter: SpeedMeter, { characters, speed, audioMs, synthMs }: typeof usual): void {
  const tally = meter.begin(characters, speed);
  if (audioMs > 0) tally.addRun(audioMs, synthMs);
  tally.whole = true;
}

/** Has a sentence said run by run. */
function sayInRuns(meter: SpeedMeter, runs: readonly Run[]): void {
  const tally = meter.begin(100, 1);
  for (const { runMs, synthMs, disturbed } of runs) tally.addRun(runMs, synthMs, disturbed !== true);
  tally.whole = true;
}

/** Whether a listener who has `inHandMs` at the first of these runs runs dry before the last, for longer than `grace`, ms. */
function runsDry(runs: readonly Run[], inHandMs: number, grace = 1e-6): boolean {
  let left = inHandMs;
  for (const { runMs, synthMs } of runs.slice(1)) {
    left -= synthMs;
    if (left < -grace) return true;
    left += runMs;
  }
  return false;
}

describe('the speed meter', () => {
  it('knows nothing at first and says so by careful values', () => {
    const meter = new SpeedMeter();
    expect([meter.rtf, meter.expectedMs(100, 2), meter.longestWaitMs]).toEqual([1, 3_250, 0]);
    expect(meter.leadMs(new SentenceTally(100, 1), next(100))).toBe(6_500);
  });

  it('believes what the engine measured of itself until a sentence was said', () => {
    const meter = new SpeedMeter(PACE);
    expect([meter.rtf, meter.longestWaitMs]).toEqual([0.5, 240]);
    const tally = begun(meter, 100);
    expect(meter.rtf).toBe(0.5);
    tally.addRun(5_700, 1_400);
    tally.whole = true;
    expect(meter.rtf).toBeCloseTo(1_600 / 6_000);
  });

  it('weighs sentences by their length: a short one does not swing the factor', () => {
    const meter = new SpeedMeter();
    say(meter, usual);
    say(meter, { ...usual, audioMs: 100, synthMs: 600, characters: 2 });
    expect(meter.rtf).toBeCloseTo(3_600 / 6_100);
  });

  it('reckons the length of sentences by those that were said to their end', () => {
    const meter = new SpeedMeter();
    const tally = meter.begin(1_000, 1);
    tally.addRun(300, 150);
    expect([meter.rtf, meter.expectedMs(100, 1)]).toEqual([0.5, 6_500]);
    tally.addRun(59_700, 29_850);
    tally.whole = true;
    expect(meter.expectedMs(100, 1)).toBe(6_000);
  });

  it('reckons a sentence’s length from the voice’s own pace, whatever speed was asked for', () => {
    const meter = new SpeedMeter();
    say(meter, { ...usual, speed: 2, audioMs: 3_000 });
    expect(meter.expectedMs(50, 1)).toBeCloseTo(3_000);
    expect(meter.expectedMs(50, 2)).toBeCloseTo(1_500);
  });

  it('leaves sentences without sound out', () => {
    const meter = new SpeedMeter();
    say(meter, { ...usual, audioMs: 0 });
    expect(meter.rtf).toBe(1);
    expect(meter.expectedMs(100, 1)).toBe(6_500);
  });

  it('forgets what lies more than twelve sentences back', () => {
    const meter = new SpeedMeter();
    say(meter, { ...usual, audioMs: 20_000, synthMs: 60_000 });
    for (let i = 0; i < 12; i++) say(meter, usual);
    expect(meter.rtf).toBeCloseTo(0.5);
  });

  it('tells how long a run takes from sentences that nothing disturbed', () => {
    const meter = new SpeedMeter(PACE);
    sayInRuns(meter, [
      { runMs: 500, synthMs: 400 },
      { runMs: 1_000, synthMs: 300 },
    ]);
    sayInRuns(meter, [
      { runMs: 500, synthMs: 4_000, disturbed: true },
      { runMs: 1_000, synthMs: 3_000, disturbed: true },
    ]);
    expect(meter.longestWaitMs).toBe(400);
  });
});

describe('what the rest of a sentence is expected to take', () => {
  it('is the factor times a third more than is expected to sound, less what is there', () => {
    const meter = new SpeedMeter(PACE);
    const tally = meter.begin(20, 1);
    tally.addRun(300, 100);
    expect(meter.restCostMs(tally)).toBeCloseTo(0.5 * (1.33 * 20 * 65 - 300));
    tally.addRun(2_000, 800);
    expect(meter.restCostMs(tally)).toBe(0);
  });
});

describe('the sound that a listener must have in hand', () => {
  it('is the time of the next sentence, less its pause, for an engine that gives whole sentences', () => {
    const meter = new SpeedMeter();
    say(meter, usual);
    const current = begun(meter, 100, 6_000, 3_000);
    expect(meter.leadMs(current, next(100, 150))).toBeCloseTo(2_850);
  });

  it('is the same where a whole sentence came at once although the engine measured itself in windows', () => {
    const meter = new SpeedMeter(PACE);
    const current = begun(meter, 100, 6_500, 3_000);
    expect(meter.leadMs(current, next(100))).toBeCloseTo(3_250);
  });

  it('is little for an engine whose windows grow as fast as they play, and grows with how short the sentence is', () => {
    const meter = new SpeedMeter(PACE);
    expect(meter.leadMs(begun(meter, 80), next(80))).toBe(120);
    // 60 ms of sound more after the first run: the next sentence's first run must come while they last.
    const short = meter.leadMs(begun(meter, 4, 200), next(80));
    expect(short).toBeGreaterThan(150);
    expect(short).toBeLessThanOrEqual(300);
  });

  it('grows by the time until the text of the next sentence is there, where the one in hand is over before', () => {
    const meter = new SpeedMeter(PACE);
    // 200 of its 260 ms are there; the rest comes 60 ms late at most, the text meanwhile.
    const short = begun(meter, 4, 200);
    const there = meter.leadMs(short, next(80));
    expect(meter.leadMs(short, next(80, 0, 120))).toBeCloseTo(there);
    expect(meter.leadMs(short, next(80, 0, 150))).toBeCloseTo(there + 30);
    expect(meter.leadMs(short, next(80, 0, 250))).toBeCloseTo(there + 130);
    expect(meter.leadMs(begun(meter, 200, 200), next(80, 0, 150))).toBe(120);
  });

  it('grows with the next sentence, whose first run takes longer when it is long', () => {
    const meter = new SpeedMeter(PACE);
    const current = begun(meter, 4, 200);
    expect(meter.leadMs(current, next(300))).toBeGreaterThan(meter.leadMs(current, next(80)) + 100);
  });

  it('needs no more than its own runs when nothing comes after it', () => {
    const meter = new SpeedMeter(PACE);
    expect(meter.leadMs(begun(meter, 4, 200), undefined)).toBe(120);
  });

  it('grows with the first run of the sentence in hand where that took longer than could be chance', () => {
    const leadMs = (firstRunMs: number, undisturbed = true): number => {
      const meter = new SpeedMeter(PACE);
      const current = meter.begin(80, 1);
      current.addRun(300, firstRunMs, undisturbed);
      return meter.leadMs(current, undefined);
    };
    expect([leadMs(280), leadMs(480), leadMs(480, false)]).toEqual([120, 240, 120]);
    expect(leadMs(24_000)).toBe(360 + 0.5 * 80 * 65);
  });

  it('grows with the next sentence when the engine is slower than the ear', () => {
    const meter = new SpeedMeter();
    sayInRuns(
      meter,
      Array.from({ length: 6 }, () => ({ runMs: 500, synthMs: 750 })),
    );
    const current = begun(meter, 50, 500, 750);
    expect(meter.leadMs(current, next(80))).toBeGreaterThan(meter.leadMs(current, next(40)) + 500);
  });

  it('is not read from what was said while a language model took its share', () => {
    const meter = new SpeedMeter(PACE);
    const before = meter.leadMs(begun(meter, 80), next(80));
    sayInRuns(
      meter,
      Array.from({ length: 6 }, () => ({ runMs: 500, synthMs: 900, disturbed: true })),
    );
    expect(meter.leadMs(begun(meter, 80, 300), next(80))).toBeLessThanOrEqual(before + 240);
  });

  it('is enough that two sentences of any length, said at the pace of one before, come without a hole', () => {
    // An engine as Kokoro is: a first run that takes longer for a longer sentence, then windows, each with some context.
    const CONTEXT_MS = 200;
    const FIRST_MS = 300;
    const engine = fc.record({
      frontMs: fc.integer({ min: 20, max: 300 }),
      frontMsPerCharacter: fc.double({ min: 0, max: 3, noNaN: true }),
      windowMs: fc.integer({ min: 300, max: 1_200 }),
      cost: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
    });
    const characters = fc.integer({ min: 2, max: 250 });
    fc.assert(
      fc.property(
        engine,
        characters,
        characters,
        ({ frontMs, frontMsPerCharacter, windowMs, cost }, a, b) => {
          const runsOf = (length: number): Run[] => {
            const runs: Run[] = [];
            for (let left = length * 65; left > 0; left -= runs.at(-1)?.runMs ?? left) {
              const isFirst = runs.length === 0;
              const size = isFirst ? FIRST_MS : windowMs;
              // As the engine does: no remainder of less than half a first window.
              const runMs = left < size + FIRST_MS / 2 ? left : size;
              const front = isFirst ? frontMs + frontMsPerCharacter * length : 0;
              runs.push({ runMs, synthMs: front + (runMs + CONTEXT_MS) * cost });
            }
            return runs;
          };
          const usualRuns = runsOf(120);
          const own = new SentenceTally(120, 1);
          for (const { runMs, synthMs } of usualRuns) own.addRun(runMs, synthMs);
          const measured = new SpeedMeter(own.pace);
          const first = runsOf(a);
          const current = begun(measured, a, first[0]?.runMs, first[0]?.synthMs);
          const inHandMs = startBufferMs(measured.leadMs(current, next(b)));
          // It is an estimate: a window more or less, which is not known before, is a few ms.
          expect(runsDry([...first, ...runsOf(b)], inHandMs, 20)).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the sound that must be in hand for the rest of a sentence', () => {
  it('is the longest wait for a run, where the voice keeps up', () => {
    const meter = new SpeedMeter(PACE);
    const current = begun(meter, 80);
    expect(meter.restLeadMs(current)).toBe(120);
    current.addRun(2_000, 1_000);
    expect(meter.restLeadMs(current)).toBe(1_000);
  });

  it('is also what the rest falls behind by, and the less the more of it is there', () => {
    const meter = new SpeedMeter({ ...PACE, rtf: 1.2 });
    sayInRuns(meter, [
      { runMs: 500, synthMs: 600 },
      ...Array.from({ length: 12 }, () => ({ runMs: 500, synthMs: 600 })),
    ]);
    const current = begun(meter, 100, 500, 600);
    // A fifth of the six seconds that are left, and the last run of 600, of which its own fifth counts already.
    expect(meter.restLeadMs(current)).toBeCloseTo(500 + 0.2 * 6_000);
    for (let i = 0; i < 6; i++) current.addRun(500, 600);
    expect(meter.restLeadMs(current)).toBeCloseTo(500 + 0.2 * 3_000);
  });

  it('keeps holes out of a sentence on a machine that became slower after it was measured', () => {
    const run = fc.record({
      characters: fc.integer({ min: 30, max: 250 }),
      slower: fc.double({ min: 1, max: 2.5, noNaN: true }),
      cost: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
      readyMs: fc.integer({ min: 0, max: 3_000 }),
    });
    fc.assert(
      fc.property(run, ({ characters, slower, cost, readyMs }) => {
        const runsOf = (length: number, factor: number): Run[] => {
          const count = Math.max(1, Math.round((length * 65) / 500));
          const runMs = (length * 65) / count;
          return Array.from({ length: count }, (_, i) => ({
            runMs,
            synthMs: factor * (runMs * cost + (i === 0 ? 100 + length : 100)),
          }));
        };
        const own = new SentenceTally(100, 1);
        for (const { runMs, synthMs } of runsOf(100, 1)) own.addRun(runMs, synthMs);
        const meter = new SpeedMeter(own.pace);
        const runs = runsOf(characters, slower);
        const current = meter.begin(characters, 1);
        let inHandMs = readyMs;
        const released = runs.findIndex(({ runMs, synthMs }) => {
          current.addRun(runMs, synthMs);
          // What was in hand plays while the run is made; what is held does not.
          const heldMs = current.audioMs;
          inHandMs = Math.max(0, inHandMs - synthMs);
          return inHandMs + heldMs >= startBufferMs(meter.restLeadMs(current));
        });
        if (released < 0) return;
        const lead = inHandMs + runs.slice(0, released + 1).reduce((sum, { runMs }) => sum + runMs, 0);
        expect(runsDry(runs.slice(released), lead, 20)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('whether the voice is slower than the ear', () => {
  const afterSaying = (initialRtf: number, ...runs: readonly (readonly [number, number])[]): boolean => {
    const meter = new SpeedMeter({ ...PACE, rtf: initialRtf });
    for (const [audioMs, synthMs] of runs) {
      const tally = meter.begin(audioMs / 65, 1);
      tally.addRun(audioMs, synthMs);
      tally.whole = true;
    }
    return meter.isSlowerThanEar;
  };

  it('is not decided by one short fragment of a fast voice', () => {
    expect(afterSaying(0.6, [1_200, 1_400])).toBe(false);
  });

  it('is what several sentences say', () => {
    expect(afterSaying(0.6, [4_000, 5_500], [4_000, 5_500], [4_000, 5_500])).toBe(true);
  });

  it('is not what was said while a language model took its share', () => {
    const meter = new SpeedMeter({ ...PACE, rtf: 0.6 });
    for (let i = 0; i < 8; i++) sayInRuns(meter, [{ runMs: 4_000, synthMs: 5_500, disturbed: true }]);
    expect(meter.isSlowerThanEar).toBe(false);
  });

  it('is what the engine found of itself before anything was said', () => {
    expect(afterSaying(1.2)).toBe(true);
    expect(afterSaying(0.9)).toBe(false);
  });
});
