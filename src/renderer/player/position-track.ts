/**
 * Where the ear is: the player's reports tell what was handed to the sound card and when; asked with the audio clock of what
 * leaves the loudspeaker now, this gives the sentence and the place in it that are heard now.
 *
 * Bound: the reports of {@link KEPT_S} seconds. Between two reports the place moves with the clock, and never beyond the
 * newer report's: the mark does not run ahead of the sound.
 */
import type { PlaybackProgress } from './worklet-messages.ts';

/** Longer than any sound device's latency, s. */
const KEPT_S = 2;

/** A place in a turn's sound. */
export interface HeardPosition {
  readonly turnId: string;
  readonly sentenceIndex: number;
  /** How much of the sentence was heard, ms. */
  readonly sentenceMs: number;
}

type Report = Pick<PlaybackProgress, 'turnId' | 'phase' | 'sentenceIndex' | 'sentenceMs' | 'contextTimeS'>;

export class PositionTrack {
  private readonly reports: Report[] = [];

  /** Takes a report; those of another turn are forgotten. */
  add(report: Report): void {
    if (this.reports.at(-1)?.turnId !== report.turnId) this.reports.length = 0;
    this.reports.push(report);
    const oldest = report.contextTimeS - KEPT_S;
    while (this.reports.length > 1 && (this.reports[1]?.contextTimeS ?? 0) < oldest) this.reports.shift();
  }

  /** Forgets everything: what was handed over will not be heard. */
  clear(): void {
    this.reports.length = 0;
  }

  /** What is heard when the audio clock's sample `contextTimeS` leaves the loudspeaker; undefined before the first. */
  at(contextTimeS: number): HeardPosition | undefined {
    const index = this.reports.findLastIndex((report) => report.contextTimeS <= contextTimeS);
    const now = this.reports[index];
    if (now === undefined || now.sentenceIndex < 0) return undefined;
    const { turnId, sentenceIndex } = now;
    const next = this.reports[index + 1];
    const elapsedMs = now.phase === 'playing' ? (contextTimeS - now.contextTimeS) * 1000 : 0;
    const isSameSentence = next?.sentenceIndex === sentenceIndex;
    const limitMs = isSameSentence ? next.sentenceMs : now.sentenceMs + elapsedMs;
    const goesOn = next !== undefined;
    return {
      turnId,
      sentenceIndex,
      sentenceMs: goesOn
        ? Math.min(now.sentenceMs + elapsedMs, Math.max(limitMs, now.sentenceMs))
        : now.sentenceMs,
    };
  }
}
