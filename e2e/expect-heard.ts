/** The one judgement of all tests that claim sound: is this text in the recording, in order, whole? */
import { expect } from '@playwright/test';
import type { ReferenceSentence } from './reference-speech.ts';
import { followSound, soften } from './sound/analysis.ts';
import { RECORDING_RATE } from './sound/pulse.ts';

/**
 * Time that may be missing or too much in a whole recording, ms: one buffer of the sound device. On a shared machine the
 * host may take the processor away for that long, and no program can help it.
 */
const ONE_DEVICE_BUFFER_MS = 60;

/** A stretch of 200 ms that holds such a hole correlates less; there may be one in a recording, like the hole. */
const DAMAGED_STRETCHES = 1;

/** Each sentence lies in the recording after the one before, true in every 200 ms of it, with no hole and nothing lost. */
export function expectHeard(recording: Int16Array, sentences: readonly ReferenceSentence[]): void {
  expect(sentences.length).toBeGreaterThan(0);
  const heard = soften(recording);
  let from = 0;
  let jumpMs = 0;
  let damaged = 0;
  for (const { text, pcm } of sentences) {
    const trace = followSound(heard, soften(pcm), {
      from,
      segment: RECORDING_RATE / 5,
      reach: RECORDING_RATE / 10,
    });
    damaged += trace.correlations.filter((correlation) => correlation < 0.8).length;
    expect(damaged, `undamaged up to the end of "${text}"`).toBeLessThanOrEqual(DAMAGED_STRETCHES);
    expect(Math.max(...trace.correlations), `"${text}" is heard`).toBeGreaterThan(0.95);
    // A sample to and fro is the fraction of a sample by which the sound server's resampling moves.
    const jumps = trace.jumps.filter((jump) => Math.abs(jump) > 1);
    jumpMs += jumps.reduce((sum, jump) => sum + Math.abs(jump), 0) / (RECORDING_RATE / 1000);
    expect(jumpMs, `no hole up to the end of "${text}"`).toBeLessThan(ONE_DEVICE_BUFFER_MS);
    from = trace.end - RECORDING_RATE / 10;
  }
}
