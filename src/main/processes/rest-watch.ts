/**
 * Tells when a process has been idle for so long that it may rest: be ended, so that its memory is free, and be started again
 * when it is wanted. Time is counted in the watcher's own ticks, as in `silence-watch.ts`: while the machine sleeps it stands
 * still.
 */
export class RestWatch {
  private readonly tickMs: number;
  private idleMs = 0;
  private isIdle = false;

  constructor(tickMs: number) {
    this.tickMs = tickMs;
  }

  /** A sign of the process: whether it is idle now. */
  heard(isIdle: boolean): void {
    this.isIdle = isIdle;
    if (!isIdle) this.idleMs = 0;
  }

  /** The process is wanted, or soon will be: counting begins anew. */
  touch(): void {
    this.idleMs = 0;
  }

  /** One tick later: whether it has been idle for `afterMs` or longer; never when that is undefined. */
  tick(afterMs: number | undefined): boolean {
    if (this.isIdle) this.idleMs += this.tickMs;
    return afterMs !== undefined && this.isIdle && this.idleMs >= afterMs;
  }
}
