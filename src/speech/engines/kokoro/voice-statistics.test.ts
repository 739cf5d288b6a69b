import { describe, expect, it } from 'vitest';
import { STATS_WIDTH } from './prepare/generator-layout.ts';
import { codedOf, FEATURE_COUNT, statsOf, type StatisticsPredictor } from './statistics-predictor.ts';
import { LEAST_LESSONS, MOST_LESSONS, VoiceStatistics, type Lesson } from './voice-statistics.ts';

/** A predictor that holds everything for 0. */
const NOTHING: StatisticsPredictor = {
  trainedStyles: new Set(),
  standardise: (features) => features,
  encode: () => new Float32Array(STATS_WIDTH),
  predict: () => new Float32Array(STATS_WIDTH),
};

/** Numbers from -1 to 1 that are the same at every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 31 - 1;
  };
}

/** Utterances of a voice whose statistics follow from two traits that its features show, and `wild` that nothing shows. */
function lessons(count: number, { seed = 1, wild = 0 } = {}): Lesson[] {
  const next = noise(seed);
  const shown = [0, 1].map(() => Float32Array.from({ length: FEATURE_COUNT }, noise(7)));
  const meant = [2, 3].map((each) => Float32Array.from({ length: STATS_WIDTH }, noise(each)));
  return Array.from({ length: count }, () => {
    const traits = [next(), next()];
    const sum = (parts: readonly Float32Array[], i: number): number =>
      parts.reduce((all, part, k) => all + (part[i] ?? 0) * (traits[k] ?? 0), 0);
    return {
      features: Float32Array.from({ length: FEATURE_COUNT }, (_, i) => sum(shown, i) + (i % 2)),
      coded: Float32Array.from({ length: STATS_WIDTH }, (_, i) => 0.3 + 0.05 * sum(meant, i) + wild * next()),
    };
  });
}

/** Root mean square of what a voice predicts wrongly. */
function wrongBy(voice: VoiceStatistics, { features, coded }: Lesson): number {
  const predicted = codedOf(voice.predict(features));
  return Math.hypot(...predicted.map((value, i) => value - (coded[i] ?? 0))) / Math.sqrt(STATS_WIDTH);
}

describe('the statistics of a voice that the shared predictor does not know', () => {
  it('are known only when there are enough lessons, and then predict utterances that were not among them', () => {
    const [unheard, ...heard] = lessons(LEAST_LESSONS + 1);
    if (!unheard) throw new Error('no lesson');
    const voice = new VoiceStatistics(NOTHING);
    const before = wrongBy(voice, unheard);
    for (const lesson of heard) {
      expect(voice.isKnown).toBe(false);
      expect(voice.learn(lesson)).toBe(true);
    }
    expect(voice.isKnown).toBe(true);
    expect(wrongBy(voice, unheard)).toBeLessThan(0.1 * before);
  });

  it('are not known while lessons do not foretell one another', () => {
    expect(new VoiceStatistics(NOTHING, lessons(MOST_LESSONS, { wild: 0.1 })).isKnown).toBe(false);
  });

  it('tell of their error what leaving out each lesson by turns finds', () => {
    const all = lessons(16, { wild: 0.02 });
    const squares = all.map((left, i) => {
      const others = new VoiceStatistics(NOTHING, all.toSpliced(i, 1));
      return wrongBy(others, left) ** 2;
    });
    const found = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
    const { error } = new VoiceStatistics(NOTHING, all);
    // Counted are the means' errors, in deviations of e^0.15 = 1.16, and half the variances': of equal errors 0.70 in all.
    expect(error / found).toBeGreaterThan(0.9);
    expect(error / found).toBeLessThan(1.1);
  });

  it('learn nothing from what was said before, though its noise is another one', () => {
    const [first] = lessons(1);
    if (!first) throw new Error('no lesson');
    const voice = new VoiceStatistics(NOTHING, [first]);
    const again = Float32Array.from(first.features, (value, i) => (i < 1_024 ? value : value + 0.1));
    expect(voice.learn({ ...first, features: again })).toBe(false);
    expect(voice.lessons).toHaveLength(1);
  });

  it('keep no more lessons than they need', () => {
    const voice = new VoiceStatistics(NOTHING);
    const taken = lessons(MOST_LESSONS + 3).map((lesson) => voice.learn(lesson));
    expect(taken.filter(Boolean)).toHaveLength(MOST_LESSONS);
  });

  it('are written as means and log variances and back without loss', () => {
    const [{ coded } = { coded: new Float32Array(0) }] = lessons(1);
    const back = codedOf(statsOf(coded));
    expect(Math.max(...back.map((value, i) => Math.abs(value - (coded[i] ?? 0))))).toBeLessThan(1e-5);
  });
});
