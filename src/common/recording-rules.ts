import { PHRASES } from './strings/phrases.ts'; /**
 * What a recording must be like to be cloned. One set of rules for the page that imports a recording, for main that keeps it
 * and for the engine that speaks with it.
 */

/** Seconds that a recording may last: shorter ones do not hold a voice, longer ones leave the model's prompt no room. */
export const SHORTEST_S = 3;
export const LONGEST_S = 30;

/** A recording softer than this, root mean square in dB of full scale, is silence or nearly so. */
export const SOFTEST_DB = -50;

/** Share of samples in flat tops (three or more in a row at full scale) from which on a recording counts as clipped. */
const MOST_CLIPPED = 0.001;

/**
 * How much the level of speech moves at least, dB between its soft and its loud tenth in steps of 20 ms. The recordings that
 * ship move by 30 dB and more; a tone or a hiss by less than 3.
 */
const LEAST_MOVEMENT_DB = 8;

/** More characters a second than anybody speaks: the words are those of another recording. */
const MOST_CHARACTERS_A_SECOND = 40;

/** Kinds of sound files that are known by their first bytes. */
export type SoundFormat = 'WAV' | 'MP3' | 'FLAC' | 'OGG' | 'M4A' | 'AAC' | 'WebM';

/** Why a file cannot become a voice. */
export type FileFault =
  | { readonly kind: 'unreadable' | 'empty' | 'no-sound' }
  | { readonly kind: 'too-large'; readonly limitMb: number }
  /** This build of Chromium has no decoder for it. */
  | { readonly kind: 'no-decoder'; readonly format: SoundFormat }
  | { readonly kind: 'damaged'; readonly format: SoundFormat }
  | { readonly kind: 'too-short'; readonly seconds: number }
  | { readonly kind: 'too-long'; readonly limitMinutes: number };

/** Why a recording's sound cannot be cloned. */
export type SoundFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-short' | 'too-long'; readonly seconds: number }
  /** `levelDb` is −Infinity for no sound at all. */
  | { readonly kind: 'silent'; readonly levelDb: number }
  | { readonly kind: 'clipped' }
  | { readonly kind: 'no-speech' };

/** Why a recording's words cannot be its words. */
export type WordsFault =
  | { readonly kind: 'no-words' }
  | { readonly kind: 'too-many-words'; readonly characters: number; readonly seconds: number };

/** What is wrong with the sound, the first thing found; undefined when nothing is. `samples` are mono, nominal range −1 to 1. */
export function soundFault(samples: Float32Array, sampleRate: number): SoundFault | undefined {
  if (samples.length === 0) return { kind: 'empty' };
  const seconds = samples.length / sampleRate;
  if (seconds > LONGEST_S) return { kind: 'too-long', seconds };
  if (seconds < SHORTEST_S) return { kind: 'too-short', seconds };
  const level = levelDb(samples);
  if (level < SOFTEST_DB) return { kind: 'silent', levelDb: level };
  if (clippedShare(samples) > MOST_CLIPPED) return { kind: 'clipped' };
  if (movementDb(samples, sampleRate) < LEAST_MOVEMENT_DB) return { kind: 'no-speech' };
  return undefined;
}

/** What is wrong with the words of a recording of `seconds`; undefined when nothing is. */
export function wordsFault(transcript: string, seconds: number): WordsFault | undefined {
  const characters = transcript.trim().length;
  if (characters === 0) return { kind: 'no-words' };
  return characters / seconds > MOST_CHARACTERS_A_SECOND
    ? { kind: 'too-many-words', characters, seconds }
    : undefined;
}

/** A fault as a clause that follows a recording's name: "lasts 2.9 seconds: a reference must last 3 at least". */
export function soundFaultClause(fault: SoundFault): string {
  switch (fault.kind) {
    case 'empty':
      return PHRASES.sound.empty;
    case 'too-long':
      return PHRASES.sound.tooLong(fault.seconds.toFixed(1), LONGEST_S);
    case 'too-short':
      return PHRASES.sound.tooShort(fault.seconds.toFixed(1), SHORTEST_S);
    case 'silent':
      return PHRASES.sound.tooSoft(fault.levelDb);
    case 'clipped':
      return PHRASES.sound.clipped;
    case 'no-speech':
      return PHRASES.sound.noSpeech;
  }
}

/** Root mean square of some samples in dB of full scale; −Infinity for silence. */
export function levelDb(samples: Float32Array, from = 0, to = samples.length): number {
  let squares = 0;
  for (let at = from; at < to; at++) squares += (samples[at] ?? 0) ** 2;
  return 10 * Math.log10(squares / (to - from));
}

/** The share of samples that lie in runs of three and more at full scale. */
function clippedShare(samples: Float32Array): number {
  let clipped = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= 0.999 ? run + 1 : 0;
    if (run === 3) clipped += 3;
    else if (run > 3) clipped++;
  }
  return clipped / samples.length;
}

/** How far the level moves, dB between its 10th and its 90th percentile in steps of 20 ms; at most 100. */
function movementDb(samples: Float32Array, rate: number): number {
  const step = Math.round(rate / 50);
  const levels = Array.from({ length: Math.floor(samples.length / step) }, (_, at) =>
    Math.max(-100, levelDb(samples, at * step, (at + 1) * step)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => levels[Math.floor(share * (levels.length - 1))] ?? 0;
  return at(0.9) - at(0.1);
}
