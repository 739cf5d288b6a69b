/** The provider with no language model: the prompt itself is the answer. */
import type { ChatEvent, ChatRequest, Provider } from './provider.ts';

/** Characters handed on at a time: a long text is taken up piece by piece, as a streamed answer is. */
const SLICE = 1_000;

/** Creates it. Its answer is the newest user message, word for word. */
export function readAloud(): Provider {
  return {
    model: '',
    async *stream({ messages }: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
      const text = messages.findLast((message) => message.role === 'user')?.content ?? '';
      for (let at = 0; at < text.length && !signal.aborted; at += SLICE) {
        yield { type: 'delta', text: text.slice(at, at + SLICE) };
        await new Promise(setImmediate);
      }
      if (!signal.aborted) yield { type: 'finish', reason: 'stop' };
    },
  };
}
