import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gonePart, LEAST_KEPT, type TokenRange } from './gone-part.ts';

const tokens = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
const system = tokens(0, 10);
const older = tokens(1_000, 200);
const newer = tokens(2_000, 100);
const prompt = tokens(3_000, 20);

/** What goes where a conversation of which only `fitting` stays is asked for. */
const gone = (held: readonly number[], fitting: readonly number[], whole = fitting): TokenRange | undefined =>
  gonePart(held, { wanted: fitting, whole: () => whole });

describe('the part of a conversation that goes', () => {
  const fitting = [...system, ...newer, ...prompt];
  const whole = [...system, ...older, ...newer, ...prompt];

  it('is its older turns, where the newer ones follow on the system prompt', () => {
    expect(gone([...system, ...older, ...newer], fitting, whole)).toEqual({ start: 10, end: 210 });
  });

  it('is what is left of them, where others went before', () => {
    const held = [...system, ...older.slice(80), ...newer];
    expect(gone(held, fitting, whole)).toEqual({ start: 10, end: 130 });
  });

  it('is found too where the newest answer was broken off and differs at its end', () => {
    const held = [...system, ...older, ...newer, ...tokens(5_000, 30)];
    expect(gone(held, fitting, whole)).toEqual({ start: 10, end: 210 });
  });

  it('is none where the conversation only goes on, or is the same', () => {
    const held = [...system, ...older];
    expect(gone(held, [...held, ...prompt])).toBeUndefined();
    expect(gone(held, held)).toBeUndefined();
    expect(gone([], held)).toBeUndefined();
  });

  it('is none where too little stays', () => {
    const little = newer.slice(0, LEAST_KEPT - 1);
    const most = [...system, ...older, ...little];
    expect(gone(most, [...system, ...little, ...prompt], [...most, ...prompt])).toBeUndefined();
  });

  it('is none of another conversation, though the same was asked there', () => {
    const held = [...system, ...older, ...newer];
    expect(gone(held, [...system, ...newer])).toBeUndefined();
    const another = [...system, ...tokens(7_000, 250), ...newer];
    expect(gone(held, [...system, ...newer], another)).toBeUndefined();
  });

  it('leaves of what is held the beginning of what is wanted, as long as promised', () => {
    const few = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 120 });
    fc.assert(
      fc.property(few, few, few, few, few, (before, earlier, going, after, more) => {
        const held = [...before, ...going, ...after];
        const wanted = [...before, ...after, ...more];
        const part = gone(held, wanted, [...before, ...earlier, ...going, ...after, ...more]);
        if (part === undefined) return;
        const left = [...held.slice(0, part.start), ...held.slice(part.end)];
        const kept = part.start + LEAST_KEPT;
        expect(left.slice(0, kept)).toEqual(wanted.slice(0, kept));
        // Nothing that lies there already in its place is given away.
        expect(held.slice(0, part.start)).toEqual(wanted.slice(0, part.start));
      }),
    );
  });
});
