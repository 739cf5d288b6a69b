/** Decides whether and when a process that ended unasked is started again. Knows no process and no clock. */

/** Waiting times before the first, second and third restart, ms. */
const DELAYS_MS = [500, 2_000, 8_000] as const;

/** Ends older than this are forgiven, ms. */
const WINDOW_MS = 5 * 60_000;

export class RestartPolicy {
  private exits: number[] = [];

  /**
   * Notes an end at `nowMs` (any clock that does not go back) and gives the time to wait before the restart, ms, or
   * undefined when there have been too many within five minutes.
   */
  delayAfterExit(nowMs: number): number | undefined {
    this.exits = [...this.exits.filter((at) => nowMs - at < WINDOW_MS), nowMs];
    return DELAYS_MS[this.exits.length - 1];
  }
}
