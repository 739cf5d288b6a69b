/**
 * How long after the first sentence of a turn the second one is there to be said, as it was lately. A first sentence of a few
 * words is over before the language model has written the next: a moment more in hand bridges that.
 */

/** How many turns back it looks. */
const WINDOW = 5;

/** No first sound waits longer for a text that is not there, ms: a voice that begins late is worse than a longer pause. */
const LONGEST_WAIT_MS = 150;

export class TextPace {
  private afterMs: number[] = [];

  /** In a turn the second sentence came `ms` after the first. */
  note(ms: number): void {
    this.afterMs = [...this.afterMs, ms].slice(-WINDOW);
  }

  /** How long the second sentence will not be there yet when the first came `ms` ago, at most {@link LONGEST_WAIT_MS}; 0 before any was seen. */
  waitMs(ms: number): number {
    const sorted = this.afterMs.toSorted((a, b) => a - b);
    const usual = sorted[sorted.length >> 1] ?? 0;
    return Math.min(LONGEST_WAIT_MS, Math.max(0, usual - ms));
  }
}
