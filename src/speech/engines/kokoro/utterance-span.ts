/**
 * Which frames of an utterance are worth decoding: Kokoro gives every utterance silence before its first and after its last
 * sound, and the listener gets none of it. Limits measured by `build/kokoro/edges.py`.
 */
import type { Window } from './window-plan.ts';

/**
 * At speed 1 speech begins no more than so many frames before the first token after the pad, at other speeds in proportion: the pad,
 * too, lasts longer. Measured over nine voices and 360 utterances, frames at speeds 2, 1.5, 1, 0.9, 0.8 and 0.7: 1.8, 2.2, 5, 5.2, 8.6
 * and 11 at most (the last is a frame more than is taken). Slower still the model begins long before (half of the time 10 frames at 0.6, 13 at 0.5), now and then with a
 * noise that is no speech; what lies before that is left out, and the sound rises (`seam.ts`).
 */
const ONSET_FRAMES = 7;

/**
 * At speed 1 so many frames at an utterance's end are silent, at other speeds in proportion, whatever mark it ends with.
 * Measured over nine voices and 360 utterances, times the speed: 10.4 at least in those that are decoded in windows, usually 16 to 25.
 */
const SILENT_END_FRAMES = 10;

/** The frames with sound of an utterance of `frames` at `speed`, with margins. `durations`: frames of each token, pads too. */
export function spokenSpan(durations: Int32Array, frames: number, speed: number): Window {
  const begin = Math.max(0, (durations[0] ?? 0) - Math.ceil(ONSET_FRAMES / speed));
  const silent = Math.floor(SILENT_END_FRAMES / speed);
  return { begin, end: Math.max(begin + 1, frames - silent) };
}
