/** Window ↔ worklet, over the AudioWorkletNode's own port. Sound does not pass here: it has the speech port. */
import type { TurnPhase } from './turn-sound.ts';

/** The name under which the worklet registers its processor. */
export const PLAYER_PROCESSOR = 'aloud-player';

/** Window → worklet. */
export type WorkletCommand =
  /** The speech process's port, transferred. A newer one replaces an older one. */
  | { readonly type: 'port'; readonly port: MessagePort }
  /** Silence until `resume`; nothing is lost. */
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Let the current sentence of the turn end and begin no other until speech says the rest anew; answered by `held`. */
  | { readonly type: 'hold'; readonly turnId: string }
  /** Go to a sentence at once; answered by `went`. */
  | { readonly type: 'go'; readonly turnId: string; readonly sentenceIndex: number }
  /** Silence now, and refuse what still comes of the turn. */
  | { readonly type: 'stop'; readonly turnId: string };

/**
 * How playing stands; sent when the phase or the sentence changed, else at most every {@link PROGRESS_MS} and only when
 * something changed.
 */
export interface PlaybackProgress {
  readonly type: 'progress';
  readonly turnId: string;
  readonly phase: TurnPhase;
  /** Chunks received in the turn. */
  readonly chunks: number;
  /** Sound that is queued, ms. */
  readonly bufferMs: number;
  /** The newest sentence of which a sample was handed to the sound card; -1 before the first. */
  readonly sentenceIndex: number;
  /** How much of that sentence was handed over, ms. */
  readonly sentenceMs: number;
  /** How much of the turn was handed over, ms; pauses are not counted. */
  readonly heardMs: number;
  readonly underruns: number;
  /** The audio clock when the last of this is handed to the sound card, seconds. */
  readonly contextTimeS: number;
}

/**
 * Least time between two progress reports of the same sentence and phase, ms. The window brings each into the page; between
 * them it reckons on (`position-track.ts`).
 */
export const PROGRESS_MS = 100;

/** Worklet → window. */
export type WorkletReport =
  | PlaybackProgress
  /** The turn's first chunk came; `epochMs` is the wall clock (`Date.now()`), which both threads share. */
  | { readonly type: 'first-chunk'; readonly turnId: string; readonly epochMs: number }
  /** The turn's first audible sample was handed over; `contextTimeS` is its place on the audio clock, seconds. */
  | { readonly type: 'first-sound'; readonly turnId: string; readonly contextTimeS: number }
  /** The turn goes no further than this sentence (-1: nothing was played) until the rest comes anew. */
  | { readonly type: 'held'; readonly turnId: string; readonly sentenceIndex: number }
  /** The turn went to the sentence. Not `isQueued`: nothing is queued any more, and speech must be asked for it. */
  | {
      readonly type: 'went';
      readonly turnId: string;
      readonly sentenceIndex: number;
      readonly isQueued: boolean;
    }
  /** All of the turn was handed over. */
  | { readonly type: 'drained'; readonly turnId: string }
  /** The turn was refused: its sound has a rate that this player was not built for. */
  | { readonly type: 'rate-unsupported'; readonly turnId: string; readonly sampleRate: number };
