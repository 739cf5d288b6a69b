/**
 * Which frames of an utterance are worth decoding: Kokoro gives every utterance silence before its first and after its last
 * sound, and the listener gets none of it. Limits measured by `build/kokoro/edges.py`; its README has the figures.
 */
import type { EdgeLevels } from './edge-levels.ts';
import { X_STEPS_PER_FRAME } from './prepare/generator-layout.ts';
import type { FrontTensor } from './statistics-predictor.ts';
import type { Window } from './window-plan.ts';

/** From this expected level on a frame is taken to sound, dB: some dB below the level from which on it does (`trim.ts`, −60). */
const SOUNDS_FROM_DB = -64;

/** So many frames more are decoded on either side, and so many silent ones does a window at an edge begin or end with, as a rule. */
const FRAMES_BEFORE = 2;
const FRAMES_AFTER = 3;

/**
 * What sounds before the first word and is parted from it by more frames of silence than this is no speech: the model sounds in its
 * own pad now and then when it speaks at half its pace.
 */
const LONGEST_GAP_FRAMES = 2;

/** What an utterance's edges are known by. */
export interface UtteranceEdges {
  readonly x: FrontTensor;
  /** Frames of each token, pads included. */
  readonly durations: Int32Array;
}

/** The frames with sound of an utterance, with margins; all where none is expected to sound. */
export function spokenSpan({ x, durations }: UtteranceEdges, levels: EdgeLevels): Window {
  const frames = x.steps / X_STEPS_PER_FRAME;
  const sounds = (frame: number): boolean => frame >= 0 && levels.levelOf(x, frame) >= SOUNDS_FROM_DB;
  // The first word is near the end of the pad: it begins with the last sound before that, or with the first behind it.
  let begin = Math.min(durations[0] ?? 0, frames);
  while (begin < frames && !sounds(begin)) begin++;
  if (begin === frames) return { begin: 0, end: frames };
  for (let gap = 0, at = begin - 1; gap <= LONGEST_GAP_FRAMES && at >= 0; at--) {
    gap = sounds(at) ? 0 : gap + 1;
    if (gap === 0) begin = at;
  }
  let end = frames;
  while (!sounds(end - 1)) end--;
  return { begin: Math.max(0, begin - FRAMES_BEFORE), end: Math.min(frames, end + FRAMES_AFTER) };
}
