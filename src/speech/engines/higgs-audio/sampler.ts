/**
 * Draws a column from the language model's logits: temperature, top-k, top-p, and the repetition rule (RAS, from VALL-E 2,
 * arXiv 2406.05370). One row after the other; the rules are those of transformers' warpers and of its `generate()`.
 *
 * The arithmetic is float32 where the warpers' is, so that the same codes fall away.
 */
import type { SamplingSettings } from '../../../common/higgs-model.ts';
import type { Column } from './delay-pattern.ts';
import type { GumbelNoise } from './random.ts';

/** How a row's code is chosen among scores; −Infinity marks a code that fell away. */
export interface Drawer {
  /** `scores`: the row's warped logits, or its raw ones for the repetition rule's second draw (`again`). */
  draw(scores: Float32Array, place: { readonly step: number; readonly row: number }, again: boolean): number;
}

/** Draws by the Gumbel trick: the largest of score plus noise. Exact for any scores, and what the decode block does. */
export function gumbelDrawer(noise: GumbelNoise): Drawer {
  return {
    draw(scores, { step, row }, again) {
      let best = 0;
      let bestScore = -Infinity;
      // By index: this is the loop's hot path, and an iterator over entries takes five times as long.
      for (let code = 0; code < scores.length; code++) {
        const score = scores[code] ?? -Infinity;
        if (score === -Infinity) continue;
        const noisy = Math.fround(score + noise.at(step, row, code, again));
        if (noisy > bestScore) {
          best = code;
          bestScore = noisy;
        }
      }
      return best;
    },
  };
}

export interface SamplerOptions {
  readonly codebookSize: number;
  /** The begin mark; it and all codes above it are no sound and never count as repeated. */
  readonly bos: number;
  readonly sampling: Pick<SamplingSettings, 'temperature' | 'topP' | 'topK' | 'rasWindow' | 'rasMaxRepeat'>;
  readonly drawer: Drawer;
}

/**
 * Draws one column. `logits` holds the rows one after the other; `history` are the utterance's columns so far, of which the
 * repetition rule sees the last `rasWindow`. With temperature 0 the likeliest code is taken, and no rule draws again.
 */
export function drawColumn(
  logits: Float32Array,
  history: readonly Column[],
  step: number,
  { codebookSize, bos, sampling, drawer }: SamplerOptions,
): number[] {
  const window = history.slice(-sampling.rasWindow);
  return Array.from({ length: logits.length / codebookSize }, (_, row) => {
    const raw = logits.subarray(row * codebookSize, (row + 1) * codebookSize);
    if (sampling.temperature === 0) return likeliest(raw);
    const code = drawer.draw(warp(raw, sampling), { step, row }, false);
    if (!repeats(code, row, window, bos, sampling.rasMaxRepeat)) return code;
    return drawer.draw(raw, { step, row }, true);
  });
}

/** Whether the repetition rule draws the row again. */
export function repeats(
  code: number,
  row: number,
  window: readonly Column[],
  bos: number,
  maxRepeat: number,
): boolean {
  if (code >= bos) return false;
  let seen = 0;
  for (const column of window) if (column[row] === code) seen++;
  return seen >= maxRepeat;
}

/** The row's scores after temperature, top-k and top-p; a code that falls away becomes −Infinity. */
export function warp(
  logits: Float32Array,
  { temperature, topK, topP }: { readonly temperature: number; readonly topK: number; readonly topP: number },
): Float32Array {
  const scale = Math.fround(temperature);
  const scores = new Float32Array(logits.length);
  for (let code = 0; code < scores.length; code++) scores[code] = (logits[code] ?? 0) / scale;
  if (topK > 0 && topK < scores.length) {
    const kth = scores.slice().sort()[scores.length - topK] ?? -Infinity;
    for (let code = 0; code < scores.length; code++)
      if ((scores[code] ?? -Infinity) < kth) scores[code] = -Infinity;
  }
  if (topP < 1) dropUnlikely(scores, 1 - topP);
  return scores;
}

/** Drops the least likely codes as long as their probabilities together are at most `share`; the likeliest stays. */
function dropUnlikely(scores: Float32Array, share: number): void {
  const codes: number[] = [];
  for (let code = 0; code < scores.length; code++) if (scores[code] !== -Infinity) codes.push(code);
  const at = (code: number): number => scores[code] ?? -Infinity;
  codes.sort((a, b) => at(a) - at(b) || a - b);
  const top = at(codes.at(-1) ?? 0);
  const weights = codes.map((code) => Math.exp(at(code) - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let cumulative = 0;
  for (const [rank, code] of codes.entries()) {
    cumulative += (weights[rank] ?? 0) / total;
    if (cumulative > share || rank === codes.length - 1) return;
    scores[code] = -Infinity;
  }
}

/** Probabilities of scores (softmax). */
export function probabilities(scores: Float32Array): Float32Array {
  const top = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const weights = scores.map((score) => Math.exp(score - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The first of the largest scores. */
function likeliest(scores: Float32Array): number {
  let best = 0;
  for (let code = 1; code < scores.length; code++)
    if ((scores[code] ?? -Infinity) > (scores[best] ?? -Infinity)) best = code;
  return best;
}
