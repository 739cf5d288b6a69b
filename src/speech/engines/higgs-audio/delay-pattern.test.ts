import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  applyStreamRules,
  delayFrames,
  firstColumn,
  FrameCollector,
  undelayColumns,
  type CodeSet,
  type Column,
} from './delay-pattern.ts';
import { codesSchema, golden, MODEL } from './testing/fixtures.ts';

const CODES: CodeSet = { codebooks: 4, bos: 30, eos: 31 };

const frames = fc.array(fc.array(fc.nat(29), { minLength: 4, maxLength: 4 }), { maxLength: 30 });

describe('the delay pattern', () => {
  const { cases } = golden(
    'delay.json',
    z.object({
      cases: z.array(z.object({ frames: codesSchema, columns: codesSchema, reverted: codesSchema })),
    }),
  );

  it.each(cases.map((one, at) => [at, one] as const))('delays and reverts golden %i', (_, one) => {
    expect(delayFrames(one.frames, MODEL.audio)).toEqual(one.columns);
    expect(undelayColumns(one.columns, MODEL.audio.codebooks)).toEqual(one.reverted);
  });

  it('gives any clip back, between a frame of begin marks and one of end marks', () => {
    fc.assert(
      fc.property(frames, (clip) => {
        const columns = delayFrames(clip, CODES);
        expect(columns).toHaveLength(clip.length + 2 + CODES.codebooks - 1);
        expect(undelayColumns(columns, CODES.codebooks)).toEqual([
          firstColumn(CODES),
          ...clip,
          [31, 31, 31, 31],
        ]);
      }),
    );
  });

  it('gives each frame out in the step that completes it, and the end no frame', () => {
    fc.assert(
      fc.property(frames, (clip) => {
        const collector = new FrameCollector(CODES);
        const [, ...columns] = delayFrames(clip, CODES);
        const given = columns.map((column) => collector.push(column));
        expect(given.flat()).toEqual(clip);
        // Column c completes frame c − 3: three columns give nothing, then each gives one frame.
        expect(given.slice(3, 3 + clip.length).every((some) => some.length === 1)).toBe(true);
      }),
    );
  });
});

describe('the rules behind a drawn column', () => {
  const run = (drawn: readonly (readonly number[])[]): { columns: Column[]; over: boolean } => {
    let left: number | undefined;
    const columns: Column[] = [];
    for (const [at, codes] of drawn.entries()) {
      const ruled = applyStreamRules(codes, at + 1, left, CODES);
      left = ruled.stepsLeft;
      columns.push(ruled.column);
      if (left !== undefined && left <= 0) return { columns, over: true };
    }
    return { columns, over: false };
  };

  it('hold the begin mark in rows whose frame has not begun', () => {
    const { columns } = run(Array.from({ length: 5 }, () => [1, 2, 3, 4]));
    expect(columns).toEqual([
      [1, 30, 30, 30],
      [1, 2, 30, 30],
      [1, 2, 3, 30],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('end one more row a step after an end mark in the first row', () => {
    const { columns, over } = run([
      ...Array.from({ length: 4 }, () => [1, 2, 3, 4]),
      [31, 5, 5, 5],
      ...Array.from({ length: 9 }, () => [6, 6, 6, 6]),
    ]);
    expect(columns.slice(4)).toEqual([
      [31, 5, 5, 5],
      [31, 6, 6, 6],
      [31, 31, 6, 6],
      [31, 31, 31, 6],
    ]);
    expect(over).toBe(true);
  });

  it('end the rows above an end mark at once, and an end in the last row ends all', () => {
    expect(run([...Array.from({ length: 4 }, () => [1, 2, 3, 4]), [5, 5, 31, 5]]).columns.at(-1)).toEqual([
      31, 31, 31, 5,
    ]);
    const last = run([...Array.from({ length: 4 }, () => [1, 2, 3, 4]), [5, 5, 5, 31]]);
    expect(last).toEqual({ columns: last.columns, over: true });
  });

  it('never let a mark reach the codec: a frame with an end mark ends, one with a begin mark is left out', () => {
    const collector = new FrameCollector(CODES);
    const push = (...columns: Column[]): unknown[] => columns.flatMap((column) => collector.push(column));
    const body = [
      [1, 30, 30, 30],
      [2, 1, 30, 30],
      [3, 30, 1, 30],
      [4, 3, 2, 1],
      [5, 4, 3, 2],
      [31, 5, 4, 3],
    ];
    expect(push(...body)).toEqual([
      [1, 1, 1, 1],
      [3, 3, 3, 3],
    ]);
    expect(push([7, 7, 5, 4], [7, 7, 7, 5], [7, 7, 7, 7])).toEqual([
      [4, 4, 4, 4],
      [5, 5, 5, 5],
    ]);
  });
});
