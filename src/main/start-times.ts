/**
 * Takes the times of this start of the app. What is ready a second time, because a process was started again, does not count.
 */
import type { AppStart } from '../library/app-starts.ts';

/** What a person waits for at the start. */
export type StartPart = 'window' | 'voice' | 'model';

export class StartTimes {
  private readonly startedAtMs: number;
  private readonly version: string;
  private readonly keep: (start: AppStart) => void;
  private readonly now: () => number;
  private readonly times = new Map<StartPart, number>();

  /**
   * `startedAtMs`: when the main process started, and `now`: the wall clock, both in ms since 1970. `keep` is called when
   * window and voice are there, and again when the model follows.
   */
  constructor(options: {
    readonly startedAtMs: number;
    readonly version: string;
    readonly keep: (start: AppStart) => void;
    readonly now?: () => number;
  }) {
    this.startedAtMs = options.startedAtMs;
    this.version = options.version;
    this.keep = options.keep;
    this.now = options.now ?? (() => Date.now());
  }

  /** A part is ready now. */
  ready(part: StartPart): void {
    if (this.times.has(part)) return;
    this.times.set(part, Math.max(0, Math.round(this.now() - this.startedAtMs)));
    const windowMs = this.times.get('window');
    const voiceMs = this.times.get('voice');
    if (windowMs === undefined || voiceMs === undefined) return;
    const startedAt = new Date(this.startedAtMs).toISOString();
    const modelMs = this.times.get('model') ?? null;
    this.keep({ startedAt, version: this.version, windowMs, voiceMs, modelMs });
  }
}
