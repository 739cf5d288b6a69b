/**
 * What the generator sees around a window of an utterance: what its convolutions reach over. A part that works in finer
 * steps reaches less far, and stands later: so each next one sees fewer frames, and most of the work is done on few more
 * frames than sound. Beyond an utterance's silent edges less is enough.
 */
import type { Window } from './window-plan.ts';

/**
 * Frames that each part sees on either side of a window. With these the float generator's windows are the whole
 * utterance's to −120 dB, with the same statistics; one less for the first stage makes it −79 dB, none for the second
 * −10 dB.
 */
const CONTEXT_FRAMES: Spread = { window: 5, firstStage: 4, secondStage: 1 };

/**
 * The same on a side where the utterance's own silence lies, of which two frames and more are decoded (`utterance-span.ts`): the
 * distance to the float graph's whole utterance is what it was when five were (build/kokoro/README.md, "Silence at the edges").
 */
const EDGE_CONTEXT_FRAMES: Spread = { window: 2, firstStage: 2, secondStage: 1 };

/** Share of a frame's multiplications in each part: from the generator's widths, kernels and steps a frame. */
const WORK_SHARE: Spread = { window: 0.09, firstStage: 0.28, secondStage: 0.63 };

/** A number for each part of the generator: what lies before the first stage's residual blocks, these, and the second stage. */
interface Spread {
  readonly window: number;
  readonly firstStage: number;
  readonly secondStage: number;
}

/** Work beside the frames that sound, in frames, that a window in the middle of an utterance costs. */
export const CONTEXT_WORK_FRAMES = 2 * worth(CONTEXT_FRAMES);

/** The frames that each part of the generator sees, within an utterance. */
export interface WindowSpans {
  readonly window: Window;
  readonly firstStage: Window;
  /** These sound. */
  readonly secondStage: Window;
}

/** What is seen around `window`, of an utterance of `frames` of which `spoken` are worth decoding. */
export function windowSpans(window: Window, spoken: Window, frames: number): WindowSpans {
  const left = window.begin === spoken.begin ? EDGE_CONTEXT_FRAMES : CONTEXT_FRAMES;
  const right = window.end === spoken.end ? EDGE_CONTEXT_FRAMES : CONTEXT_FRAMES;
  const around = (part: keyof Spread): Window => ({
    begin: Math.max(0, window.begin - left[part]),
    end: Math.min(frames, window.end + right[part]),
  });
  return {
    window: around('window'),
    firstStage: around('firstStage'),
    secondStage: around('secondStage'),
  };
}

/** A whole utterance, which has nothing around it. */
export function wholeSpans(frames: number): WindowSpans {
  const whole = { begin: 0, end: frames };
  return { window: whole, firstStage: whole, secondStage: whole };
}

/** The work of decoding these spans, in frames of a whole utterance. */
export function workFrames({ window, firstStage, secondStage }: WindowSpans): number {
  const length = ({ begin, end }: Window): number => end - begin;
  return worth({
    window: length(window),
    firstStage: length(firstStage),
    secondStage: length(secondStage),
  });
}

function worth(frames: Spread): number {
  return (
    frames.window * WORK_SHARE.window +
    frames.firstStage * WORK_SHARE.firstStage +
    frames.secondStage * WORK_SHARE.secondStage
  );
}
