/** Log-mel levels of a sound, and how different two sounds are by them: what an ear notices, where samples say little. */
import FFT from 'fft.js';

const SAMPLE_RATE = 24_000;
const WINDOW = 1024;
const HOP = 256;
const BANDS = 80;

/** Added to every band's magnitude before the logarithm, so that silence has a floor. */
const FLOOR = 1e-4;

/** Mean absolute difference of the log-mel spectra of two sounds of equal length at 24,000 Hz, in decibels. */
export function logMelDistanceDb(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) throw new Error(`${one.length} samples against ${other.length}`);
  return meanDifference(logMel(one), logMel(other));
}

/** Mean absolute difference of two lists of equal length. */
export function meanDifference(left: readonly number[], right: readonly number[]): number {
  return left.reduce((total, value, i) => total + Math.abs(value - (right[i] ?? 0)), 0) / left.length;
}

/**
 * All frames' bands one after another: 20 · log10 of 80 triangular mel bands over the magnitudes of Hann windows of 1,024
 * samples, one every `hop` samples.
 */
export function logMel(sound: Float32Array, hop = HOP): number[] {
  const fft = new FFT(WINDOW);
  const padded = new Float64Array(sound.length + WINDOW);
  padded.set(sound, WINDOW / 2);
  const spectrum = fft.createComplexArray();
  const values: number[] = [];
  for (let start = 0; start + WINDOW <= padded.length; start += hop) {
    const frame = Array.from(padded.subarray(start, start + WINDOW), (value, i) => value * hann(i));
    fft.realTransform(spectrum, frame);
    const magnitudes = Array.from({ length: WINDOW / 2 + 1 }, (_, bin) =>
      Math.hypot(spectrum[2 * bin] ?? 0, spectrum[2 * bin + 1] ?? 0),
    );
    for (const band of bands()) {
      const energy = band.reduce((sum, { bin, weight }) => sum + weight * (magnitudes[bin] ?? 0), 0);
      values.push(20 * Math.log10(energy + FLOOR));
    }
  }
  return values;
}

function hann(i: number): number {
  return 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (WINDOW - 1));
}

type Band = readonly { readonly bin: number; readonly weight: number }[];

let knownBands: readonly Band[] | undefined;

function bands(): readonly Band[] {
  knownBands ??= Array.from({ length: BANDS }, (_, band) => {
    const [low, middle, high] = [band, band + 1, band + 2].map(edge);
    if (low === undefined || middle === undefined || high === undefined) return [];
    return Array.from({ length: WINDOW / 2 + 1 }, (_, bin) => {
      const frequency = (bin * SAMPLE_RATE) / WINDOW;
      const weight = Math.min((frequency - low) / (middle - low), (high - frequency) / (high - middle));
      return { bin, weight };
    }).filter(({ weight }) => weight > 0);
  });
  return knownBands;
}

/** Hz of the nth of the bands' edges, evenly spaced on the mel scale. */
function edge(n: number): number {
  const top = 2595 * Math.log10(1 + SAMPLE_RATE / 2 / 700);
  return 700 * (10 ** ((top * n) / (BANDS + 1) / 2595) - 1);
}
