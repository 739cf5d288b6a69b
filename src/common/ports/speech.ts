/** Assistant ↔ speech: sentences to be said, and what became of them. */
import type { AppError } from '../result.ts';
import type { Sentence, SpokenWord } from '../sentence.ts';
import type { VoiceSource } from '../voice.ts';

/** Assistant → speech. */
export type SpeechRequest =
  /** A turn begins. Whatever is left of an earlier turn is dropped. Sent before the turn's first sentence. */
  | {
      readonly type: 'turn.begin';
      readonly turnId: string;
      readonly pauseMs: number;
      readonly crossfadeMs: number;
      /** Whether its text is still being written by a model on this machine, which waits while the voice is pressed. */
      readonly besideModel: boolean;
    }
  /** One sentence, in order of `index`. Answered by `sentence.started`, then `sentence.done` or `sentence.failed`. */
  | {
      readonly type: 'sentence.say';
      readonly sentence: Sentence;
      readonly voice: VoiceSource;
      readonly speed: number;
    }
  /**
   * Sentences with an index of `from` or more are dropped wherever they are, the player included, and will be asked for
   * anew. What comes before `from` is said and played out. A turn that was finished is open again. Answered by `turn.taken-back`.
   */
  | { readonly type: 'turn.resay'; readonly turnId: string; readonly from: number }
  /** A sentence that failed is given up: later ones may be said. Not answered. */
  | { readonly type: 'sentence.skip'; readonly turnId: string; readonly index: number }
  /** No more sentences will come, and a failed one is given up; answered by `turn.spoken` when all are synthesised and sent to the player. */
  | { readonly type: 'turn.finish'; readonly turnId: string }
  /** The turn is over: the queue is emptied and the engine is cancelled at its next step. No answer. */
  | { readonly type: 'turn.stop'; readonly turnId: string };

/** Speech → assistant. */
export type SpeechReport =
  /**
   * The engine took the sentence up. `rtf`: its real-time factor lately (time of the engine over length of sound); above 1
   * the listener will have to wait. Undefined where nothing was measured.
   */
  | {
      readonly type: 'sentence.started';
      readonly turnId: string;
      readonly index: number;
      readonly rtf: number | undefined;
    }
  /** When words of it sound, known as their sound begins to come. A long sentence tells its words part by part. */
  | {
      readonly type: 'sentence.words';
      readonly turnId: string;
      readonly index: number;
      readonly words: readonly SpokenWord[];
    }
  /**
   * Whether the voice is at work while little of its sound lies ready: what competes with it for the processor should wait
   * meanwhile. Told when it changes; a turn begins without.
   */
  | { readonly type: 'voice.pressed'; readonly turnId: string; readonly pressed: boolean }
  /** All its chunks went to the player. `synthMs` is the engine's own time. */
  | {
      readonly type: 'sentence.done';
      readonly turnId: string;
      readonly index: number;
      readonly audioMs: number;
      readonly synthMs: number;
    }
  /**
   * The engine could not say it; no chunk of it will come (any more). The assistant decides: again, skip, or stop; nothing
   * later is said before that.
   */
  | {
      readonly type: 'sentence.failed';
      readonly turnId: string;
      readonly index: number;
      readonly error: AppError;
    }
  /**
   * A `turn.resay` was heard. What was reported before of sentences that it takes back, or of the turn's end, was on its way
   * when it was sent and holds no more; nothing of theirs is reported after it but what they were asked for anew.
   */
  | { readonly type: 'turn.taken-back'; readonly turnId: string }
  /** Everything asked for in the turn went to the player. */
  | { readonly type: 'turn.spoken'; readonly turnId: string; readonly sentences: number };
