/** The built-in model as a provider: its process is asked, its deltas become the answer. */
import { randomUUID } from 'node:crypto';
import type { ProviderConfig } from '../../common/provider.ts';
import { AppFailure, fail, unreachable } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import type { LlmLink, LlmListener } from './llm-link.ts';
import { Mailbox } from './mailbox.ts';
import { Patience } from './patience.ts';
import type { ChatEvent, ChatRequest, Provider } from './provider.ts';

/** How long loading the model and reading the prompt may take, ms: 4,096 tokens on one slow core take about 40 s. */
const FIRST_DELTA_MS = 180_000;
/** How long the model may be silent within an answer, ms. A token takes 10 to 50 ms. */
const STALL_MS = 60_000;

/** Creates the provider of one turn over the link to the model's process. */
export function builtIn(config: Extract<ProviderConfig, { kind: 'built-in' }>, link: LlmLink): Provider {
  const requestId = randomUUID();
  let held = false;
  let current: Patience | undefined;
  return {
    model: config.model,
    hold: (now) => {
      held = now;
      // What is held has nothing to write: its silence is no stall.
      current?.hold(now);
      link.hold(requestId, now);
    },
    async *stream({ messages }: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
      if (signal.aborted) return;
      const mailbox = new Mailbox<Parameters<LlmListener>[0] | { readonly type: 'stalled' | 'aborted' }>();
      const abort = (): void => mailbox.put({ type: 'aborted' });
      const patience = new Patience(() => mailbox.put({ type: 'stalled' }));
      patience.hold(held);
      current = patience;
      signal.addEventListener('abort', abort);
      try {
        link.generate({ type: 'generate', requestId, modelPath: config.modelPath, messages }, (report) =>
          mailbox.put(report),
        );
        for (let limitMs = FIRST_DELTA_MS; ; limitMs = STALL_MS) {
          patience.arm(limitMs);
          const report = await mailbox.take();
          patience.disarm();
          switch (report.type) {
            case 'delta':
              yield { type: 'delta', text: report.text };
              break;
            case 'done':
              if (report.finish !== 'cancelled') yield { type: 'finish', reason: report.finish };
              return;
            case 'aborted':
              return;
            case 'failed':
            case 'gone':
              throw new AppFailure(report.error);
            case 'stalled':
              fail('stream-stalled', 'llm', FAILURES.builtIn.silent(limitMs / 1000), { retryable: true });
              break;
            default:
              unreachable(report);
          }
        }
      } finally {
        patience.disarm();
        current = undefined;
        signal.removeEventListener('abort', abort);
        link.cancel(requestId);
      }
    },
  };
}
