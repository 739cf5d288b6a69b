import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamPlan, type StreamWindow } from './stream-plan.ts';

const USUAL = {
  schedule: [4, 8, 16, 20],
  left: 10,
  right: 10,
  firstRight: 4,
  tailRepeat: 10,
  fadeSamples: 480,
};

/** Plans frames that arrive in the given groups. */
function plan(
  settings: typeof USUAL,
  groups: readonly number[],
): { early: StreamWindow[]; all: StreamWindow[] } {
  const stream = new StreamPlan(settings);
  const early = groups.flatMap((count) => stream.add(count));
  return { early, all: [...early, ...stream.end()] };
}

describe('the plan of a stream', () => {
  it('gives the windows of the contract: 4, 8, 16 and 20 frames with ten on either side', () => {
    const { all } = plan({ ...USUAL, firstRight: 10 }, [52]);
    expect(all.map(({ from, to, emitFrom, emitTo }) => [from, to, emitFrom, emitTo])).toEqual([
      [0, 14, 0, 4],
      [0, 22, 4, 12],
      [2, 38, 12, 28],
      [18, 58, 28, 48],
      [38, 62, 48, 52],
    ]);
  });

  it('starts fast after eight frames, and fades', () => {
    const stream = new StreamPlan(USUAL);
    expect(stream.add(7)).toEqual([]);
    expect(stream.add(1)).toEqual([{ from: 0, to: 8, emitFrom: 0, emitTo: 4, fades: true }]);
    expect(stream.add(13)).toEqual([]);
    expect(stream.add(1)).toEqual([{ from: 0, to: 22, emitFrom: 4, emitTo: 12, fades: false }]);
  });

  it('emits every frame once, in order, and never looks past what there is', () => {
    const small = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(
        fc.record({
          schedule: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 5 }),
          left: small,
          right: small,
          firstRight: small,
          tailRepeat: small,
          fadeSamples: fc.constant(0),
        }),
        fc.array(fc.nat(20), { maxLength: 20 }),
        (raw, groups) => {
          const settings = { ...raw, firstRight: Math.min(raw.firstRight, raw.right) };
          const frames = groups.reduce((sum, count) => sum + count, 0);
          const { early, all } = plan(settings, groups);
          let emitted = 0;
          for (const { from, to, emitFrom, emitTo } of all) {
            expect(emitFrom).toBe(emitted);
            expect(emitTo).toBeGreaterThan(emitFrom);
            expect(from).toBe(Math.max(0, emitFrom - settings.left));
            expect(to).toBeGreaterThanOrEqual(emitTo);
            expect(to).toBeLessThanOrEqual(frames + settings.tailRepeat);
            emitted = emitTo;
          }
          expect(emitted).toBe(frames);
          for (const { to } of early) expect(to).toBeLessThanOrEqual(frames);
          // The windows depend on the number of frames only, not on how they arrive.
          expect(plan(settings, [frames]).all).toEqual(all);
        },
      ),
    );
  });
});
