/**
 * Changes the rate of a whole recording: a band-limited interpolation by a sinc under a Kaiser window (J. O. Smith, "Digital
 * Audio Resampling", 2002). What the lower rate cannot hold is filtered out; the rest keeps its level to 0.1 dB.
 */

/** Zero crossings of the sinc on either side. */
const ZEROS = 32;
/** Shape of the window: side lobes below −90 dB. */
const BETA = 9;
/** Where the filter cuts, as a share of the lower of both Nyquist frequencies: room for its slope. */
const CUT = 0.94;

/** `samples` at rate `from` as samples at rate `to`, both in Hz; as long in time, to the nearest sample. */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples.slice();
  const common = gcd(from, to);
  const [step, phases] = [from / common, to / common];
  const cut = CUT * Math.min(1, to / from);
  const reach = Math.ceil(ZEROS / cut);
  const kernels = new Map<number, Float64Array>();
  const kernelOf = (phase: number): Float64Array => {
    const known = kernels.get(phase);
    if (known !== undefined) return known;
    const made = kernel(phase / phases, reach, cut);
    kernels.set(phase, made);
    return made;
  };
  const out = new Float32Array(Math.round((samples.length * to) / from));
  for (let at = 0; at < out.length; at++) {
    const place = at * step;
    const first = Math.floor(place / phases) - reach + 1;
    const taps = kernelOf(place % phases);
    const begin = Math.max(0, -first);
    const end = Math.min(taps.length, samples.length - first);
    let sum = 0;
    for (let tap = begin; tap < end; tap++) sum += (taps[tap] ?? 0) * (samples[first + tap] ?? 0);
    out[at] = sum;
  }
  return out;
}

/** Weights of the samples from `reach − 1` before to `reach` after a place that lies `offset` (0 to 1) behind a sample. */
function kernel(offset: number, reach: number, cut: number): Float64Array {
  return Float64Array.from({ length: 2 * reach }, (_, tap) => {
    const distance = tap - reach + 1 - offset;
    const x = Math.abs(distance) / reach;
    if (x >= 1) return 0;
    const window = besselI0(BETA * Math.sqrt(1 - x * x)) / besselI0(BETA);
    const angle = Math.PI * cut * distance;
    return window * cut * (angle === 0 ? 1 : Math.sin(angle) / angle);
  });
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
