/**
 * What an engine's speed has been lately, and from it how long a sentence will sound and how much sound a listener must
 * have in hand. One meter for one loaded engine.
 *
 * A language model on the same cores makes runs of sound slower as long as it is let. What the engine can do is therefore
 * read from the sentences that it said undisturbed: see {@link SentenceTally.addRun}.
 */
import type { EnginePace } from '../common/engine.ts';

/** A sentence that comes after the one in hand. */
export interface NextSentence {
  /** Characters of the words to be said. */
  readonly characters: number;
  readonly speed: number;
  /** The silence before it, ms: a first run may be that late unheard. */
  readonly pauseMs: number;
  /** How long it will take until its text is there, ms; 0 when it is. */
  readonly textMs: number;
}

/** Sound of which less came after the first run than this share is said in one run: an edge may come apart. */
const ONE_RUN_SHARE = 0.9;

/** A shorter sentence is said in one run by engines that say others in several, ms. */
const LEAST_TELLING_MS = 1_250;

/** One sentence as it is being said: the engine's runs of sound are added as they come. Times in ms. */
export class SentenceTally {
  /** Characters of the words to be said. */
  readonly characters: number;
  /** The pace that was asked for; 1 is the voice's own. */
  readonly speed: number;
  audioMs = 0;
  /** The engine's own time. */
  synthMs = 0;
  /** How much of that was undisturbed. */
  undisturbedMs = 0;
  /** What the first run of sound took. */
  firstRunMs = 0;
  /** Whether that was undisturbed. */
  firstUndisturbed = false;
  /** How long the first run sounds. */
  firstAudioMs = 0;
  runs = 0;
  /** The most sound that had to be in hand at the first run so that no later one came too late. */
  leadMs = 0;
  /** How much later than in real time the runs after the first have come; negative when earlier. */
  behindMs = 0;
  /** Whether the sentence was said to its end. */
  whole = false;

  constructor(characters: number, speed: number) {
    this.characters = characters;
    this.speed = speed;
  }

  /** A run of sound of `runMs` that took the engine `synthMs`; `undisturbed`: while the language model was held. */
  addRun(runMs: number, synthMs: number, undisturbed = true): void {
    this.audioMs += runMs;
    this.synthMs += synthMs;
    if (undisturbed) this.undisturbedMs += synthMs;
    this.runs++;
    if (this.runs === 1) {
      this.firstRunMs = synthMs;
      this.firstUndisturbed = undisturbed;
      this.firstAudioMs = runMs;
      return;
    }
    this.behindMs += synthMs;
    this.leadMs = Math.max(this.leadMs, this.behindMs);
    this.behindMs -= runMs;
  }

  /** The engine's pace by this sentence. */
  get pace(): EnginePace {
    const { characters, firstRunMs, firstAudioMs, leadMs } = this;
    return { rtf: this.synthMs / this.audioMs, characters, firstRunMs, firstAudioMs, leadMs };
  }

  /** Whether all of it came in one run, although it is long enough to come in several. */
  get isOneRun(): boolean {
    return this.audioMs > LEAST_TELLING_MS && this.firstAudioMs >= ONE_RUN_SHARE * this.audioMs;
  }
}

/** How many sentences back the meter looks. */
const WINDOW = 12;

/**
 * How much sound what the engine measured of itself counts for beside what was said, ms, when it is asked whether the voice
 * keeps up: a first fragment of two words takes as long as its sound on a machine that is twice as fast in sentences.
 */
const INITIAL_WEIGHT_MS = 6_000;

/** A sentence tells of the engine alone when so much of its time was undisturbed. */
const UNDISTURBED_SHARE = 0.8;

/** Real-time factor before anything was measured: neither faster nor slower than the ear. */
const UNKNOWN_RTF = 1;

/** Sound of a character before anything was measured, ms: English read at 15 characters a second. */
const UNKNOWN_CHARACTER_MS = 65;

/**
 * The least share of a sentence's first run that is taken to grow with its length. Kokoro's front, which sees all of the
 * sentence, took 97 of 279 ms for one of usual length on two cores; on a graphics processor it is nearly all.
 */
const GROWING_SHARE = 0.5;

/** Of a shorter sentence the first run tells nothing about how it grows, characters. */
const LEAST_GROWING = 20;

/** After fewer ms of sound the later runs of a sentence tell no rate. */
const LEAST_RATE_MS = 1_000;

/** A first run that takes so many times as long as it was to take tells of a machine that became slower. */
const LEAST_SLOWDOWN = 1.25;

/** A single run that was kept waiting is not taken for a machine that is slower than so many times. */
const MOST_SLOWDOWN = 3;

/** A sentence may sound so many times as long as its characters let expect. */
const LONGER_THAN_EXPECTED = 1.33;

