/** Every process → main: how main knows that a process still does something. */

/** A sign of life. If no other follows within `withinMs`, the process hangs and is ended. */
export interface Alive {
  readonly type: 'alive';
  readonly withinMs: number;
  /** It has nothing to do and nothing is under way: one that is idle for long may be ended to free its memory. */
  readonly idle?: boolean;
}

/** How often an idle process gives a sign, ms. */
export const BEAT_MS = 1_000;

/**
 * How long a process that does nothing long may be silent, ms. Wide, because a full machine may keep a process waiting; it
 * is not what a person waits for, since a process that ends is noticed at once.
 */
export const IDLE_SILENCE_MS = 15_000;

/** A process that has nothing longer to do than to answer messages says so. */
export const ALIVE: Alive = { type: 'alive', withinMs: IDLE_SILENCE_MS };
