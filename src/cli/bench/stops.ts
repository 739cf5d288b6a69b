/** How soon the voice is free for the next sentence when it is stopped in the middle of one. */
import { percentile } from '../../common/figures.ts';
import { round } from './figures.ts';
import type { BenchSpeaker } from './speaker.ts';

/** From Stop until the engine took up the next sentence, which was given at once, ms. */
export interface StopFigures {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/**
 * Stops `long` so many times, at moments spread evenly over the time that it takes, and says `next` each time. Throws the
 * speech service's failure.
 */
export async function measureStops(
  speaker: Pick<BenchSpeaker, 'say' | 'sayInstead'>,
  { long, next, count }: { readonly long: string; readonly next: string; readonly count: number },
): Promise<StopFigures> {
  const { synthMs } = await speaker.say(long);
  const waits: number[] = [];
  for (let i = 1; i <= count; i++)
    waits.push((await speaker.sayInstead(long, (synthMs * i) / (count + 1), next)).startedMs);
  return { p50Ms: round(percentile(waits, 0.5)), p95Ms: round(percentile(waits, 0.95)) };
}
