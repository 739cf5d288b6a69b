/**
 * Random numbers that can be asked for by place: the same seed and place give the same number, in whatever order they are
 * asked for. So stepping, which needs few numbers of a step, and the decode block, which is given all, draw alike.
 */

/** Gumbel noise of one utterance: −ln(−ln u), u uniform between 0 and 1. */
export interface GumbelNoise {
  /** Noise for a code of a row at a step (from 1). `again` is the second draw of the repetition rule. */
  at(step: number, row: number, code: number, again: boolean): number;
}

/** Noise from a seed, an integer. */
export function seededNoise(seed: number): GumbelNoise {
  return {
    at(step, row, code, again) {
      let state = mix(seed ^ 0x9e37_79b9);
      state = mix(state ^ Math.imul(step, 0x85eb_ca6b));
      state = mix(state ^ Math.imul((row << 1) | (again ? 1 : 0), 0xc2b2_ae35));
      state = mix(state ^ Math.imul(code + 1, 0x27d4_eb2f));
      return gumbel((state + 0.5) / 2 ** 32);
    },
  };
}

/** The noise with which one code is never drawn. */
export function never(code: number, noise: GumbelNoise): GumbelNoise {
  return {
    at: (step, row, other, again) => (other === code ? -Infinity : noise.at(step, row, other, again)),
  };
}

/** A seed for an utterance, from its text and its place: the same words with the same voice sound the same again. */
export function seedOf(...parts: readonly string[]): number {
  let hash = 0x811c_9dc5;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), 0x0100_0193);
    hash = mix(hash ^ 0xff);
  }
  return hash >>> 0;
}

/** float32, as the decode block's graph sees it. */
function gumbel(u: number): number {
  return Math.fround(-Math.log(-Math.log(u)));
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of the input changes half of the output's. */
function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
