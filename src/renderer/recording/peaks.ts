/** A recording as bars to be drawn: how loud each stretch of it is at its loudest. */

/** A sample from here on is at full scale: where several follow each other, the recording is clipped. */
export const FULL_SCALE = 0.999;

/**
 * The loudest sample of each of `bars` stretches of equal length, 0 to 1 and more where a decoder overshoots. A recording with
 * fewer samples than bars repeats them.
 */
export function peaks(samples: Float32Array, bars: number): Float32Array {
  const loudest = new Float32Array(bars);
  for (let bar = 0; bar < bars; bar++) {
    const from = Math.floor((bar / bars) * samples.length);
    const to = Math.max(from + 1, Math.floor(((bar + 1) / bars) * samples.length));
    let peak = 0;
    for (let at = from; at < to; at++) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    loudest[bar] = peak;
  }
  return loudest;
}
