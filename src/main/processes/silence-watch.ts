/**
 * Tells when a process has been silent for longer than it said it would be. Time is counted in the watcher's own ticks, not by
 * a clock: while the machine sleeps neither counts, and a watcher that was kept waiting does not blame the watched.
 */
export class SilenceWatch {
  private readonly tickMs: number;
  private leftMs: number;

  /** `firstMs`: how long the first sign of life may take. */
  constructor(tickMs: number, firstMs: number) {
    this.tickMs = tickMs;
    this.leftMs = firstMs;
  }

  /** A sign of life; the next follows within `withinMs`. */
  heard(withinMs: number): void {
    this.leftMs = withinMs;
  }

  /** One tick later: whether the process is overdue. */
  tick(): boolean {
    this.leftMs -= this.tickMs;
    return this.leftMs < 0;
  }
}
