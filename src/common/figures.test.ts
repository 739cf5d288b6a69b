import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, spreadOf, type KeptFigures } from './figures.ts';

const turn = (patch: Partial<KeptFigures>): KeptFigures => ({
  endedAtMs: 0,
  provider: 'built-in',
  engine: 'Kokoro',
  ep: 'cpu',
  outcome: 'complete',
  firstTokenMs: null,
  firstSentenceMs: null,
  firstChunkMs: null,
  firstSoundMs: null,
  doneMs: null,
  rtf: null,
  underruns: 0,
  ...patch,
});

describe('a percentile', () => {
  it('lies between its neighbours, whatever the order', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([0, 100], 0.95)).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('is a value within the range, and never less for a larger share', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (list, a, b) => {
        const low = percentile(list, Math.min(a, b));
        const high = percentile(list, Math.max(a, b));
        expect(low).toBeGreaterThanOrEqual(Math.min(...list));
        expect(high).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
        expect(low).toBeLessThanOrEqual(high + 1e-6);
      }),
    );
  });
});

describe('the spread of the figures', () => {
  it('is over the turns that have them', () => {
    const spread = spreadOf([
      turn({ firstSoundMs: 300 }),
      turn({ firstSoundMs: 500 }),
      turn({ outcome: 'failed' }),
    ]);
    expect(spread.find(({ figure }) => figure === 'firstSoundMs')).toEqual({
      figure: 'firstSoundMs',
      count: 2,
      p50: 400,
      p95: 490,
    });
    expect(spread.find(({ figure }) => figure === 'rtf')).toMatchObject({ count: 0, p50: undefined });
    expect(spread.find(({ figure }) => figure === 'underruns')).toMatchObject({ count: 3, p50: 0 });
  });
});