/** Over more sound than this late runs and early ones even out: only so much of it is reckoned with caution, ms. */
const CAUTIOUS_MS = 2_000;

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

  /** Synthesis time over length of sound, lately, whatever else the machine did. */
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

  /**
   * Whether the voice, undisturbed, is slower than the ear: a single short fragment does not decide it, nor does what was
   * said while a language model took its share of the machine.
   */
  get isSlowerThanEar(): boolean {
    return this.steadyRtf >= 1;
  }

  /** The real-time factor of the voice, undisturbed, which a single fragment does not swing; 0 before anything was measured. */
  get steadyRtf(): number {
    const { initial, undisturbed } = this;
    const weightMs = initial === undefined ? 0 : INITIAL_WEIGHT_MS;
    const audioMs = weightMs + total(undisturbed, (sentence) => sentence.audioMs);
    const synthMs = weightMs * (initial?.rtf ?? 0) + total(undisturbed, (sentence) => sentence.synthMs);
    return audioMs === 0 ? 0 : synthMs / audioMs;
  }

  /** The longest wait for a run of sound, undisturbed, lately, ms; 0 before anything was measured. */
  get longestWaitMs(): number {
    return largest(this.paces, ({ firstRunMs, leadMs }) => Math.max(firstRunMs, leadMs));
  }

  /**
   * How much sound must be in hand when the first run of the sentence in hand, `current`, is there, so that neither a later
   * run of it, nor the first one of `next`, nor one after that comes too late: as long as all goes as it went lately, ms.
   * `next`: undefined when nothing comes after it. `caution`: how many times as long as lately
   * runs are taken to take.
   */
  leadMs(current: SentenceTally, next: NextSentence | undefined, caution = 1): number {
    const nextMs = next === undefined ? 0 : this.expectedMs(next.characters, next.speed);
    const { paces, undisturbedRtf } = this;
    if (paces.length === 0) return caution * this.rtf * nextMs;
    const slowdown = this.slowdown(current);
    const own = this.slowedPaces(current, caution);
    const leadMs = largest(own, (pace) => pace.leadMs);
    const currentMs = this.expectedMs(current.characters, current.speed);
    const drift = slowdown * undisturbedRtf - 1;
    if (next === undefined) return leadMs + mostBehind(drift, currentMs, caution);
    const restMs = Math.max(0, currentMs - current.firstAudioMs);
    // What is left takes one run at least, and a short rest gains less than its share: each run has its context.
    const rate = rateSlowed(this.rate, slowdown);
    const gained = behindAtEnd(rate, restMs, caution) * Math.min(1, restMs / LEAST_RATE_MS);
    const saidBehindMs = restMs === 0 ? 0 : Math.max(gained, leadMs - restMs);
    // The next one is begun when this one is said and that one's text is there, whichever comes later.
    const beginMs = Math.max(saidBehindMs, next.textMs - restMs) - next.pauseMs;
    if (this.saysInOneRun(current))
      return Math.max(leadMs, beginMs + caution * slowdown * undisturbedRtf * nextMs);
    const nextLeadMs = largest(own, (pace) => pace.leadMs - pace.firstAudioMs);
    const joinMs = beginMs + firstRunOf(next.characters, own) + nextLeadMs;
    return Math.max(leadMs, joinMs + mostBehind(drift, nextMs, caution));
  }

  /**
   * How much sound must be in hand now so that the rest of the sentence in hand, some runs of which are there, comes in time, ms:
   * what its rest will fall behind by, and the longest that a run has kept one waiting beside that. `caution`: as for
   * {@link leadMs}.
   */
  restLeadMs(current: SentenceTally, caution = 1): number {
    const restMs = Math.max(0, this.expectedMs(current.characters, current.speed) - current.audioMs);
    const own = this.slowedPaces(current, caution);
    const waitMs = largest(own, ({ leadMs, behindMs = 0 }) => leadMs - Math.max(0, behindMs));
    const lately = rateSlowed(this.rate, this.slowdown(current));
    const rate = Math.max(lately, rateOf(current) ?? lately);
    return waitMs + mostBehind(rate, restMs, caution);
  }

  /**
   * What the rest of the sentence in hand, some runs of which are there, will take the engine undisturbed, ms; more than it
   * presumably will: some sentences sound longer than their characters let expect.
   */
  restCostMs({ characters, speed, audioMs }: SentenceTally): number {
    return this.steadyRtf * Math.max(0, LONGER_THAN_EXPECTED * this.expectedMs(characters, speed) - audioMs);
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

  /** How much later than in real time the runs after the first come, for each ms of their sound; negative when earlier. */
  private get rate(): number {
    const told = this.known.flatMap((sentence) => rateOf(sentence) ?? []);
    if (told.length === 0) return this.initial === undefined ? 0 : this.initial.rtf - 1;
    return Math.max(...told);
  }

  /**
   * How much slower the engine is at the sentence in hand than it was lately, by its first run: 1 when it is not, or not by so much
   * that it could not be chance. Other work on the machine is seen by it before it has cost a hole.
   */
  private slowdown({ characters, firstRunMs, firstAudioMs, firstUndisturbed }: SentenceTally): number {
    if (!firstUndisturbed) return 1;
    // A sentence in one run is not compared with ones in windows.
    const like = this.paces.filter((pace) => firstAudioMs <= 2 * pace.firstAudioMs);
    const usualMs = largest(like, (pace) => {
      const growing = GROWING_SHARE * Math.max(0, 1 - characters / pace.characters);
      return pace.firstRunMs * (1 - growing);
    });
    const slowdown = usualMs === 0 ? 1 : firstRunMs / usualMs;
    return slowdown < LEAST_SLOWDOWN ? 1 : Math.min(slowdown, MOST_SLOWDOWN);
  }

  /** What tells how the engine runs, as slow as it is at the sentence in hand, and that sentence, all `caution` times as slow. */
  private slowedPaces(current: SentenceTally, caution: number): readonly Pace[] {
    const own = current.runs > 0 ? slowed([current], caution) : [];
    return [...slowed(this.paces, caution * this.slowdown(current)), ...own];
  }

  /** Whether the sentence in hand, of which the first run is there, comes in one run. */
  private saysInOneRun(current: SentenceTally): boolean {
    return this.known.findLast(isTelling)?.isOneRun ?? current.firstAudioMs > LEAST_TELLING_MS;
  }

  private get undisturbedRtf(): number {
    const { known, initial } = this;
    if (initial && !known.some(isTelling)) return initial.rtf;
    const audioMs = total(known, (sentence) => sentence.audioMs);
    return audioMs === 0 ? this.rtf : total(known, (sentence) => sentence.synthMs) / audioMs;
  }

  /** What tells how the engine runs, its own measurement as long as nothing longer than a fragment was said. */
  private get paces(): readonly Pace[] {
    const { initial, known } = this;
    return initial && !known.some(isTelling) ? [...known, initial] : known;
  }

  /** The sentences that tell how the engine runs: those said undisturbed; all, where there is nothing else to go by. */
  private get known(): readonly SentenceTally[] {
    const { undisturbed } = this;
    return undisturbed.length > 0 || this.initial !== undefined ? undisturbed : this.whole;
  }

  private get undisturbed(): readonly SentenceTally[] {
    return this.whole.filter((sentence) => sentence.undisturbedMs >= UNDISTURBED_SHARE * sentence.synthMs);
  }

  private get whole(): readonly SentenceTally[] {
    return this.recent.filter((sentence) => sentence.whole && sentence.audioMs > 0);
  }
}

