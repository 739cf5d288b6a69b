/**
 * The Figures page as a text, for whoever is to help. It takes figures and names of the program's own parts only: nothing of
 * what was asked or said can get into it. Main takes the person's home folder and name out before it is copied.
 */
import { spreadOf, type KeptFigures, type ProcessFigures } from '../common/figures.ts';
import type { Readiness } from '../common/ports/bridge.ts';
import { thinned } from './buffer-trace.ts';
import { STRINGS } from '../common/strings.ts';
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

/** Points of the buffer in a report. */
const REPORT_POINTS = 20;

/** The report. */
export function figuresReport({ turn, kept, readiness, processes, userAgent }: ReportSource): string {
  return [
    'Aloud figures',
    userAgent,
    '',
    ...engineLines(readiness),
    '',
    ...(turn === undefined ? ['No turn yet.'] : turnLines(turn)),
    '',
    `The last ${kept.length} prompts (p50, p95, prompts that have it):`,
    ...spreadOf(kept).map(
      ({ figure, p50, p95, count }) => `  ${figure}: ${number(p50)}, ${number(p95)}, ${count}`,
    ),
    '',
    'Memory:',
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
      return ['Voice: starting'];
    case 'resting':
      return ['Voice: resting'];
    case 'failed':
      // The message may hold a path or a name: its code says what failed.
      return [`Voice: failed (${readiness.error.code})`];
    case 'ready':
      return [
        `Voice: ${readiness.engine} on ${readiness.ep}, ${readiness.threads} thread(s)`,
        ...(readiness.epReport ?? []).map((line) => `  ${line}`),
      ];
  }
}

function turnLines({ state, provider, figures }: NonNullable<ReportSource['turn']>): string[] {
  const { chunks, underruns, rtf, trace } = figures;
  const points = thinned(trace.points, REPORT_POINTS);
  return [
    `This turn: ${state}, provider ${provider}`,
    ...timelineOf(figures).map(({ milestone, atMs }) => `  ${milestone}: ${number(atMs)} ms`),
    `  chunks: ${chunks}, gaps: ${underruns}, real-time factor: ${number(rtf)}`,
    `  buffer (ms at ms): ${points.map(({ atMs, bufferMs, isGap }) => `${Math.round(bufferMs)}@${Math.round(atMs)}${isGap ? ' gap' : ''}`).join(' ')}`,
  ];
}

function number(value: number | undefined): string {
  if (value === undefined) return '-';
  return String(Number(value.toFixed(value < 10 ? 2 : 0)));
}
