/**
 * The statistics of a voice that the shared predictor was not trained on: a blend, or a voice that a person added. What that
 * predictor is off by is learnt from utterances that the model says with the voice and that are decoded whole, as long as it is not
 * known well enough: its mean, and a ridge regression on the features. `build/kokoro/README.md` has the measurements.
 */
import { INSTANCE_NORMS, X_CHANNELS } from './prepare/generator-layout.ts';
import { statsOf, type StatisticsPredictor } from './statistics-predictor.ts';

/** What one utterance that was decoded whole tells. */
export interface Lesson {
  /** As `featuresOf` gives them. */
  readonly features: Float32Array;
  /** The statistics that the generator then found, as they are predicted: means and log variances. */
  readonly coded: Float32Array;
}

/** Fewer tell too little. */
export const LEAST_LESSONS = 10;

/** More are not kept: they would make little difference. */
export const MOST_LESSONS = 24;

/** Ridge over the mean square of the features' distances from their mean. */
const RIDGE = 0.1;

/**
 * A voice is known when a lesson that is left out is predicted to this from the others: root mean square of the means' errors, in
 * deviations, and of half the log variances' (a log variance that is off by e turns the norm's gain by e / 2).
 */
export const MOST_ERROR = 0.033;

/** The features of `x`, which stand first. The harmonic source is partly noise and never twice the same. */
const X_FEATURES = 2 * X_CHANNELS;

/** Of an utterance that was said before, the features of `x` differ by less than this share: it tells nothing new. */
const SAME_SHARE = 1e-3;

/** What is known of one voice. */
export class VoiceStatistics {
  private readonly predictor: StatisticsPredictor;
  private readonly kept: Lesson[] = [];
  /** Of each lesson: its features on the scale on which they count alike. */
  private readonly rows: Float32Array[] = [];
  /** Of each lesson: what the shared predictor is off by. */
  private readonly offBy: Float32Array[] = [];
  private fit: Fit | undefined;

  constructor(predictor: StatisticsPredictor, lessons: readonly Lesson[] = []) {
    this.predictor = predictor;
    for (const lesson of lessons.slice(0, MOST_LESSONS))
      this.add(lesson, predictor.standardise(lesson.features));
    this.refit();
  }

  get lessons(): readonly Lesson[] {
    return this.kept;
  }

  /** How far off a left-out lesson is predicted from the others; infinite while there are too few. */
  get error(): number {
    return this.fit?.error ?? Infinity;
  }

  /** Whether its utterances may be decoded in windows. */
  get isKnown(): boolean {
    return this.error <= MOST_ERROR;
  }

  /** Takes a lesson. False when it tells nothing new, or there are enough. */
  learn(lesson: Lesson): boolean {
    if (this.kept.length >= MOST_LESSONS) return false;
    const row = this.predictor.standardise(lesson.features);
    if (this.rows.some((other) => isSame(row, other))) return false;
    this.add(lesson, row);
    this.refit();
    return true;
  }

  /** The generator's input `stats` for an utterance with these features. */
  predict(features: Float32Array): Float32Array {
    const coded = this.predictor.encode(features);
    const { fit } = this;
    if (fit === undefined) return statsOf(coded);
    const row = this.predictor.standardise(features);
    addScaled(coded, fit.mean, 1);
    for (const [i, own] of fit.rows.entries()) {
      const likeness = dot(own, row) - dot(own, fit.middle);
      addScaled(coded, fit.duals[i], likeness);
    }
    return statsOf(coded);
  }

  private add(lesson: Lesson, row: Float32Array): void {
    const offBy = Float32Array.from(lesson.coded);
    addScaled(offBy, this.predictor.encode(lesson.features), -1);
    this.kept.push(lesson);
    this.rows.push(row);
    this.offBy.push(offBy);
  }

  private refit(): void {
    if (this.kept.length < LEAST_LESSONS) return;
    this.fit = fitOf(this.rows, this.offBy, unitsOf(this.kept));
  }
}

