/** What the turn needs from a language model, wherever it runs. */
import type { ChatMessage } from '../../common/provider.ts';

/** One request for an answer. */
export interface ChatRequest {
  /** System prompt first, then the conversation, the person's new prompt last. */
  readonly messages: readonly ChatMessage[];
}

/** What comes of it. The iteration ends after `finish`; failures are thrown as `AppFailure`. */
export type ChatEvent =
  | { readonly type: 'delta'; readonly text: string }
  /** Something to tell the person, for example that the request is being tried again. */
  | { readonly type: 'notice'; readonly message: string }
  /** `length`: the answer was cut by the model's limit. */
  | { readonly type: 'finish'; readonly reason: 'stop' | 'length' };

/** A language model. */
export interface Provider {
  /** Model name as shown; may be resolved on the first request where the person set none. */
  readonly model: string;
  /** Streams an answer. Aborting ends the iteration without an error. */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  /** Has a model that runs on this machine write no further until it may go on. */
  hold?(held: boolean): void;
}
