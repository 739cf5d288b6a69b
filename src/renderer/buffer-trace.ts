/**
 * The player's buffer over the time of a turn, in a bounded number of points: when there are {@link MOST_POINTS} every
 * second one is dropped and new ones come half as often. Gaps are never dropped.
 */

/** How much sound was queued at a time. */
export interface BufferPoint {
  /** From Send, ms. */
  readonly atMs: number;
  readonly bufferMs: number;
  /** Whether the player had just run dry. */
  readonly isGap: boolean;
}

export interface BufferTrace {
  readonly points: readonly BufferPoint[];
  /** Least time between two points, ms. */
  readonly intervalMs: number;
}

/** The most points of a trace, gaps aside. */
export const MOST_POINTS = 400;

/** A trace at its beginning: ten points a second. */
export const EMPTY_TRACE: BufferTrace = { points: [], intervalMs: 100 };

/** The trace with a point, unless the last one is too near. */
export function traced(trace: BufferTrace, point: BufferPoint): BufferTrace {
  const { points, intervalMs } = trace;
  const last = points.at(-1);
  if (!point.isGap && last !== undefined && point.atMs < last.atMs + intervalMs) return trace;
  if (points.length < MOST_POINTS) return { points: [...points, point], intervalMs };
  const kept = points.filter(({ isGap }, at) => isGap || at % 2 === 0);
  return { points: [...kept, point], intervalMs: intervalMs * 2 };
}

/** At most `count` points, evenly over the trace, its first and last among them, and every gap besides. */
export function thinned(points: readonly BufferPoint[], count: number): BufferPoint[] {
  if (points.length <= count) return [...points];
  const step = (points.length - 1) / (count - 1);
  const even = new Set(Array.from({ length: count }, (_, at) => Math.round(at * step)));
  return points.filter(({ isGap }, at) => isGap || even.has(at));
}
