/**
 * Which of the local language-model servers answer. Asking takes up to {@link DETECTION_TIMEOUT_MS}, so nobody waits for
 * it: what was last seen is given at once, and a change is told.
 */
import type { ProviderId } from '../common/provider.ts';

/** A local server that does not answer by then is shown as not there, ms. */
export const DETECTION_TIMEOUT_MS = 1_500;

const LOCAL_PROVIDERS = ['ollama', 'lm-studio', 'llama-cpp'] as const satisfies ProviderId[];

export class LocalServers {
  private readonly asks: (provider: ProviderId, timeoutMs: number) => Promise<boolean>;
  private readonly changed: () => void;
  private seen: ReadonlySet<ProviderId> = new Set();
  private looking = false;

  /** `asks` tells whether a server answers in time; `changed` is called when other servers answer than before. */
  constructor(asks: (provider: ProviderId, timeoutMs: number) => Promise<boolean>, changed: () => void) {
    this.asks = asks;
    this.changed = changed;
  }

  /** Those that answered when they were last asked. */
  get answering(): ReadonlySet<ProviderId> {
    return this.seen;
  }

  /** Asks all of them anew; a call while they are being asked adds nothing. Never rejects. */
  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const answers = await Promise.all(LOCAL_PROVIDERS.map((id) => this.answers(id)));
    this.looking = false;
    const now = new Set<ProviderId>(LOCAL_PROVIDERS.filter((_, i) => answers[i]));
    const same = now.size === this.seen.size && [...now].every((id) => this.seen.has(id));
    this.seen = now;
    if (!same) this.changed();
  }

  private async answers(id: ProviderId): Promise<boolean> {
    try {
      return await this.asks(id, DETECTION_TIMEOUT_MS);
    } catch {
      // A question that could not even be asked: the server is not there.
      return false;
    }
  }
}
