import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { seededNoise, seedOf } from './random.ts';
import { drawColumn, gumbelDrawer, probabilities, repeats, warp, type Drawer } from './sampler.ts';
import { codesSchema, floats, floatsSchema, golden, MODEL } from './testing/fixtures.ts';

const GOLDEN = golden(
  'sampler.json',
  z.object({
    logits: floatsSchema,
    cases: z.array(
      z.object({
        temperature: z.number(),
        topP: z.number(),
        topK: z.int(),
        probs: floatsSchema,
        support: z.array(z.int()),
      }),
    ),
    ras: z.object({
      cases: z.array(
        z.object({
          history: codesSchema,
          drawn: z.array(z.int()),
          window: z.int(),
          maxRepeat: z.int(),
          redrawRows: z.array(z.int()),
        }),
      ),
    }),
  }),
);
const LOGITS = floats(GOLDEN.logits);
const SIZE = GOLDEN.logits.shape[1] ?? 0;

const row = (numbers: Float32Array, at: number): Float32Array => numbers.subarray(at * SIZE, (at + 1) * SIZE);

describe('the sampler against the warpers of transformers', () => {
  it.each(GOLDEN.cases.map((one, at) => [at, one] as const))(
    'gives the probabilities of golden %i',
    (_, one) => {
      const wanted = floats(one.probs);
      for (const [at, support] of one.support.entries()) {
        const scores = warp(row(LOGITS, at), one);
        expect(scores.filter((score) => score !== -Infinity)).toHaveLength(support);
        const found = probabilities(scores);
        for (const [code, probability] of row(wanted, at).entries())
          expect(found[code]).toBeCloseTo(probability, 5);
      }
    },
  );

  it.each(GOLDEN.ras.cases.map((one, at) => [at, one] as const))(
    'draws again in the rows of golden %i',
    (_, { history, drawn, window, maxRepeat, redrawRows }) => {
      const rows = drawn.flatMap((code, at) =>
        repeats(code, at, history.slice(-window), MODEL.audio.bos, maxRepeat) ? [at] : [],
      );
      expect(rows).toEqual(redrawRows);
    },
  );
});

describe('a draw', () => {
  it('follows the probabilities (chi-square over 20,000 draws of each setting)', () => {
    const draws = 20_000;
    const drawer = gumbelDrawer(seededNoise(7));
    for (const [setting, one] of GOLDEN.cases.entries()) {
      const at = setting % one.support.length;
      const scores = warp(row(LOGITS, at), one);
      const counts = new Float64Array(SIZE);
      for (let step = 1; step <= draws; step++) {
        const code = drawer.draw(scores, { step, row: setting }, false);
        counts[code] = (counts[code] ?? 0) + 1;
      }
      const { statistic, freedom } = chiSquare(counts, probabilities(scores), draws);
      // The 99.99 % quantile of chi-square, by Wilson and Hilferty's approximation.
      const limit = freedom * (1 - 2 / (9 * freedom) + 3.72 * Math.sqrt(2 / (9 * freedom))) ** 3;
      expect(statistic, `setting ${setting}`).toBeLessThanOrEqual(limit);
    }
  });

  it('is the same for the same seed and place, and another for another', () => {
    const at = (seed: number, step: number, again = false): number => seededNoise(seed).at(step, 2, 5, again);
    expect(at(1, 1)).toBe(at(1, 1));
    expect(new Set([at(1, 1), at(2, 1), at(1, 2), at(1, 1, true)]).size).toBe(4);
    expect(seedOf('ab', 'c')).not.toBe(seedOf('a', 'bc'));
  });

  it('never gives a code that fell away', () => {
    const drawer = gumbelDrawer(seededNoise(3));
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 2, maxLength: 40, min: -20, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.nat(1_000),
        (logits, topK, topP, step) => {
          const scores = warp(logits, { temperature: 0.7, topK, topP });
          expect(scores[drawer.draw(scores, { step, row: 0 }, false)]).not.toBe(-Infinity);
        },
      ),
    );
  });

  it('with temperature 0 takes the likeliest code, whatever was said before', () => {
    const refuses: Drawer = {
      draw: () => {
        throw new Error('A greedy draw asked for chance');
      },
    };
    const sampling = { temperature: 0, topP: 0.95, topK: 50, rasWindow: 7, rasMaxRepeat: 1 };
    const options = { codebookSize: 4, bos: 2, sampling, drawer: refuses };
    const history = Array.from({ length: 7 }, () => [1, 0]);
    expect(drawColumn(Float32Array.of(0, 9, 1, 2, 5, 1, 2, 3), history, 9, options)).toEqual([1, 0]);
  });

  it('is made again, from the raw scores, when the code is repeated', () => {
    const seen: [boolean, number][] = [];
    const records: Drawer = {
      draw(scores, _place, again) {
        seen.push([again, scores.filter((score) => score !== -Infinity).length]);
        return again ? 3 : 1;
      },
    };
    const sampling = { temperature: 1, topP: 1, topK: 2, rasWindow: 3, rasMaxRepeat: 2 };
    const options = { codebookSize: 6, bos: 4, sampling, drawer: records };
    const logits = Float32Array.of(5, 4, 3, 2, 1, 0);
    expect(drawColumn(logits, [[1], [1], [0], [0]], 4, options)).toEqual([1]);
    expect(drawColumn(logits, [[0], [1], [0], [1]], 4, options)).toEqual([3]);
    expect(seen).toEqual([
      [false, 2],
      [false, 2],
      [true, 6],
    ]);
  });
});

/** Pearson's statistic; codes that are expected fewer than five times are one class. */
function chiSquare(
  counts: Float64Array,
  expected: Float32Array,
  draws: number,
): { statistic: number; freedom: number } {
  let statistic = 0;
  let classes = 0;
  let rare = 0;
  let rareSeen = 0;
  for (const [code, probability] of expected.entries()) {
    const wanted = probability * draws;
    const seen = counts[code] ?? 0;
    if (wanted < 5) {
      rare += wanted;
      rareSeen += seen;
      continue;
    }
    statistic += (seen - wanted) ** 2 / wanted;
    classes++;
  }
  if (rare > 0) {
    statistic += (rareSeen - rare) ** 2 / Math.max(rare, 1);
    classes++;
  }
  return { statistic, freedom: Math.max(1, classes - 1) };
}
