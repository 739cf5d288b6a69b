/**
 * The sentences of one turn on their way to the voice.
 *
 * Producer: the turn, by {@link SpeechQueue.add}, which must stop when the queue is full and go on at `room()`. Consumer:
 * speech, which is handed {@link MAX_IN_FLIGHT} sentences at a time, in order of index. Bound: {@link MAX_WAITING} sentences or
 * {@link MAX_WAITING_CHARACTERS}. A sentence that fails is said once more, then skipped; three skipped in a row, or a failure
 * that every sentence would meet, break the queue off. After `stop()` nothing is called any more.
 */
import { appError, type AppError } from '../common/result.ts';
import type { Piece, Sentence } from '../common/sentence.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { HeardSentence } from './heard.ts';

/**
 * Sentences at speech. Never more than the 8 of the design; three keep it busy, and a new voice or a stop has to
 * overtake few.
 */
export const MAX_IN_FLIGHT = 3;
/** Sentences cut and waiting before the language model's stream is held up: some ten minutes of speech. */
export const MAX_WAITING = 200;
/** The same in characters of text as written. */
export const MAX_WAITING_CHARACTERS = 40_000;
/** Sentences skipped in a row that end a turn. */
const MAX_SKIPPED_IN_A_ROW = 3;

/** Ends of speech with the same sentence in hand after which that sentence is given up. */
const MAX_KILLS = 2;

const KILLS_SPEECH = appError('synthesis-failed', 'speech', FAILURES.turn.voiceStoppedTwice);

/** What the queue tells its turn. */
export interface SpeechQueueEvents {
  /** Whether there is anything to say of the sentence. */
  isToBeSaid(sentence: Sentence): boolean;
  /** The sentence is to be said now. */
  say(sentence: Sentence): void;
  /** The sentence's place has come: it was handed over, or there is nothing to say of it. In order, each once. */
  passed(sentence: Sentence): void;
  /** The sentence failed twice and is given up; speech waits to hear so. */
  skipped(sentence: Sentence, error: AppError): void;
  /** Closed, and every sentence is said or skipped. */
  drained(): void;
  /** The turn cannot be spoken any further. */
  broken(error: AppError): void;
}

interface InFlight {
  readonly sentence: Sentence;
  /** Whether it failed once already. */
  failed: boolean;
  /** Whether speech has it in hand now. */
  started: boolean;
  /** How often speech ended while it had the sentence in hand. */
  kills: number;
}

export class SpeechQueue {
  private readonly turnId: string;
  private readonly events: SpeechQueueEvents;
  private readonly waiting: Sentence[] = [];
  private waitingCharacters = 0;
  private readonly inFlight = new Map<number, InFlight>();
  private readonly passedOn: { readonly sentence: Sentence; audioMs: number | undefined }[] = [];
  private nextIndex = 0;
  /** Index of the sentence that is passed on next. */
  private nextToPass = 0;
  private skippedInARow = 0;
  private closed = false;
  private ended = false;
  private readonly wakeUps: (() => void)[] = [];
  private saidCount = 0;
  private error: AppError | undefined;

  constructor(turnId: string, events: SpeechQueueEvents) {
    this.turnId = turnId;
    this.events = events;
  }

  /** Every sentence that was passed on, by index, with the length of its sound once known. */
  get sentences(): readonly HeardSentence[] {
    return this.passedOn;
  }

  /** Sentences that were said whole. */
  get said(): number {
    return this.saidCount;
  }

  /** Why a sentence was skipped last; undefined when none was. */
  get lastError(): AppError | undefined {
    return this.error;
  }

  get isFull(): boolean {
    return this.waiting.length >= MAX_WAITING || this.waitingCharacters >= MAX_WAITING_CHARACTERS;
  }

  /** Resolves when the queue is not full, or has ended. */
  async room(): Promise<void> {
    while (this.isFull && !this.ended) await new Promise<void>((resolve) => this.wakeUps.push(resolve));
  }