interface Fit {
  /** Middle of the features. */
  readonly middle: Float32Array;
  /** Features from their middle, lesson by lesson. */
  readonly rows: readonly Float32Array[];
  /** What the shared predictor is off by on average. */
  readonly mean: Float32Array;
  /** What each unit of likeness to a lesson adds. */
  readonly duals: readonly Float32Array[];
  readonly error: number;
}

/** Ridge regression in its dual form with an intercept, and its error by leaving out each lesson by turns (by the hat matrix). */
function fitOf(features: readonly Float32Array[], offBy: readonly Float32Array[], units: Float32Array): Fit {
  const count = features.length;
  const middle = meanOf(features);
  const rows = features.map((row) => plus(row, middle, -1));
  const mean = meanOf(offBy);
  const centred = offBy.map((row) => plus(row, mean, -1));
  const kernel = rows.map((row) => rows.map((other) => dot(row, other)));
  const ridge = (RIDGE * kernel.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)) / count;
  const inverse = inverseOf(kernel.map((row, i) => row.map((value, j) => value + (i === j ? ridge : 0))));
  const duals = inverse.map((weights) => weighted(centred, weights));
  let squares = 0;
  for (const [i, own] of kernel.entries()) {
    const predicted = weighted(duals, own);
    const hat = 1 / count + own.reduce((sum, value, j) => sum + value * (inverse[j]?.[i] ?? 0), 0);
    squares += meanSquare(plus(centred[i] ?? mean, predicted, -1), units) / (1 - hat) ** 2;
  }
  return { middle, rows, mean, duals, error: Math.sqrt(squares / count) };
}

/** What makes the errors of means and log variances comparable. */
function unitsOf(lessons: readonly Lesson[]): Float32Array {
  const typical = meanOf(lessons.map(({ coded }) => coded));
  const units = new Float32Array(typical.length).fill(0.5);
  for (const { offset, channels } of INSTANCE_NORMS)
    for (let i = offset; i < offset + channels; i++) units[i] = Math.exp(-0.5 * (typical[i + channels] ?? 0));
  return units;
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  let apart = 0;
  let size = 0;
  for (let i = 0; i < X_FEATURES; i++) {
    apart += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
    size += (a[i] ?? 0) ** 2;
  }
  return apart < SAME_SHARE ** 2 * size;
}

/** The mean over both halves alike: means count as much as variances. */
function meanSquare(values: Float32Array, units: Float32Array): number {
  let sum = 0;
  for (const [i, value] of values.entries()) sum += (value * (units[i] ?? 0)) ** 2;
  return (2 * sum) / values.length;
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  return weighted(
    rows,
    rows.map(() => 1 / rows.length),
  );
}

function weighted(rows: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sum = new Float32Array(rows[0]?.length ?? 0);
  for (const [i, row] of rows.entries()) addScaled(sum, row, weights[i] ?? 0);
  return sum;
}

function plus(a: Float32Array, b: Float32Array, factor: number): Float32Array {
  const sum = Float32Array.from(a);
  addScaled(sum, b, factor);
  return sum;
}

function addScaled(sum: Float32Array, row: Float32Array | undefined, factor: number): void {
  if (row === undefined) return;
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + factor * (row[i] ?? 0);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** By Gauss and Jordan; of a symmetric matrix whose ridge keeps it from being singular. */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))]);
  for (let at = 0; at < size; at++) {
    const pivotRow = (rows[at] ?? []).map((value) => value / (rows[at]?.[at] ?? 1));
    rows[at] = pivotRow;
    for (const [i, row] of rows.entries()) {
      if (i === at) continue;
      const factor = row[at] ?? 0;
      rows[i] = row.map((value, j) => value - factor * (pivotRow[j] ?? 0));
    }
  }
  return rows.map((row) => row.slice(size));
}
