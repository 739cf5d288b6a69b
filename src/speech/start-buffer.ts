/** How much sound must lie ready before playing begins, so that it will not run dry; the player holds it as `startBufferMs`. */
import { PLAYER_CREDIT_MS } from '../common/ports/player.ts';
import type { NextSentence, SentenceTally, SpeedMeter } from './speed-meter.ts';
import type { ExpectedText } from './text-pace.ts';

/** The least start buffer, ms: covers the ways between the processes and one late audio callback. */
export const LEAST_START_BUFFER_MS = 80;

/** The largest start buffer, ms: the player takes no more than its credit, so a larger one would never fill. */
export const LARGEST_START_BUFFER_MS = PLAYER_CREDIT_MS - 2_000;

/** A run takes now and then longer than those before it. */
const SAFETY = 1.15;

/**
 * So many times as long as lately a slow voice's runs are taken to take, beside that. It does not catch up what a late run costs it,
 * and on a machine that it fills anything else makes a run late: of 150 sentences at real-time factors of 0.7 to 1 (two cores, a
 * quarter of one taken by another program in half of them) two had a hole without it, none with 1.25.
 */
const SLOW_VOICE_RUNS = 1.35;

/** Real-time factors up to which a voice is not slow in this sense, and from which on it is; between them it is in part. */
const FAST_RTF = 0.4;
const SLOW_RTF = 0.7;

/** How many times as long as lately the runs of a voice with a real-time factor of `rtf` are taken to take. */
function cautionFor(rtf: number): number {
  const slow = Math.min(1, Math.max(0, (rtf - FAST_RTF) / (SLOW_RTF - FAST_RTF)));
  return 1 + (SLOW_VOICE_RUNS - 1) * slow;
}

/**
 * How much earlier than the ear the player wants sound, ms: the device takes what it asked for (40 ms, `player.ts`) at once, and a
 * chunk that comes between two such callbacks is not seen before the second. The ways between the processes are in it too.
 * Without it a first sentence had a hole of 5 ms now and then, where the second run came within 40 ms of its time.
 */
export const TAKEN_AHEAD_MS = 50;

/** The start buffer, ms, when `leadMs` of sound would just do (see `SpeedMeter.leadMs`). */
export function startBufferMs(leadMs: number): number {
  const safe = Math.ceil(leadMs * SAFETY + TAKEN_AHEAD_MS);
  return Math.min(LARGEST_START_BUFFER_MS, Math.max(LEAST_START_BUFFER_MS, safe));
}

/** So much of a sentence's expected sound may lie ready before it is heard while the text after it is being written. */
const TEXT_WAIT_SHARE = 0.8;

/**
 * By so much later may a first sound come for the sake of a text that is being written, ms: beyond it a voice that begins late is worse
 * than a longer pause.
 */
const LONGEST_TEXT_DELAY_MS = 250;

/** Where so much would still be missing, ms, the first sound does not wait: the silence would only be elsewhere. */
const HOPELESS_MS = 500;

/** For the sake of the next sentence a turn's first sound waits for no more than this, nor than for the whole of its own, ms. */
const MOST_FOR_NEXT_MS = 1_500;

/** A sentence of usual length, characters. */
const USUAL_CHARACTERS = 80;

/**
 * A text that is being written may come so many times as late as it is expected: small differences of its time, and of the run behind it,
 * are large beside the little sound that is to bridge them.
 */
const TEXT_SPREAD = 1.2;

/** What a turn's start buffer follows from, when the first run of a sentence is there. Times in ms. */
export interface TurnStart {
  readonly meter: SpeedMeter;
  /** The sentence in hand. */
  readonly tally: SentenceTally;
  /** The one after it; undefined when its text is not there. */
  readonly next: Pick<NextSentence, 'characters' | 'speed'> | undefined;
  /** Whether nothing comes after the sentence in hand. */
  readonly isLast: boolean;
  /** The silence before the next sentence. */
  readonly pauseMs: number;
  /** What is expected of the next sentence while its text is not there; undefined when nothing is known. */
  readonly expected: ExpectedText | undefined;
}

/**
 * The start buffer of a turn, ms: so much that the sentence in hand does not run dry; for the next one's beginning at most
 * {@link MOST_FOR_NEXT_MS}. Where that is too little the next sentence waits before it begins (`held-runs.ts`), not the whole turn;
 * nor does it wait for a text that comes so late that the silence before it would only be shorter.
 */
export function firstStartBufferMs(start: TurnStart): number {
  const { meter, tally, next, isLast, pauseMs, expected } = start;
  const caution = cautionFor(meter.steadyRtf);
  const ownMs = startBufferMs(meter.leadMs(tally, undefined, caution));
  if (isLast) return ownMs;
  const currentMs = Math.round(meter.expectedMs(tally.characters, tally.speed));
  const mostForNextMs = Math.min(currentMs, MOST_FOR_NEXT_MS);
  const neededMs = (characters: number, speed: number, textMs: number): number =>
    startBufferMs(meter.leadMs(tally, { characters, speed, pauseMs, textMs }, caution));
  const forNextMs = (characters: number, speed: number): number =>
    Math.max(ownMs, Math.min(mostForNextMs, neededMs(characters, speed, 0)));
  if (next !== undefined) return forNextMs(next.characters, next.speed);
  // What is still being written may well be a sentence of usual length.
  const usualMs = forNextMs(Math.max(tally.characters, USUAL_CHARACTERS), tally.speed);
  if (expected === undefined) return usualMs;
  const mostForTextMs = Math.min(
    mostForNextMs,
    Math.round(TEXT_WAIT_SHARE * currentMs),
    // More sound comes at the voice's own pace.
    tally.firstAudioMs + LONGEST_TEXT_DELAY_MS / meter.steadyRtf,
  );
  const forTextMs = neededMs(expected.characters, tally.speed, TEXT_SPREAD * expected.textMs);
  if (forTextMs > mostForTextMs + HOPELESS_MS) return usualMs;
  return Math.max(usualMs, Math.min(mostForTextMs, forTextMs));
}

/** How much sound must be in hand, ms, so that a later sentence, some runs of which are there, may be heard (`SpeedMeter.restLeadMs`). */
export function restBufferMs(meter: SpeedMeter, tally: SentenceTally): number {
  return startBufferMs(meter.restLeadMs(tally, cautionFor(meter.steadyRtf)));
}
