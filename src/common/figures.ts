/** Figures of turns and processes, as main keeps them and the Figures page shows them. */
import { z } from 'zod';
import { providerIdSchema } from './provider.ts';

/** How many of the newest prompts are kept for the page's percentiles. */
export const KEPT_TURNS = 50;

/** A time from Send, ms; null where the turn did not get that far. */
const sinceSend = z.number().min(0).nullable();

/** What is kept of a prompt that was answered: figures, and nothing of what was asked or said. */
export const keptFiguresSchema = z.object({
  /** Wall clock when the turn ended, ms since 1970. */
  endedAtMs: z.number().min(0),
  provider: providerIdSchema,
  /** Label of the speech engine, and the execution provider it ran on; '' when none was loaded. */
  engine: z.string().max(100),
  ep: z.string().max(100),
  outcome: z.enum(['complete', 'stopped', 'incomplete', 'failed']),
  firstTokenMs: sinceSend,
  firstSentenceMs: sinceSend,
  firstChunkMs: sinceSend,
  firstSoundMs: sinceSend,
  doneMs: sinceSend,
  /** Time that the voice took over length of its sound; null when it made none. */
  rtf: z.number().min(0).nullable(),
  underruns: z.number().int().min(0),
});
export type KeptFigures = z.infer<typeof keptFiguresSchema>;

/** The figures that can be compared from turn to turn. */
export const COMPARED_FIGURES = [
  'firstTokenMs',
  'firstSentenceMs',
  'firstChunkMs',
  'firstSoundMs',
  'rtf',
  'underruns',
] as const satisfies readonly (keyof KeptFigures)[];
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** Median and 95th percentile of one figure, over the turns that have it. */
export interface FigureSpread {
  readonly figure: ComparedFigure;
  readonly count: number;
  /** Undefined when no turn has the figure. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

/** The spread of each figure over the turns. */
export function spreadOf(turns: readonly KeptFigures[]): FigureSpread[] {
  return COMPARED_FIGURES.map((figure) => {
    const values = turns.map((turn) => turn[figure]).filter((value) => value !== null);
    const at = (share: number): number | undefined =>
      values.length === 0 ? undefined : percentile(values, share);
    return { figure, count: values.length, p50: at(0.5), p95: at(0.95) };
  });
}

/** The value below which a share of the values lies, between neighbours linearly. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** A part of the program, by what it does. */
export type ProcessKind = 'main' | 'page' | 'assistant' | 'speech' | 'llm' | 'gpu' | 'other';

/** What a process takes of the machine now. */
export interface ProcessFigures {
  readonly kind: ProcessKind;
  /** What Electron calls it, for those that are no part of Aloud's own. */
  readonly name: string;
  /** Resident memory, bytes; what processes share is counted in each. */
  readonly memoryBytes: number;
  /** Share of one core since it was last asked, percent. */
  readonly cpuPercent: number;
}
