/**
 * An averaged perceptron over hashed features.
 *
 * After M. Collins, "Discriminative Training Methods for Hidden Markov Models" (2002): on a mistake the right label's
 * weights rise by one and the wrong one's fall by one; the weights that count are their mean over all steps.
 */
import { type FeatureWeights } from './model-writer.ts';

/** A model in training. */
export interface Perceptron {
  /** Scores of every label. The array is reused by the next call. */
  score(features: readonly number[]): Float32Array;
  /** Counts one step; corrects the weights when the guess was wrong. Features never seen before are added. */
  learn(features: readonly number[], truth: number, guess: number): void;
  /** Averaged weights as integers, the largest at 127 or below; those that round to 0 are dropped. */
  weights(options: PruneOptions): Map<number, FeatureWeights>;
}

/** What is kept of a trained model. */
export interface PruneOptions {
  /** Multiplies the averaged weights before rounding. */
  readonly scale: number;
  /** Least size, after scaling, that a weight must have to be kept. */
  readonly least: number;
  /** Features seen in fewer updates than this are dropped. */
  readonly updates: number;
}

interface Row {
  readonly now: Float32Array;
  readonly sum: Float32Array;
  readonly since: Float64Array;
  updates: number;
}

/** Starts a model with all weights 0. */
export function createPerceptron(labelCount: number): Perceptron {
  const rows = new Map<number, Row>();
  const scores = new Float32Array(labelCount);
  let step = 0;

  const change = (row: Row, label: number, by: number): void => {
    const now = row.now[label] ?? 0;
    row.sum[label] = (row.sum[label] ?? 0) + now * (step - (row.since[label] ?? 0));
    row.since[label] = step;
    row.now[label] = now + by;
  };

  return {
    score: (features) => {
      scores.fill(0);
      for (const feature of features) {
        const now = rows.get(feature)?.now;
        if (now !== undefined)
          for (let i = 0; i < labelCount; i += 1) scores[i] = (scores[i] ?? 0) + (now[i] ?? 0);
      }
      return scores;
    },
    learn: (features, truth, guess) => {
      step += 1;
      if (truth === guess) return;
      for (const feature of features) {
        let row = rows.get(feature);
        if (row === undefined) {
          row = {
            now: new Float32Array(labelCount),
            sum: new Float32Array(labelCount),
            since: new Float64Array(labelCount),
            updates: 0,
          };
          rows.set(feature, row);
        }
        row.updates += 1;
        change(row, truth, 1);
        change(row, guess, -1);
      }
    },
    weights: ({ scale, least, updates }) => {
      const kept = new Map<number, FeatureWeights>();
      for (const [feature, row] of rows) {
        if (row.updates < updates) continue;
        const pairs: [number, number][] = [];
        for (let label = 0; label < labelCount; label += 1) {
          const total = (row.sum[label] ?? 0) + (row.now[label] ?? 0) * (step - (row.since[label] ?? 0));
          const value = Math.max(-127, Math.min(127, Math.round((scale * total) / step)));
          if (Math.abs(value) >= least) pairs.push([label, value]);
        }
        if (pairs.length > 0) kept.set(feature, pairs);
      }
      return kept;
    },
  };
}
