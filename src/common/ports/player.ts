/**
 * Speech ↔ player (the AudioWorklet). PCM goes one way, credit the other. The port ends in the audio thread: no message
 * of it passes the window's main thread.
 */
import type { PcmChunk } from '../sentence.ts';

/** Speech → player. */
export type PlayerInput =
  /**
   * A turn's sound begins; sound of any earlier turn is dropped. For the turn that is being played: speech was started anew;
   * what is whole of it plays on, and the sentence that broke off comes again from its start. Playback starts when `startBufferMs` of sound are queued
   * or the turn's input is finished. Between sentences lie `pauseMs` of silence, or they overlap by `crossfadeMs`.
   */
  | {
      readonly type: 'turn.open';
      readonly turnId: string;
      readonly sampleRate: number;
      readonly startBufferMs: number;
      readonly pauseMs: number;
      readonly crossfadeMs: number;
    }
  /** Sound, in order of sentence and chunk. */
  | ({ readonly type: 'chunk' } & PcmChunk)
  /**
   * Drop what is queued of sentences with an index of `from` or more: they come anew, and the turn is open again if it
   * was finished. What was dropped counts as taken for the credit.
   */
  | { readonly type: 'turn.resay'; readonly turnId: string; readonly from: number }
  /** Nothing more will come for the turn: play out and report `drained`. */
  | { readonly type: 'turn.finish'; readonly turnId: string }
  /** Drop what is queued of the turn, with a ramp to silence of at most 10 ms. */
  | { readonly type: 'turn.stop'; readonly turnId: string };

/** Player → speech. */
export type PlayerCredit = {
  /**
   * Sent on `turn.open` and as playing goes on: speech may send sound until the turn's total (sentences' samples, pauses
   * not counted) reaches `upToMs`. It never shrinks within a turn, so a late message cannot do harm.
   */
  readonly type: 'credit';
  readonly turnId: string;
  readonly upToMs: number;
};

/** Credit is told in steps of so much sound, ms: the player may have played so much more than it said. */
export const CREDIT_STEP_MS = 100;

/** How much sound may be queued at the player, ms. */
export const PLAYER_CREDIT_MS = 12_000;
