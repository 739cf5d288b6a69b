/** The few operations of a transformer on one row at a time, in Float32Array. */

/** A linear layer: `weight` is [outputs × inputs] row by row, `bias` has one value per output. */
export interface Matrix {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** A layer normalisation with its scale (`weight`), shift (`bias`) and the epsilon under the root. */
export interface Norm extends Matrix {
  readonly epsilon: number;
}

/** Row `token` of the token embedding plus row `place` of the position embedding. */
export function embed(
  tokens: Float32Array,
  token: number,
  positions: Float32Array,
  place: number,
  width: number,
): Float32Array {
  const row = new Float32Array(width);
  for (let i = 0; i < width; i += 1) {
    row[i] = (tokens[token * width + i] ?? 0) + (positions[place * width + i] ?? 0);
  }
  return row;
}

/** `weight · row + bias`. */
export function linear(row: Float32Array, { weight, bias }: Matrix): Float32Array {
  const inputs = row.length;
  const out = new Float32Array(bias.length);
  for (let o = 0, at = 0; o < out.length; o += 1) {
    let sum = bias[o] ?? 0;
    for (let i = 0; i < inputs; i += 1, at += 1) sum += (weight[at] ?? 0) * (row[i] ?? 0);
    out[o] = sum;
  }
  return out;
}

/** Scales a row to mean 0 and variance 1, then by the layer's scale and shift. */
export function normalize(row: Float32Array, { weight, bias, epsilon }: Norm): Float32Array {
  let mean = 0;
  for (const value of row) mean += value / row.length;
  let variance = 0;
  for (const value of row) variance += (value - mean) ** 2 / row.length;
  const scale = 1 / Math.sqrt(variance + epsilon);
  return row.map((value, i) => (value - mean) * scale * (weight[i] ?? 0) + (bias[i] ?? 0));
}

/** Scaled dot-product attention of one query over rows of keys and values, one head. */
export function attend(
  query: Float32Array,
  keys: readonly Float32Array[],
  values: readonly Float32Array[],
): Float32Array {
  const scale = 1 / Math.sqrt(query.length);
  const scores = keys.map((key) => {
    let dot = 0;
    for (let i = 0; i < query.length; i += 1) dot += (query[i] ?? 0) * (key[i] ?? 0);
    return dot * scale;
  });
  const highest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const out = new Float32Array(query.length);
  values.forEach((value, j) => {
    const share = (weights[j] ?? 0) / total;
    for (let i = 0; i < out.length; i += 1) out[i] = (out[i] ?? 0) + share * (value[i] ?? 0);
  });
  return out;
}

/** The exact Gaussian error linear unit. */
export function gelu(row: Float32Array): Float32Array {
  return row.map((x) => 0.5 * x * (1 + erf(x / Math.SQRT2)));
}

/** The error function after Abramowitz and Stegun 7.1.26, absolute error below 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const value = 1 - polynomial * Math.exp(-x * x);
  return x < 0 ? -value : value;
}
