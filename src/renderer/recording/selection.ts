/**
 * The part of a recording that is kept: between two ends, {@link SHORTEST_S} to {@link LONGEST_S} apart. Whatever is asked of an
 * end, the selection stays one that can be kept. Times are seconds from the recording's beginning, as the clock of sound counts.
 */
import { LONGEST_S, SHORTEST_S } from '../../common/recording-rules.ts';

export interface Selection {
  readonly startS: number;
  readonly endS: number;
}

export type SelectionEnd = 'start' | 'end';

/** A recording that is longer than may be kept is first offered in a length that is quick to write down. */
const FIRST_OFFER_S = 15;

/** Samples quieter than this are the silence before the first word. */
const AUDIBLE = 0.02;

/** How long before the first sound the first offer begins: a word begins softly. */
const BEFORE_SOUND_S = 0.2;

/** The first offer: all of a recording that may be kept whole, else its first words. */
export function firstSelection(samples: Float32Array, sampleRate: number): Selection {
  const lengthS = samples.length / sampleRate;
  if (lengthS <= LONGEST_S) return { startS: 0, endS: lengthS };
  const sound = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  const wantedS = sound / sampleRate - BEFORE_SOUND_S;
  const startS = Math.min(Math.max(0, wantedS), lengthS - FIRST_OFFER_S);
  return { startS, endS: startS + FIRST_OFFER_S };
}

/** How far an end may go while the other one stays. */
export function endRange(
  { startS, endS }: Selection,
  end: SelectionEnd,
  lengthS: number,
): { readonly fromS: number; readonly toS: number } {
  return end === 'start'
    ? { fromS: Math.max(0, endS - LONGEST_S), toS: endS - SHORTEST_S }
    : { fromS: startS + SHORTEST_S, toS: Math.min(lengthS, startS + LONGEST_S) };
}

/** Moves one end to a time, or as near to it as it may go. */
export function moveEnd(selection: Selection, end: SelectionEnd, toS: number, lengthS: number): Selection {
  const range = endRange(selection, end, lengthS);
  const atS = Math.min(range.toS, Math.max(range.fromS, toS));
  return end === 'start' ? { ...selection, startS: atS } : { ...selection, endS: atS };
}

/** Moves the whole selection so that it begins at a time, or as near to it as it may. */
export function moveWhole({ startS, endS }: Selection, toS: number, lengthS: number): Selection {
  const atS = Math.min(lengthS - (endS - startS), Math.max(0, toS));
  return { startS: atS, endS: atS + (endS - startS) };
}

/** The selected samples, in memory of their own. Never more than may be kept, whatever the rounding. */
export function selected(
  samples: Float32Array,
  sampleRate: number,
  { startS, endS }: Selection,
): Float32Array<ArrayBuffer> {
  const from = Math.round(startS * sampleRate);
  const to = Math.min(Math.round(endS * sampleRate), from + LONGEST_S * sampleRate);
  return samples.slice(from, to);
}
