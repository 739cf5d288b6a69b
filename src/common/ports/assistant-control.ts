/** Main ↔ assistant, over the utility process's parent port. */
import type { DictionaryEntry } from '../dictionary.ts';
import type { ProviderConfig, ProviderTrial } from '../provider.ts';
import type { Reading } from '../reading.ts';
import type { AppError, Result } from '../result.ts';
import type { Exchange } from '../conversation.ts';
import type { Heard, TurnOutcome } from '../sentence.ts';
import type { VoiceSource } from '../voice.ts';

/** What main tells the assistant of one prompt. */
export interface TurnStart {
  readonly turnId: string;
  readonly prompt: string;
  readonly provider: ProviderConfig;
  readonly systemPrompt: string;
  readonly voice: VoiceSource;
  readonly speed: number;
  readonly pauseMs: number;
  readonly crossfadeMs: number;
  readonly reading: Reading;
}

/** What a prompt that is being typed will follow on. */
export interface PromptContext {
  readonly systemPrompt: string;
  readonly exchanges: readonly Exchange[];
}

/** A text that was written already and is to be heard (again). It is no part of the conversation. */
export interface Replay extends Pick<
  TurnStart,
  'turnId' | 'voice' | 'speed' | 'pauseMs' | 'crossfadeMs' | 'reading'
> {
  readonly text: string;
  /** Offset in `text`; the sentence in which it lies is the first that is said. */
  readonly from: number;
}

/** Main → assistant. */
export type AssistantCommand =
  /** A prompt. A turn that is still running is stopped first, as by `turn.stop`. */
  | { readonly type: 'turn.start'; readonly turn: TurnStart }
  /** Stop; history keeps what `heard` says. Answered on the turn port by `turn.end`. */
  | { readonly type: 'turn.stop'; readonly turnId: string; readonly heard: Heard | undefined }
  /** The voice (and speed) from the next sentence on. */
  | { readonly type: 'turn.voice'; readonly voice: VoiceSource; readonly speed: number }
  /**
   * Say the running turn's sentences from the one with index `from` on (again), in this voice and speed. Those before it
   * play out.
   */
  | {
      readonly type: 'turn.resay';
      readonly turnId: string;
      readonly from: number;
      /** Offset in the answer; sentences that end before it are passed over. */
      readonly offset: number;
      readonly voice: VoiceSource;
      readonly speed: number;
    }
  /** A turn without a language model: the text is cut and said from its `from` on. A turn that runs is stopped first. */
  | { readonly type: 'turn.replay'; readonly replay: Replay }
  /** What the next prompt follows on; replaces what was remembered. */
  | { readonly type: 'conversation.load'; readonly exchanges: readonly Exchange[] }
  /** The person's own dictionary, whole, from the next sentence on. */
  | { readonly type: 'dictionary'; readonly entries: readonly DictionaryEntry[] }
  /** Load the built-in model now, so that the first prompt need not wait for it, and have it read what that will follow on. */
  | { readonly type: 'llm.warm'; readonly modelPath: string; readonly context: PromptContext | undefined }
  /** Comes with one port: the other end is the named process or window. A newer port replaces an older one. */
  | { readonly type: 'port'; readonly peer: 'speech' | 'window' | 'llm' }
  /** The voice ended and will not be started again by itself. */
  | { readonly type: 'speech.gone'; readonly error: AppError }
  /** The built-in model's process could not be started or has ended. */
  | { readonly type: 'llm.gone'; readonly error: AppError }
  /** Ask a server for its models; answered by `models` with the same id. */
  | { readonly type: 'models.list'; readonly requestId: string; readonly provider: ProviderConfig }
  /** Try a provider with a small request; answered by `provider.tried` with the same id. */
  | { readonly type: 'provider.try'; readonly requestId: string; readonly provider: ProviderConfig };

/** Assistant → main. */
export type AssistantReport =
  | { readonly type: 'ready' }
  /** A turn wants the built-in model: start its process and send its port. */
  | { readonly type: 'llm.wanted' }
  /**
   * What stands of a turn's answer: while it is written, when it ends, and when it is stopped after its end. The newest
   * counts. `heardEnd` is the offset up to which it was heard, or may still be.
   */
  | {
      readonly type: 'turn.record';
      readonly turnId: string;
      readonly answer: string;
      readonly heardEnd: number;
      readonly model: string;
      /** Undefined while it runs. */
      readonly outcome: TurnOutcome | undefined;
      readonly error: AppError | undefined;
    }
  | {
      readonly type: 'models';
      readonly requestId: string;
      readonly models: readonly string[];
      readonly error: AppError | undefined;
    }
  | { readonly type: 'provider.tried'; readonly requestId: string; readonly trial: Result<ProviderTrial> };