/** What both a said sentence and the engine's own measurement tell. */
type Pace = Pick<SentenceTally, 'characters' | 'firstRunMs' | 'firstAudioMs' | 'leadMs'> &
  Partial<Pick<SentenceTally, 'behindMs'>>;

/** Paces of an engine that has become `slowdown` times as slow. */
function slowed(paces: readonly Pace[], slowdown: number): readonly Pace[] {
  return paces.map(({ characters, firstRunMs, firstAudioMs, leadMs, behindMs = 0 }) => ({
    characters,
    firstRunMs: firstRunMs * slowdown,
    firstAudioMs,
    leadMs: leadMs * slowdown,
    behindMs: behindMs * slowdown,
  }));
}

/** How much later than in real time the runs after the first came, for each ms of their sound; undefined when they are too few. */
function rateOf({ audioMs, firstAudioMs, behindMs }: SentenceTally): number | undefined {
  const restMs = audioMs - firstAudioMs;
  return restMs < LEAST_RATE_MS ? undefined : behindMs / restMs;
}

/** Such a rate of an engine that has become `slowdown` times as slow. */
function rateSlowed(rate: number, slowdown: number): number {
  return (1 + rate) * slowdown - 1;
}

/** How much later than in real time `soundMs` of sound will all be there, ms, at a rate; negative when earlier. */
function behindAtEnd(rate: number, soundMs: number, caution: number): number {
  const cautiousMs = Math.min(soundMs, CAUTIOUS_MS);
  return rateSlowed(rate, caution) * cautiousMs + rate * (soundMs - cautiousMs);
}

/** How far behind the ear `soundMs` of sound may be on the way there, ms; never negative. */
function mostBehind(rate: number, soundMs: number, caution: number): number {
  const cautiousMs = Math.min(soundMs, CAUTIOUS_MS);
  return Math.max(0, rateSlowed(rate, caution)) * cautiousMs + Math.max(0, rate) * (soundMs - cautiousMs);
}

/** What the first run of a sentence of so many characters will take at most, ms. */
function firstRunOf(characters: number, paces: readonly Pace[]): number {
  const longest = largest(paces, (pace) => pace.characters);
  const growth = largest(
    paces.filter((pace) => pace.characters >= LEAST_GROWING),
    // What a later run takes does not grow.
    ({ characters, firstRunMs, leadMs }) =>
      Math.max(GROWING_SHARE * firstRunMs, firstRunMs - leadMs) / characters,
  );
  return largest(paces, (pace) => pace.firstRunMs) + growth * Math.max(0, characters - longest);
}

function isTelling({ audioMs }: SentenceTally): boolean {
  return audioMs > LEAST_TELLING_MS;
}

function total(sentences: readonly SentenceTally[], of: (sentence: SentenceTally) => number): number {
  return sentences.reduce((sum, sentence) => sum + of(sentence), 0);
}

/** The largest of what `of` gives; 0 when that is negative, or there is none. */
function largest<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((found, item) => Math.max(found, of(item)), 0);
}
