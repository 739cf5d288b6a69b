/** How much sound must lie ready before playing begins, so that it will not run dry; the player holds it as `startBufferMs`. */
import { PLAYER_CREDIT_MS } from '../common/ports/player.ts';

/** The least start buffer, ms: covers the ways between the processes and one late audio callback. */
export const LEAST_START_BUFFER_MS = 80;

/** The largest start buffer, ms: the player takes no more than its credit, so a larger one would never fill. */
export const LARGEST_START_BUFFER_MS = PLAYER_CREDIT_MS - 2_000;

/** A run takes now and then longer than those before it. */
const SAFETY = 1.15;

/**
 * How much earlier than the ear the player wants sound, ms: the device takes what it asked for (40 ms, `player.ts`) at once, and a
 * chunk that comes between two such callbacks is not seen before the second. The ways between the processes are in it too.
 * Without it a first sentence had a hole of 5 ms now and then, where the second run came within 40 ms of its time.
 */
const TAKEN_AHEAD_MS = 50;

/** The start buffer, ms, when `leadMs` of sound would just do (see `SpeedMeter.leadMs`). */
export function startBufferMs(leadMs: number): number {
  const safe = Math.ceil(leadMs * SAFETY + TAKEN_AHEAD_MS);
  return Math.min(LARGEST_START_BUFFER_MS, Math.max(LEAST_START_BUFFER_MS, safe));
}
