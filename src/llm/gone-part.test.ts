import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gonePart, LEAST_KEPT } from './gone-part.ts';

const tokens = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
const system = tokens(0, 10);
const older = tokens(1_000, 200);
const newer = tokens(2_000, 100);
const prompt = tokens(3_000, 20);

describe('the part of a conversation that goes', () => {
  it('is its older turns, where the newer ones follow on the system prompt', () => {
    expect(gonePart([...system, ...older, ...newer], [...system, ...newer, ...prompt])).toEqual({
      start: 10,
      end: 210,
    });
  });

  it('is found too where the newest answer was broken off and differs at its end', () => {
    const held = [...system, ...older, ...newer, ...tokens(5_000, 30)];
    expect(gonePart(held, [...system, ...newer, ...prompt])).toEqual({ start: 10, end: 210 });
  });

  it('is none where the conversation only goes on, or is the same', () => {
    const held = [...system, ...older];
    expect(gonePart(held, [...held, ...prompt])).toBeUndefined();
    expect(gonePart(held, held)).toBeUndefined();
    expect(gonePart([], held)).toBeUndefined();
  });

  it('is none where it is another conversation, or too little of it stays', () => {
    expect(gonePart([...system, ...older], [...system, ...newer])).toBeUndefined();
    const little = newer.slice(0, LEAST_KEPT - 1);
    expect(gonePart([...system, ...older, ...little], [...system, ...little, ...prompt])).toBeUndefined();
  });

  it('leaves of what is held the beginning of what is wanted, as long as promised', () => {
    const few = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 120 });
    fc.assert(
      fc.property(few, few, few, few, (before, gone, after, more) => {
        const held = [...before, ...gone, ...after];
        const wanted = [...before, ...after, ...more];
        const part = gonePart(held, wanted);
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
