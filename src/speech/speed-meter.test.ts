import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPANY_MS, SpeedMeter } from './speed-meter.ts';

const usual = { characters: 100, speed: 1, audioMs: 6_000, synthMs: 3_000 };

/** A run of sound and the time that it took, ms. */
interface Run {
  readonly runMs: number;
  readonly synthMs: number;
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
  for (const { runMs, synthMs } of runs) tally.addRun(runMs, synthMs);
  tally.whole = true;
}

/** Whether a listener who has `inHandMs` at the first of these runs runs dry before the last. */
function runsDry(runs: readonly Run[], inHandMs: number): boolean {
  let left = inHandMs;
  for (const { runMs, synthMs } of runs.slice(1)) {
    left -= synthMs;
    if (left < -1e-6) return true;
    left += runMs;
  }
  return false;
}

describe('the speed meter', () => {
  it('knows nothing at first and says so by careful values', () => {
    const meter = new SpeedMeter();
    expect([meter.rtf, meter.leadMs(4_000), meter.expectedMs(100, 2)]).toEqual([1, 4_000, 3_250]);
  });

  it('believes what the engine measured of itself, with a margin for company, until a sentence was said', () => {
    const meter = new SpeedMeter({ rtf: 0.3, leadMs: 120 });
    expect([meter.rtf, meter.leadMs(4_000)]).toEqual([0.3, 120 + COMPANY_MS]);
    const tally = meter.begin(100, 1);
    tally.addRun(300, 240);
    expect([meter.rtf, meter.leadMs(4_000)]).toEqual([0.3, 120 + COMPANY_MS]);
    tally.addRun(5_700, 2_760);
    tally.whole = true;
    expect(meter.rtf).toBe(0.5);
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
    expect(meter.leadMs(1_000)).toBeCloseTo(500);
  });
});

describe('the sound that a listener must have in hand', () => {
  it('is the time of the next sentence for an engine that gives whole sentences', () => {
    const meter = new SpeedMeter();
    say(meter, usual);
    expect(meter.leadMs(4_000)).toBe(2_000);
  });

  it('is little for an engine whose windows grow as fast as they play', () => {
    const meter = new SpeedMeter();
    sayInRuns(meter, [
      { runMs: 300, synthMs: 200 },
      { runMs: 550, synthMs: 180 },
      { runMs: 1_000, synthMs: 260 },
    ]);
    expect(meter.leadMs(4_000)).toBe(180);
  });

  it('grows with the next sentence when the engine is slower than the ear', () => {
    const meter = new SpeedMeter();
    sayInRuns(
      meter,
      Array.from({ length: 6 }, () => ({ runMs: 500, synthMs: 750 })),
    );
    expect(meter.leadMs(4_000)).toBeGreaterThan(meter.leadMs(2_000));
  });

  it('is enough that a sentence said as those before, and the first run after it, come in time', () => {
    const run = fc.record({
      runMs: fc.integer({ min: 50, max: 3_000 }),
      synthMs: fc.integer({ min: 10, max: 3_000 }),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 2, maxLength: 12 }), (runs) => {
        const meter = new SpeedMeter();
        sayInRuns(meter, runs);
        const [next] = runs;
        expect(runsDry(next ? [...runs, next] : runs, meter.leadMs(1_000))).toBe(false);
      }),
    );
  });
});

describe('whether the voice is slower than the ear', () => {
  const afterSaying = (initialRtf: number, ...runs: readonly (readonly [number, number])[]): boolean => {
    const meter = new SpeedMeter({ rtf: initialRtf, leadMs: 0 });
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

  it('is what the engine found of itself before anything was said', () => {
    expect(afterSaying(1.2)).toBe(true);
    expect(afterSaying(0.9)).toBe(false);
  });
});
