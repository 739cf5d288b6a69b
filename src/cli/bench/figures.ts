/** Medians and other figures of what a bench measured. */
import { percentile } from '../../common/figures.ts';
import type { Utterance } from './speaker.ts';

/** What was measured of one text said several times. */
export interface SpeedFigures {
  /** Median and 95th percentile of text → first PCM, ms. */
  readonly firstP50Ms: number;
  readonly firstP95Ms: number;
  /** Median of synthesis time over length of sound. */
  readonly rtf: number;
}

/** What of an utterance its speed is judged by. A way that gives whole utterances has no more. */
export type Timed = Omit<Utterance, 'startedMs'>;

/** The figures of at least one utterance. */
export function speedFigures(utterances: readonly Timed[]): SpeedFigures {
  const first = utterances.map(({ firstMs }) => firstMs);
  return {
    firstP50Ms: round(percentile(first, 0.5)),
    firstP95Ms: round(percentile(first, 0.95)),
    rtf: round(
      percentile(
        utterances.map(({ synthMs, audioMs }) => synthMs / audioMs),
        0.5,
      ),
      3,
    ),
  };
}

/** Rounded to so many digits after the point. */
export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
