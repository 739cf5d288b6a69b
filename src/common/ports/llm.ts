/** Assistant ↔ the built-in language model's process. One generation at a time. */
import type { ChatMessage } from '../provider.ts';
import type { AppError } from '../result.ts';

/** Assistant → llm. */
export type LlmRequest =
  /** Loads the GGUF file unless it is loaded already, then answers the last user message. */
  | {
      readonly type: 'generate';
      readonly requestId: string;
      readonly modelPath: string;
      readonly messages: readonly ChatMessage[];
    }
  /**
   * Loads the GGUF file so that the first prompt need not wait, and reads what that prompt will follow on: messages as for
   * `generate`, the last an empty prompt; none: nothing is read. The next `generate` ends the reading. No answer.
   */
  | { readonly type: 'warm'; readonly modelPath: string; readonly messages: readonly ChatMessage[] }
  /** Has a generation write no further until it may go on. No answer. */
  | { readonly type: 'hold'; readonly requestId: string; readonly held: boolean }
  /** Ends a generation; it is answered by `done` with `cancelled`. */
  | { readonly type: 'cancel'; readonly requestId: string };

/** Llm → main, over the utility process's parent port: the GGUF file that main had warmed is loaded. */
export interface LlmLoaded {
  readonly type: 'loaded';
}

/** Llm → assistant. */
export type LlmReport =
  | { readonly type: 'delta'; readonly requestId: string; readonly text: string }
  /** `length`: the model's context is full, so the answer is cut. */
  | { readonly type: 'done'; readonly requestId: string; readonly finish: 'stop' | 'length' | 'cancelled' }
  | { readonly type: 'failed'; readonly requestId: string; readonly error: AppError };
