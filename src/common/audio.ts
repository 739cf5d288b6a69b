/**
 * The audio format that every part of Aloud speaks: mono, signed 16-bit, 24,000 Hz (the rate of both Kokoro and Higgs
 * Audio v2).
 */

/** Samples a second of every PCM chunk unless the stream's `turn.open` says otherwise. */
export const SAMPLE_RATE = 24_000;

/** Length of `samples` samples in milliseconds. */
export function samplesToMs(samples: number, sampleRate = SAMPLE_RATE): number {
  return (samples / sampleRate) * 1000;
}

/** Number of whole samples in `ms` milliseconds. */
export function msToSamples(ms: number, sampleRate = SAMPLE_RATE): number {
  return Math.round((ms / 1000) * sampleRate);
}

/**
 * Converts float samples (nominal range -1 … 1) to signed 16-bit. Values outside the range are clipped, NaN becomes
 * silence: a damaged sample must never become a loud one.
 */
export function floatToPcm16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const scaled = Math.round((samples[i] ?? 0) * 32_767);
    pcm[i] = scaled > 32_767 ? 32_767 : scaled < -32_768 ? -32_768 : scaled;
  }
  return pcm;
}