  /** Puts pieces at the end. */
  add(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      this.waiting.push({ turnId: this.turnId, index: this.nextIndex++, ...piece });
      this.waitingCharacters += piece.text.length;
    }
    this.pump();
  }

  /** No more pieces will come. */
  close(): void {
    this.closed = true;
    this.pump();
  }

  /** Takes the sentences from index `from` on back and hands them over again. A queue that was drained goes on. */
  rewind(from: number): void {
    const again = this.passedOn.slice(from, this.nextToPass).map(({ sentence }) => sentence);
    for (const { index } of again) this.inFlight.delete(index);
    this.nextToPass = Math.min(from, this.nextToPass);
    this.waiting.unshift(...again);
    for (const { text } of again) this.waitingCharacters += text.length;
    this.ended = false;
    this.skippedInARow = 0;
    this.pump();
  }

  /** Ends the queue without a word. */
  stop(): void {
    this.ended = true;
    this.waiting.length = 0;
    this.waitingCharacters = 0;
    this.inFlight.clear();
    this.wake();
  }

  /** Whether speech has the sentence now. */
  isInFlight(index: number): boolean {
    return this.inFlight.has(index);
  }

  /** Speech took the sentence up. */
  handleStarted(index: number): void {
    const sentence = this.inFlight.get(index);
    if (sentence !== undefined) sentence.started = true;
  }

  /** Speech ended. A sentence that it had in hand both times when it ended twice is given up. */
  handleGone(): void {
    for (const entry of [...this.inFlight.values()]) {
      if (entry.started) entry.kills++;
      entry.started = false;
      if (entry.kills < MAX_KILLS) continue;
      this.inFlight.delete(entry.sentence.index);
      this.skip(entry.sentence, KILLS_SPEECH);
    }
  }

  /** Speech is there anew: hands over once more what it had not said. */
  sayAgain(): void {
    const unsaid = [...this.inFlight.values()].sort((a, b) => a.sentence.index - b.sentence.index);
    for (const { sentence } of unsaid) this.events.say(sentence);
  }

  /** Speech said the sentence. */
  handleDone(index: number, audioMs: number): void {
    if (!this.inFlight.delete(index)) return;
    const passed = this.passedOn[index];
    if (passed !== undefined) passed.audioMs = audioMs;
    this.saidCount++;
    this.skippedInARow = 0;
    this.pump();
  }

  /** Speech could not say the sentence. */
  handleFailed(index: number, error: AppError): void {
    const failed = this.inFlight.get(index);
    if (failed === undefined) return;
    if (concernsEverySentence(error)) {
      this.breakOff(error);
      return;
    }
    if (!failed.failed) {
      failed.failed = true;
      this.events.say(failed.sentence);
      return;
    }
    this.inFlight.delete(index);
    this.skip(failed.sentence, error);
  }

  private skip(sentence: Sentence, error: AppError): void {
    this.error = error;
    this.events.skipped(sentence, error);
    this.skippedInARow++;
    if (this.skippedInARow >= MAX_SKIPPED_IN_A_ROW) this.breakOff(error);
    else this.pump();
  }

  private breakOff(error: AppError): void {
    this.stop();
    this.events.broken(error);
  }

  private pump(): void {
    if (this.ended) return;
    while (this.inFlight.size < MAX_IN_FLIGHT) {
      const sentence = this.waiting.shift();
      if (sentence === undefined) break;
      this.waitingCharacters -= sentence.text.length;
      // What is said anew keeps its place: what was heard of it once stays heard.
      this.passedOn[sentence.index] = { sentence, audioMs: undefined };
      this.nextToPass = sentence.index + 1;
      if (this.events.isToBeSaid(sentence)) {
        this.inFlight.set(sentence.index, { sentence, failed: false, started: false, kills: 0 });
        this.events.say(sentence);
      }
      this.events.passed(sentence);
    }
    this.wake();
    if (this.closed && !this.hasEnded() && this.waiting.length === 0 && this.inFlight.size === 0) {
      this.ended = true;
      this.events.drained();
    }
  }

  /** As a function: what is called while pumping may end the queue. */
  private hasEnded(): boolean {
    return this.ended;
  }

  private wake(): void {
    if (this.isFull && !this.ended) return;
    for (const resolve of this.wakeUps.splice(0)) resolve();
  }
}

/** The voice or the engine itself is at fault: the next sentence would fail the same way. */
function concernsEverySentence(error: AppError): boolean {
  return error.stage === 'voice' || error.stage === 'model';
}
