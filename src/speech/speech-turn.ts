/**
 * One turn as the speech process sees it: its sentences in order, the player's credit, and what was sent. It knows no
 * engine and no channel.
 *
 * Producer: the assistant's messages. Consumer: the speech service's lane, one sentence at a time. Bound:
 * {@link MAX_WAITING_SENTENCES}. Order: by index, each index said once (after a failed
 * one nothing is taken up until it is asked for again or given up). Stop: empties the queue, aborts `signal`, and wakes whoever waits.
 */
import { samplesToMs } from '../common/audio.ts';
import { PLAYER_CREDIT_MS } from '../common/ports/player.ts';
import type { SpeechRequest } from '../common/ports/speech.ts';

/** A sentence with the voice to say it in. */
export type SayRequest = Extract<SpeechRequest, { type: 'sentence.say' }>;

/** What the assistant sets for a turn. */
export type TurnSettings = Extract<SpeechRequest, { type: 'turn.begin' }>;

/**
 * The most sentences that may wait. The assistant keeps 3 in flight; this is a fuse against a peer that does not, wide
 * enough for the command line to hand over a long text at once.
 */
export const MAX_WAITING_SENTENCES = 2_000;

/** How much of one sentence the player has. */
export interface Delivery {
  readonly index: number;
  samples: number;
  chunks: number;
  /** Aborts when the turn is stopped or the sentence is dropped: nothing more of it is sent. */
  readonly signal: AbortSignal;
}

export class SpeechTurn {
  readonly turnId: string;
  readonly settings: TurnSettings;
  /** Sentences that were said whole. */
  said = 0;
  /** Whether the assistant has announced that no more sentences come. */
  finishing = false;
  /** Whether all of it is at the player. */
  spoken = false;
  /** Whether the player that is connected now knows of the turn. */
  opened = false;
  /** What was told last of the voice being pressed. */
  pressed = false;
  /** Whether it was noted when its second sentence came: one that is asked for again tells nothing of the text's pace. */
  paced = false;
  /** A sentence that broke off after some of its sound had gone out; it still lacks its last chunk. */
  brokenOff: Delivery | undefined;

  /** When the first sentence came, by `performance.now()`. */
  private firstAt: number | undefined;
  private readonly abort = new AbortController();
  private sentenceAbort = new AbortController();
  private readonly waiting: SayRequest[] = [];
  /** Index of the sentence taken up last. */
  private taken = -1;
  /** The sentence taken up last failed, and the assistant has not decided yet. */
  private undecided = false;
  private sentSamples = 0;
  private creditMs = 0;
  private wakeUps: (() => void)[] = [];

  constructor(settings: TurnSettings) {
    this.turnId = settings.turnId;
    this.settings = settings;
  }

  /** Aborts when the turn is stopped. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get stopped(): boolean {
    return this.abort.signal.aborted;
  }

  /** Sentences that wait, the next one first. */
  get queue(): readonly SayRequest[] {
    return this.waiting;
  }

  /** Queues a sentence in its place; false when it comes too late, twice, or after {@link MAX_WAITING_SENTENCES} others. */
  add(request: SayRequest): boolean {
    const { index } = request.sentence;
    const again = index === this.taken && this.undecided;
    const before = this.waiting.findLastIndex((waiting) => waiting.sentence.index <= index);
    const twice = this.waiting[before]?.sentence.index === index;
    if (this.stopped || twice || (index <= this.taken && !again)) return false;
    if (this.waiting.length >= MAX_WAITING_SENTENCES) return false;
    this.waiting.splice(before + 1, 0, request);
    this.firstAt ??= performance.now();
    if (again) this.undecided = false;
    return true;
  }

  /** Takes the next sentence up; none as long as the fate of a failed one is open. */
  take(): SayRequest | undefined {
    if (this.undecided) return undefined;
    const request = this.waiting.shift();
    if (request !== undefined) {
      this.taken = request.sentence.index;
      this.sentenceAbort = new AbortController();
    }
    return request;
  }

  /** Puts the sentence that was taken up last back in the first place: it is to be said by another engine. */
  putBack(request: SayRequest): void {
    this.waiting.unshift(request);
    this.taken = request.sentence.index - 1;
  }

  /** Aborts when the sentence taken up last is to be said no further. */
  get sentenceSignal(): AbortSignal {
    return this.sentenceAbort.signal;
  }

  /** Drops the sentences with an index of `from` or more; they may be added anew. */
  takeBack(from: number): void {
    const firstDropped = this.waiting.findIndex(({ sentence }) => sentence.index >= from);
    if (firstDropped >= 0) this.waiting.length = firstDropped;
    if (this.taken >= from) {
      this.taken = from - 1;
      this.undecided = false;
      this.sentenceAbort.abort();
    }
    if (this.brokenOff !== undefined && this.brokenOff.index >= from) this.brokenOff = undefined;
    this.finishing = false;
    this.spoken = false;
    this.wake();
  }

  /** The sentence taken up last could not be said: it is asked for again or given up; the latter at once after `finish`. */
  markFailed(): void {
    this.undecided = !this.finishing;
  }

  /** A failed sentence is given up. Any other index changes nothing. */
  skip(index: number): void {
    if (index === this.taken) this.undecided = false;
  }

  /** No more sentences come; one that failed is not asked for again either. */
  finish(): void {
    this.finishing = true;
    this.undecided = false;
  }

  /** Notes the player's credit; an older, smaller one changes nothing. */
  grant(upToMs: number): void {
    this.creditMs = Math.max(this.creditMs, upToMs);
    this.wake();
  }

  /** Counts samples that went to the player. */
  countSent(samples: number): void {
    this.sentSamples += samples;
  }

  /** Whether the player accepts more sound now. */
  get hasCredit(): boolean {
    return samplesToMs(this.sentSamples) < this.creditMs;
  }

  /** Whether nothing on this machine that is told of the voice's needs works beside it. */
  get undisturbed(): boolean {
    return this.pressed || this.finishing || !this.settings.besideModel;
  }

  /** Sound of the turn that the player has and had not played when it was last heard of, ms. */
  get readyMs(): number {
    return samplesToMs(this.sentSamples) - Math.max(0, this.creditMs - PLAYER_CREDIT_MS);
  }

  /** How long its first sentence has been there, ms. */
  get sinceFirstMs(): number {
    return this.firstAt === undefined ? 0 : performance.now() - this.firstAt;
  }

  /** Whether any of its sound went to the player. */
  get hasSounded(): boolean {
    return this.sentSamples > 0;
  }

  /** Another player is connected, which knows nothing of the turn and counts from zero. */
  forgetPlayer(): void {
    this.opened = false;
    this.sentSamples = 0;
    this.creditMs = 0;
    this.wake();
  }

  stop(): void {
    this.waiting.length = 0;
    this.abort.abort();
    this.sentenceAbort.abort();
    this.wake();
  }

  /** Resolves at the next change of credit or player, or at the stop; at once when stopped already. */
  change(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => this.wakeUps.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.wakeUps.splice(0)) resolve();
  }
}
