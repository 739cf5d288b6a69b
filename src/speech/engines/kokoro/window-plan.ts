/**
 * In which windows the generator decodes an utterance: the first as small as keeps the sound going, each next one as large
 * as can be made while what was made before plays, none so large that a stop must wait long. Pure arithmetic over the
 * time that a frame takes.
 */
import { TAKEN_AHEAD_MS } from '../../start-buffer.ts';
import { SAMPLES_PER_FRAME } from './prepare/generator-layout.ts';
import { CONTEXT_WORK_FRAMES } from './window-context.ts';

/** Length of a frame, ms. */
export const FRAME_MS = SAMPLES_PER_FRAME / 24;

/** The smallest window but the first. */
const SMALLEST_WINDOW = 12;

/** So many of a first window's frames may be silent (`utterance-span.ts`). */
const SILENT_FRAMES = 3;

/** The largest window: beyond it the share of the context hardly falls. */
const LARGEST_WINDOW = 48;

/** A window's run should end within so long, ms: a stop is heard between runs. */
const LONGEST_RUN_MS = 150;

/** A run takes now and then so much longer than runs before it. */
const SAFETY = 1.3;

/**
 * The same of a run whose threads have all cores, which waits for whatever else works: on two cores it takes 1.5 times as long
 * beside a busy one (docs/performance.md, "Threads"), and now and then longer.
 */
const SAFETY_ON_ALL_CORES = 1.95;

/**
 * What of the sound made does not count, ms: what the start buffer holds for the device, and runs that fit the rest just so would have the listener
 * wait for the second one as soon as one of them was late.
 */
const RESERVE_MS = TAKEN_AHEAD_MS + 25;

/** So many times as long as usual the second run may take without the first window being too short for it. */
const SECOND_RUN_LATE = 1.5;

/** Frames from `begin` to `end`. */
export interface Window {
  readonly begin: number;
  readonly end: number;
}

/** The largest window worth while when a frame takes `frameCostMs`. */
export function largestWindow(frameCostMs: number): number {
  const inTime = Math.floor(LONGEST_RUN_MS / frameCostMs - CONTEXT_WORK_FRAMES);
  return Math.min(LARGEST_WINDOW, Math.max(2 * SMALLEST_WINDOW, inTime));
}

/**
 * The smallest window that lasts until another of its size is made. On a machine too slow for that the largest, which has the
 * smallest share of context.
 */
function smallestWindow(frameCostMs: number): number {
  const largest = largestWindow(frameCostMs);
  const spare = FRAME_MS - SAFETY * frameCostMs;
  if (spare <= 0) return largest;
  const needed = Math.ceil((SAFETY * frameCostMs * CONTEXT_WORK_FRAMES) / spare);
  return Math.min(largest, Math.max(SMALLEST_WINDOW, needed));
}

/** The first window: the least whose sound covers a late run of the smallest second one, so that the listener need not wait for that. */
export function firstWindow(frameCostMs: number): number {
  const secondRunMs = frameCostMs * (smallestWindow(frameCostMs) + CONTEXT_WORK_FRAMES);
  const needed = SILENT_FRAMES + Math.ceil((SECOND_RUN_LATE * secondRunMs + TAKEN_AHEAD_MS) / FRAME_MS);
  return Math.min(largestWindow(frameCostMs), needed);
}

/** Where an utterance's windows stand: one ended at `begin`, the last one ends at `end`, `leadMs` of sound are made and not yet played. */
export interface Progress extends Window {
  readonly leadMs: number;
}

/**
 * The next window when a frame takes `frameCostMs`. Never leaves a remainder of less than half a first window. `onAllCores`:
 * whether a run has as many threads as there are cores.
 */
export function nextWindow(
  { begin, end: last, leadMs }: Progress,
  frameCostMs: number,
  onAllCores = false,
): Window {
  const smallest = smallestWindow(frameCostMs);
  const lateMs = (onAllCores ? SAFETY_ON_ALL_CORES : SAFETY) * frameCostMs;
  const whileLeadLasts = Math.floor((leadMs - RESERVE_MS) / lateMs - CONTEXT_WORK_FRAMES);
  const size = Math.min(largestWindow(frameCostMs), Math.max(smallest, whileLeadLasts));
  return endedWhole(begin, begin + size, last, smallest);
}

/** The first window of an utterance that reaches from `begin` to `last`. */
export function beginningWindow(begin: number, last: number, frameCostMs: number): Window {
  return endedWhole(begin, begin + firstWindow(frameCostMs), last, smallestWindow(frameCostMs));
}

function endedWhole(begin: number, end: number, last: number, smallest: number): Window {
  return { begin, end: last - end < smallest / 2 ? last : end };
}
