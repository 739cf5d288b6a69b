/** Where the milestones of a turn lie on the chart: a scale up to the first sound, and behind it, broken off, the end. */
import type { TurnFigures } from './turn-state.ts';

/** The milestones in the order in which a turn passes them. */
export const MILESTONES = ['firstToken', 'firstSentence', 'firstChunk', 'firstSound', 'done'] as const;
export type Milestone = (typeof MILESTONES)[number];

/** A line of the chart. */
export interface TimelineLine {
  readonly milestone: Milestone;
  /** From Send, ms; undefined while the turn has not got there. */
  readonly atMs: number | undefined;
  /** From the milestone before it that was reached, ms. */
  readonly sinceMs: number | undefined;
  /** The bar, as shares of the chart's width. */
  readonly from: number;
  readonly to: number;
  /** Whether the bar is not on the scale: most of a turn is listening, which would leave no room for the rest. */
  readonly isBroken: boolean;
}

/** Share of the width that the scale takes; behind it is room for the end. */
const SCALE_SHARE = 0.8;

/** The lines of a turn's chart. */
export function timelineOf(figures: TurnFigures): TimelineLine[] {
  const times: Readonly<Record<Milestone, number | undefined>> = {
    firstToken: figures.firstTokenMs,
    firstSentence: figures.firstSentenceMs,
    firstChunk: figures.firstChunkMs,
    firstSound: figures.firstSoundMs,
    done: figures.doneMs,
  };
  const onScale = MILESTONES.filter((name) => name !== 'done').map((name) => times[name] ?? 0);
  const scaleMs = Math.max(...onScale, 1);
  let before = 0;
  return MILESTONES.map((milestone) => {
    const atMs = times[milestone];
    if (atMs === undefined) return { milestone, atMs, sinceMs: undefined, from: 0, to: 0, isBroken: false };
    const isBroken = atMs > scaleMs;
    const from = (Math.min(before, atMs) / scaleMs) * SCALE_SHARE;
    const to = isBroken ? 1 : (atMs / scaleMs) * SCALE_SHARE;
    const line = { milestone, atMs, sinceMs: Math.max(0, atMs - before), from, to, isBroken };
    before = Math.max(before, atMs);
    return line;
  });
}
