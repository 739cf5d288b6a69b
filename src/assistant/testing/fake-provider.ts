/** A language model for tests: writes what it is told to, one delta a tick, honours the signal, and can break off. */
import type { ChatEvent, ChatRequest, Provider } from '../providers/provider.ts';

export class FakeProvider implements Provider {
  readonly model = 'fake/model';
  /** What is written: deltas, other events, or a failure to be thrown there. */
  script: readonly (string | ChatEvent | Error)[] = ['Hello there.'];
  /** After the script, write nothing more until aborted. */
  hangs = false;
  /** How often a delta was asked for. */
  pulls = 0;
  /** Whether the last stream was aborted. */
  aborted = false;
  readonly requests: ChatRequest[] = [];
  /** Whether it was to wait, each time it was told. */
  readonly holds: boolean[] = [];

  hold(held: boolean): void {
    this.holds.push(held);
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    this.requests.push(request);
    signal.addEventListener('abort', () => {
      this.aborted = true;
    });
    for (const item of this.script) {
      this.pulls++;
      await new Promise(setImmediate);
      if (signal.aborted) return;
      if (item instanceof Error) throw item;
      yield typeof item === 'string' ? { type: 'delta', text: item } : item;
      if (typeof item !== 'string' && item.type === 'finish') return;
    }
    if (this.hangs) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    else if (!signal.aborted) yield { type: 'finish', reason: 'stop' };
  }
}
