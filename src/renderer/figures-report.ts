/**
 * The Figures page as a text, for whoever is to help. It takes figures and names of the program's own parts only: nothing of
 * what was asked or said can get into it. Main takes the person's home folder and name out before it is copied.
 */
import { spreadOf, type KeptFigures, type ProcessFigures } from '../common/figures.ts';
import type { Readiness } from '../common/ports/bridge.ts';
import { thinned } from './buffer-trace.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { timelineOf } from './timeline.ts';
import type { Turn } from './turn-state.ts';

export interface ReportSource {
  readonly turn: Pick<Turn, 'state' | 'provider' | 'figures'> | undefined;
  readonly kept: readonly KeptFigures[];
  readonly readiness: Readiness;
  readonly processes: readonly ProcessFigures[];
  /** What Chromium calls itself: the versions of Aloud, Electron and Chromium, and the system. */
  readonly userAgent: string;
}

const TEXT = STRINGS.reports;

/** Points of the buffer in a report. */
const REPORT_POINTS = 20;

/** The report. */
export function figuresReport({ turn, kept, readiness, processes, userAgent }: ReportSource): string {
  return [
    TEXT.figures,
    userAgent,
    '',
    ...engineLines(readiness),
    '',
    ...(turn === undefined ? [TEXT.noTurn] : turnLines(turn)),
    '',
    TEXT.lastPrompts(kept.length),
    ...spreadOf(kept).map(
      ({ figure, p50, p95, count }) => `  ${figure}: ${number(p50)}, ${number(p95)}, ${count}`,
    ),
    '',
    TEXT.memory,
    ...processes.map(
      ({ kind, name, memoryBytes }) =>
        `  ${kind === 'other' ? name : STRINGS.figuresPage.processes[kind]}: ${Math.round(memoryBytes / 1e6)} MB`,
    ),
    '',
  ].join('\n');
}

function engineLines(readiness: Readiness): string[] {
  switch (readiness.state) {
    case 'starting':
      return [TEXT.voiceStarting];
    case 'resting':
      return [TEXT.voiceResting];
    case 'failed':
      // The message may hold a path or a name: its code says what failed.
      return [TEXT.voiceFailed(readiness.error.code)];
    case 'ready':
      return [
        TEXT.voice(readiness.engine, readiness.ep, readiness.threads),
        ...(readiness.epReport ?? []).map((line) => `  ${line}`),
      ];
  }
}

function turnLines({ state, provider, figures }: NonNullable<ReportSource['turn']>): string[] {
  const { chunks, underruns, rtf, trace } = figures;
  const points = thinned(trace.points, REPORT_POINTS);
  return [
    TEXT.thisTurn(state, provider),
    ...timelineOf(figures).map(({ milestone, atMs }) => `  ${milestone}: ${number(atMs)} ms`),
    `  ${TEXT.sound(chunks, underruns, number(rtf))}`,
    `  ${TEXT.buffer} ${points.map(({ atMs, bufferMs, isGap }) => `${Math.round(bufferMs)}@${Math.round(atMs)}${isGap ? ` ${TEXT.gap}` : ''}`).join(' ')}`,
  ];
}

function number(value: number | undefined): string {
  if (value === undefined) return '-';
  return String(Number(value.toFixed(value < 10 ? 2 : 0)));
}
