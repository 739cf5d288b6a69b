/**
 * Serves the built-in model over a channel: requests in, deltas and ends out. Runs alike in its own process and, for the
 * CLI, in the caller's (then over a `channelPair`).
 *
 * Each `generate` is answered by its deltas in order and then exactly one `done` or `failed`. Closing the channel cancels
 * what runs.
 */
import type { Channel } from '../common/channel.ts';
import type { LlmReport, LlmRequest } from '../common/ports/llm.ts';
import { toAppError, unreachable } from '../common/result.ts';
import { Gate } from './gate.ts';
import type { Generator } from './generator.ts';

/** What {@link serveLlm} serves. */
export interface LlmServing {
  /** Whether no answer is being written and no file loaded. */
  readonly isIdle: boolean;
}

/** Serves `channel` from `generator` until the channel closes. `onWarm` hears when a file was loaded before it is needed. */
export function serveLlm(
  channel: Channel<LlmReport, LlmRequest>,
  generator: Generator,
  onWarm: () => void = () => undefined,
): LlmServing {
  const running = new Map<string, { readonly controller: AbortController; readonly gate: Gate }>();
  let loading = 0;
  /** Ends what is read ahead. */
  let reading = new AbortController();

  const generate = async (request: Extract<LlmRequest, { type: 'generate' }>): Promise<void> => {
    const { requestId, modelPath, messages } = request;
    reading.abort();
    const controller = new AbortController();
    const gate = new Gate();
    running.set(requestId, { controller, gate });
    try {
      const finish = await generator.generate({
        modelPath,
        messages,
        onDelta: (text) => channel.send({ type: 'delta', requestId, text }),
        signal: controller.signal,
        gate,
      });
      channel.send({ type: 'done', requestId, finish });
    } catch (thrown) {
      channel.send({ type: 'failed', requestId, error: toAppError(thrown, 'llm') });
    } finally {
      running.delete(requestId);
    }
  };

  const warm = async ({ modelPath, messages }: Extract<LlmRequest, { type: 'warm' }>): Promise<void> => {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    loading++;
    try {
      await generator.load(modelPath);
      onWarm();
      if (messages.length > 0) await generator.read({ modelPath, messages, signal });
    } catch {
      // A failure is told by the generation that needs the model.
    } finally {
      loading--;
    }
  };

  const cancel = (requestId: string): void => {
    const { controller, gate } = running.get(requestId) ?? {};
    controller?.abort();
    // What waits there would never see the abort.
    gate?.hold(false);
  };

  channel.onMessage((request) => {
    switch (request.type) {
      case 'generate':
        void generate(request);
        break;
      case 'warm':
        void warm(request);
        break;
      case 'hold':
        running.get(request.requestId)?.gate.hold(request.held);
        break;
      case 'cancel':
        cancel(request.requestId);
        break;
      default:
        unreachable(request);
    }
  });
  channel.onClose(() => {
    reading.abort();
    for (const requestId of running.keys()) cancel(requestId);
  });
  return {
    get isIdle() {
      return running.size === 0 && loading === 0;
    },
  };
}
