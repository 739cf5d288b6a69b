/**
 * Which frames of an utterance are worth decoding: Kokoro gives every utterance silence before its first and after its last
 * sound, and the listener gets none of it. Limits measured by `build/kokoro/edges.py`.
 */
import type { Window } from './window-plan.ts';

/** Speech never begins more than so many frames before the first token after the pad (measured: 5). */
const ONSET_FRAMES = 7;

/**
 * At speed 1 so many frames at an utterance's end are silent, at other speeds in proportion, whatever mark it ends with.
 * Measured over nine voices and 360 utterances: 10.4 at least in those that are decoded in windows, usually 16 to 25.
 */
const SILENT_END_FRAMES = 10;

/** The frames with sound of an utterance of `frames` at `speed`, with margins. `durations`: frames of each token, pads too. */
export function spokenSpan(durations: Int32Array, frames: number, speed: number): Window {
  const begin = Math.max(0, (durations[0] ?? 0) - ONSET_FRAMES);
  const silent = Math.floor(SILENT_END_FRAMES / speed);
  return { begin, end: Math.max(begin + 1, frames - silent) };
}
