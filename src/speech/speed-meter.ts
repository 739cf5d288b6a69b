/**
 * What an engine's speed has been lately, and from it how long a sentence will sound and how much sound a listener must
 * have in hand. One meter for one loaded engine.
 */
import type { EnginePace } from '../common/engine.ts';

/** One sentence as it is being said: the engine's runs of sound are added as they come. */
export class SentenceTally {
  /** Characters of the words to be said. */
  readonly characters: number;
  /** The pace that was asked for; 1 is the voice's own. */
  readonly speed: number;
  audioMs = 0;
  /** The engine's own time, ms. */
  synthMs = 0;
  /** What the first run of sound took, ms. */
  firstRunMs = 0;
  runs = 0;
  /** The most sound that had to be in hand at the first run so that no later one came too late, ms. */
  leadMs = 0;
  /** How much later than in real time the runs after the first have come; negative when earlier, ms. */
  behindMs = 0;
  /** Whether the sentence was said to its end. */
  whole = false;

  constructor(characters: number, speed: number) {
    this.characters = characters;
    this.speed = speed;
  }

  /** A run of sound of `runMs` that took the engine `synthMs`. */
  addRun(runMs: number, synthMs: number): void {
    this.audioMs += runMs;
    this.synthMs += synthMs;
    this.runs++;
    if (this.runs === 1) {
      this.firstRunMs = synthMs;
      return;
    }
    this.behindMs += synthMs;
    this.leadMs = Math.max(this.leadMs, this.behindMs);
    this.behindMs -= runMs;
  }
}

/** How many sentences back the meter looks. */
const WINDOW = 12;

/**
 * How much sound what the engine measured of itself counts for beside what was said, ms, when it is asked whether the voice
 * keeps up: a first fragment of two words takes as long as its sound on a machine that is twice as fast in sentences.
 */
const INITIAL_WEIGHT_MS = 6_000;

/** Real-time factor before anything was measured: neither faster nor slower than the ear. */
const UNKNOWN_RTF = 1;

/**
 * What an engine measured of itself it measured alone. Runs of the first answer came up to 125 ms later while the built-in
 * model wrote it on two cores; half as much again for slower ones, ms.
 */
export const COMPANY_MS = 190;

/** Sound of a character before anything was measured, ms: English read at 15 characters a second. */
const UNKNOWN_CHARACTER_MS = 65;

export class SpeedMeter {
  private readonly initial: EnginePace | undefined;
  private recent: SentenceTally[] = [];

  /** `initial`: what the engine measured of itself when it was loaded. It counts until sentences were measured. */
  constructor(initial?: EnginePace) {
    this.initial = initial;
  }

  /** A tally for the sentence that begins now; it counts from its first run of sound on. */
  begin(characters: number, speed: number): SentenceTally {
    const tally = new SentenceTally(characters, speed);
    this.recent = [...this.recent.filter(({ audioMs }) => audioMs > 0), tally].slice(-WINDOW);
    return tally;
  }

  /** Synthesis time over length of sound, lately. */
  get rtf(): number {
    return this.measuredRtf ?? UNKNOWN_RTF;
  }

  /** The same; undefined before anything was measured. */
  get measuredRtf(): number | undefined {
    const whole = this.whole;
    if (whole.length === 0 && this.initial) return this.initial.rtf;
    const measured = whole.length === 0 ? this.recent : whole;
    const audioMs = total(measured, (sentence) => sentence.audioMs);
    return audioMs === 0 ? undefined : total(measured, (sentence) => sentence.synthMs) / audioMs;
  }

  /** Whether the voice is slower than the ear, lately: a single short fragment does not decide it. */
  get isSlowerThanEar(): boolean {
    const { initial, whole } = this;
    const weightMs = initial === undefined ? 0 : INITIAL_WEIGHT_MS;
    const audioMs = weightMs + total(whole, (sentence) => sentence.audioMs);
    const synthMs = weightMs * (initial?.rtf ?? 0) + total(whole, (sentence) => sentence.synthMs);
    return audioMs > 0 && synthMs >= audioMs;
  }

  /**
   * How much sound must be in hand when a sentence's first run is there, so that neither a later run of it nor the first
   * one of a next sentence, of `nextMs`, comes too late: as long as all goes as it went lately, ms.
   */
  leadMs(nextMs: number): number {
    const { rtf, initial } = this;
    const measured = this.recent.filter(({ audioMs }) => audioMs > 0);
    const whole = measured.filter((sentence) => sentence.whole);
    const drift = Math.max(0, rtf - 1) * nextMs;
    if (whole.length === 0 && initial) return Math.max(initial.leadMs, 0) + drift + COMPANY_MS;
    if (whole.length === 0) return rtf * nextMs;
    const leads = measured.map((sentence) => {
      const next = sentence.runs === 1 ? rtf * nextMs : sentence.firstRunMs + drift;
      return sentence.whole ? Math.max(sentence.leadMs, sentence.behindMs + next) : sentence.leadMs;
    });
    return Math.max(...leads);
  }

  /** How long `characters` will sound at `speed`, ms, by the sentences that were said to their end. */
  expectedMs(characters: number, speed: number): number {
    const { whole } = this;
    const measured = total(whole, (sentence) => sentence.characters);
    const characterMs =
      measured === 0
        ? UNKNOWN_CHARACTER_MS
        : total(whole, (sentence) => sentence.audioMs * sentence.speed) / measured;
    return (characters * characterMs) / speed;
  }

  private get whole(): SentenceTally[] {
    return this.recent.filter((sentence) => sentence.whole && sentence.audioMs > 0);
  }
}

function total(sentences: readonly SentenceTally[], of: (sentence: SentenceTally) => number): number {
  return sentences.reduce((sum, sentence) => sum + of(sentence), 0);
}
