/** What a recording tells: where a known sound lies in it, how true it is, where it is silent. Pure functions. */
import FFT from 'fft.js';

/** Where a sound was found. */
export interface Match {
  /** Position of the sound's first sample in the recording. */
  readonly offset: number;
  /** Normalised correlation at that position, 0 to 1; 1 means the same up to a gain. */
  readonly correlation: number;
}

/**
 * Finds `sound` in `recording` at or after `from`: the offset with the highest normalised cross-correlation (gain does
 * not matter). Computed by FFT over the whole length.
 */
export function findSound(recording: Int16Array, sound: Int16Array, from = 0): Match {
  const size = powerOfTwoAtLeast(recording.length + sound.length);
  const fft = new FFT(size);
  const a = spectrum(fft, recording, size);
  const b = spectrum(fft, sound, size);
  const product = fft.createComplexArray();
  for (let k = 0; k < size; k++) {
    const [ar, ai, br, bi] = [a[2 * k] ?? 0, a[2 * k + 1] ?? 0, b[2 * k] ?? 0, b[2 * k + 1] ?? 0];
    product[2 * k] = ar * br + ai * bi;
    product[2 * k + 1] = ai * br - ar * bi;
  }
  const correlation = fft.createComplexArray();
  fft.inverseTransform(correlation, product);

  const energyUpTo = cumulativeEnergy(recording);
  const soundEnergy = energyOf(sound);
  let best: Match = { offset: -1, correlation: 0 };
  for (let offset = from; offset + sound.length <= recording.length; offset++) {
    const energy = (energyUpTo[offset + sound.length] ?? 0) - (energyUpTo[offset] ?? 0);
    if (energy < soundEnergy * 1e-4) continue;
    const value = (correlation[2 * offset] ?? 0) / Math.sqrt(energy * soundEnergy);
    if (value > best.correlation) best = { offset, correlation: value };
  }
  return best;
}

/** How a sound was followed through a recording, segment by segment. */
export interface Trace {
  /** Position of the sound's first sample in the recording; -1 when it was not found. */
  readonly offset: number;
  /** Position just after its last segment. */
  readonly end: number;
  /** The correlation of each segment with speech in it. */
  readonly correlations: readonly number[];
  /** How far each segment lies from where the one before it ended, in samples, where that is not 0: above 0 is a gap. */
  readonly jumps: readonly number[];
}

/**
 * Finds `sound` at or after `from` and follows it in segments of `segment` samples, each looked for within `reach` samples
 * around the end of the one before: a hole, a repeat or a loss inside the sound shows as a jump or as a low correlation.
 * Segments without speech (a quarter of the sound's level) are passed over.
 */
export function followSound(
  recording: Int16Array,
  sound: Int16Array,
  { from, segment, reach }: { readonly from: number; readonly segment: number; readonly reach: number },
): Trace {
  const loud = rms(sound, 0, sound.length) * 0.25;
  const jumps: number[] = [];
  let offset = -1;
  let shift = findFirst(recording, sound.subarray(0, Math.min(sound.length, segment * 4)), from, segment);
  const correlations: number[] = [];
  for (let at = 0; at < sound.length; at += segment) {
    const part = sound.subarray(at, at + segment);
    if (part.length < segment / 2 || rms(part, 0, part.length) < loud) continue;
    const start = Math.max(0, shift + at - reach);
    const found = findSound(recording.subarray(start, shift + at + part.length + reach), part);
    correlations.push(found.correlation);
    const jump = start + found.offset - (shift + at);
    if (jump !== 0) jumps.push(jump);
    shift += jump;
    if (offset === -1) offset = shift;
  }
  return { offset, end: shift + sound.length, correlations, jumps };
}

/** A place where the sound is so nearly as true as at its best one is as good as that: the same words may be said twice. */
const AS_TRUE = 0.97;

/** Where `sound` comes first at or after `from`, of places that are more than `apart` samples from each other. */
function findFirst(recording: Int16Array, sound: Int16Array, from: number, apart: number): number {
  let found = findSound(recording, sound, from);
  for (;;) {
    const before = recording.subarray(0, Math.max(0, found.offset - apart + sound.length));
    const earlier = findSound(before, sound, from);
    if (earlier.offset < 0 || earlier.correlation < AS_TRUE * found.correlation) return found.offset;
    found = earlier;
  }
}

/**
 * Takes the upper half of the spectrum away (two moving averages of five samples). A recording runs through two sample
 * rate conversions that delay it by a changing fraction of a sample, which decorrelates just that half.
 */
export function soften(samples: Int16Array): Int16Array {
  return average5(average5(samples));
}

function average5(samples: Int16Array): Int16Array {
  const out = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let k = -2; k <= 2; k++) sum += samples[i + k] ?? 0;
    out[i] = sum / 5;
  }
  return out;
}

/** Root mean square of `count` samples from `start` (full scale is 32,768). */
export function rms(samples: Int16Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += (samples[i] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, count));
}

/** Position of the first sample at or after `from` whose size exceeds `threshold`; -1 when there is none. */
export function firstSound(samples: Int16Array, threshold: number, from = 0): number {
  for (let i = from; i < samples.length; i++) if (Math.abs(samples[i] ?? 0) > threshold) return i;
  return -1;
}

/** Position just after the last sample whose size exceeds `threshold`; 0 when there is none. */
export function endOfSound(samples: Int16Array, threshold: number): number {
  for (let i = samples.length - 1; i >= 0; i--) if (Math.abs(samples[i] ?? 0) > threshold) return i + 1;
  return 0;
}

/** A stretch of a recording, in samples. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** The longest run of samples within `threshold` of zero between `start` and `end`. */
export function longestSilence(samples: Int16Array, threshold: number, start: number, end: number): Stretch {
  let longest: Stretch = { start, length: 0 };
  let length = 0;
  for (let i = start; i < end; i++) {
    length = Math.abs(samples[i] ?? 0) <= threshold ? length + 1 : 0;
    if (length > longest.length) longest = { start: i + 1 - length, length };
  }
  return longest;
}

function spectrum(fft: FFT, samples: Int16Array, size: number): number[] {
  const input = new Array<number>(size).fill(0);
  for (let i = 0; i < samples.length; i++) input[i] = samples[i] ?? 0;
  const out = fft.createComplexArray();
  fft.realTransform(out, input);
  fft.completeSpectrum(out);
  return out;
}

function cumulativeEnergy(samples: Int16Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) sums[i + 1] = (sums[i] ?? 0) + (samples[i] ?? 0) ** 2;
  return sums;
}

function energyOf(samples: Int16Array): number {
  return rms(samples, 0, samples.length) ** 2 * samples.length;
}

function powerOfTwoAtLeast(n: number): number {
  let size = 2;
  while (size < n) size *= 2;
  return size;
}
