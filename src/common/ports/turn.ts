/** Assistant → window: what happens in a turn, as it happens. The window answers nothing on this port. */
import type { AppError } from '../result.ts';
import type { Sentence, TurnOutcome } from '../sentence.ts';
import type { SpeechReport } from './speech.ts';

export type TurnEvent =
  /** The assistant took the prompt up. */
  | {
      readonly type: 'turn.started';
      readonly turnId: string;
      readonly provider: string;
      readonly model: string;
      /** Exchanges at the conversation's beginning that were too long ago to be sent along. */
      readonly forgotten: number;
    }
  /** Text of the answer, in order; joined, the deltas are the answer. */
  | { readonly type: 'turn.delta'; readonly turnId: string; readonly text: string }
  /** A sentence was cut and handed to speech; again when it is said anew. */
  | { readonly type: 'turn.sentence'; readonly turnId: string; readonly sentence: Sentence }
  /** A sentence could not be said and was left out; `error` says why. The turn goes on. */
  | {
      readonly type: 'sentence.skipped';
      readonly turnId: string;
      readonly index: number;
      readonly error: AppError;
    }
  /** What speech reports of a sentence, passed on as it is: taken up, when its words sound, complete at the player. */
  | Extract<SpeechReport, { type: 'sentence.started' | 'sentence.words' | 'sentence.done' }>
  /** Something to know while the turn goes on, for example that a request is tried again. */
  | { readonly type: 'turn.notice'; readonly turnId: string; readonly message: string }
  /** The answer's text is whole (`error` undefined) or broke off. Speaking goes on. */
  | { readonly type: 'turn.text-end'; readonly turnId: string; readonly error: AppError | undefined }
  /**
   * The assistant's last word on the turn: all that will be spoken is at the player, or the turn was stopped or failed.
   */
  | {
      readonly type: 'turn.end';
      readonly turnId: string;
      readonly outcome: TurnOutcome;
      readonly error: AppError | undefined;
    };
