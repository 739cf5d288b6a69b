import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_S, SHORTEST_S, soundFault } from '../../common/recording-rules.ts';
import { endRange, firstSelection, moveEnd, moveWhole, selected, type Selection } from './selection.ts';

const RATE = 24_000;

describe('the first offer', () => {
  it('is all of a recording that may be kept whole', () => {
    expect(firstSelection(new Float32Array(30 * RATE), RATE)).toEqual({ startS: 0, endS: 30 });
    expect(firstSelection(new Float32Array(3 * RATE), RATE)).toEqual({ startS: 0, endS: 3 });
  });

  it('begins just before the first word of a longer one', () => {
    const samples = new Float32Array(60 * RATE).fill(0.5, 4 * RATE);
    expect(firstSelection(samples, RATE)).toEqual({ startS: 3.8, endS: 18.8 });
  });

  it('stays inside a recording whose sound begins at its end, or that has none', () => {
    const late = new Float32Array(60 * RATE).fill(0.5, 59 * RATE);
    expect(firstSelection(late, RATE)).toEqual({ startS: 45, endS: 60 });
    expect(firstSelection(new Float32Array(60 * RATE), RATE)).toEqual({ startS: 0, endS: 15 });
  });
});

describe('an end that is moved', () => {
  const selection: Selection = { startS: 10, endS: 20 };

  it.each([
    ['start', 12, { startS: 12, endS: 20 }],
    ['start', 19, { startS: 17, endS: 20 }],
    ['start', -5, { startS: 0, endS: 20 }],
    ['end', 12, { startS: 10, endS: 13 }],
    ['end', 90, { startS: 10, endS: 40 }],
  ] as const)('%s to %d s', (end, toS, wanted) => {
    expect(moveEnd(selection, end, toS, 60)).toEqual(wanted);
  });

  it('says how far it may go', () => {
    expect(endRange(selection, 'start', 60)).toEqual({ fromS: 0, toS: 17 });
    expect(endRange(selection, 'end', 25)).toEqual({ fromS: 13, toS: 25 });
    expect(endRange({ startS: 40, endS: 50 }, 'start', 60)).toEqual({ fromS: 20, toS: 47 });
  });
});

describe('the whole selection, moved,', () => {
  it('keeps its length and stays inside', () => {
    expect(moveWhole({ startS: 10, endS: 20 }, 30, 60)).toEqual({ startS: 30, endS: 40 });
    expect(moveWhole({ startS: 10, endS: 20 }, 99, 60)).toEqual({ startS: 50, endS: 60 });
    expect(moveWhole({ startS: 10, endS: 20 }, -1, 60)).toEqual({ startS: 0, endS: 10 });
  });
});

it('whatever is done to it, a selection can be kept', () => {
  const move = fc.record({
    what: fc.constantFrom('start', 'end', 'whole'),
    toS: fc.double({ min: -10, max: 700, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.double({ min: SHORTEST_S, max: 60, noNaN: true }), fc.array(move), (lengthS, moves) => {
      const samples = new Float32Array(Math.round(lengthS * RATE));
      const wholeS = samples.length / RATE;
      fc.pre(wholeS >= SHORTEST_S);
      let selection = firstSelection(samples, RATE);
      for (const { what, toS } of moves) {
        selection =
          what === 'whole'
            ? moveWhole(selection, toS, wholeS)
            : moveEnd(selection, what === 'start' ? 'start' : 'end', toS, wholeS);
      }
      const kept = selected(samples, RATE, selection);
      expect(kept.length).toBeGreaterThanOrEqual(SHORTEST_S * RATE - 1);
      expect(kept.length).toBeLessThanOrEqual(LONGEST_S * RATE);
      expect(selection.startS).toBeGreaterThanOrEqual(0);
      expect(selection.endS).toBeLessThanOrEqual(wholeS + 1e-9);
    }),
    { numRuns: 60 },
  );
});

it('what is selected is a copy of just these samples', () => {
  const samples = Float32Array.from({ length: 10 * RATE }, (_, at) => at / (10 * RATE));
  const part = selected(samples, RATE, { startS: 2, endS: 6 });
  expect([part.length, part[0], part.buffer.byteLength]).toEqual([4 * RATE, samples[2 * RATE], 16 * RATE]);
  expect(soundFault(part, RATE)?.kind).toBe('no-speech');
});
