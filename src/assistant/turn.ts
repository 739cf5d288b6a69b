/**
 * One turn: a prompt's answer read from the language model, cut into sentences, said in order, and told to the window.
 *
 * It ends in exactly one of four ways, with `turn.end` as its last event: `complete`; `incomplete` (the text broke off, what
 * was whole of it is said); `failed` (nothing was there to be said, or nothing can be said any more); `stopped`. After
 * `complete` and `incomplete` there is sound at the player. Reading goes on while
 * sentences are said, and is held up only when very many wait.
 */
import type { AssistantCommand } from '../common/ports/assistant-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import type { ChatMessage } from '../common/provider.ts';
import type { Reading } from '../common/reading.ts';
import { appError, toAppError, unreachable, type AppError } from '../common/result.ts';
import type { Piece, TurnOutcome } from '../common/sentence.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { VoiceSource } from '../common/voice.ts';
import type { PersonalDictionary } from '../text/personal-dictionary.ts';
import { createSpeakableStream, type SpeakableStream } from '../text/speakable-stream.ts';
import type { HeardSentence } from './heard.ts';
import type { ChatEvent, Provider } from './providers/provider.ts';
import { SpeechQueue } from './speech-queue.ts';

/** What a turn starts with. */
export interface TurnOptions {
  readonly turnId: string;
  readonly provider: Provider;
  /** Id of the provider, for the window. */
  readonly providerId: string;
  readonly messages: readonly ChatMessage[];
  readonly voice: VoiceSource;
  /** Pace of speech, 0.5 to 2. */
  readonly speed: number;
  /** Silence between sentences, ms. */
  readonly pauseMs: number;
  /** Overlap of sentences, ms. */
  readonly crossfadeMs: number;
  /** What is said of code, tables, emoji and stage directions. */
  readonly reading: Reading;
  /**
   * Set for a text that was written already: an offset in it. Sentences that end before it are shown but not said.
   */
  readonly sayFrom?: number;
  /** Exchanges that the language model is not told of any more. */
  readonly forgotten?: number;
  /** The person's own; its entries may change while the turn runs. */
  readonly dictionary: PersonalDictionary;
}

/** What is to be said again; see the command of the same name. */
export type Resay = Pick<
  Extract<AssistantCommand, { type: 'turn.resay' }>,
  'from' | 'offset' | 'voice' | 'speed'
>;

/** Where a turn speaks to. */
export interface TurnSurroundings {
  /** Sends to speech. While speech is being started again nothing is sent; see {@link Turn.speechBack}. */
  say(request: SpeechRequest): void;
  /** Tells the window. */
  tell(event: TurnEvent): void;
  /** Called once, before `turn.end` is told. */
  ended(turn: Turn): void;
}

/** A text ends here: a full end with closing marks behind it, markup included. */
const WHOLE = /[.!?…。！？]["'”’»)\]}*_`~]*\s*$/;

export class Turn {
  readonly turnId: string;
  private readonly options: TurnOptions;
  private readonly around: TurnSurroundings;
  private readonly abort = new AbortController();
  private readonly speakable: SpeakableStream;
  private readonly queue: SpeechQueue;
  private voice: VoiceSource;
  private speed: number;
  private text = '';
  private textError: AppError | undefined;
  /** Offset in the answer: what ends before it is shown but not said. */
  private sayFrom: number;
  private begun = false;
  private finishing = false;
  /** From which index on sentences were taken back, for each time that speech has not answered. */
  private takenBack: readonly number[] = [];
  private finalOutcome: TurnOutcome | undefined;

  constructor(options: TurnOptions, around: TurnSurroundings) {
    this.turnId = options.turnId;
    this.options = options;
    this.around = around;
    this.sayFrom = options.sayFrom ?? 0;
    this.voice = options.voice;
    this.speed = options.speed;
    this.speakable = createSpeakableStream(
      { ...options.reading, lang: options.voice.language },
      options.dictionary,
    );
    this.queue = new SpeechQueue(options.turnId, {
      isToBeSaid: ({ spoken, end }) => spoken.trim() !== '' && end > this.sayFrom,
      say: (sentence) =>
        this.sendToSpeech({ type: 'sentence.say', sentence, voice: this.voice, speed: this.speed }),
      passed: (sentence) => this.tell({ type: 'turn.sentence', turnId: this.turnId, sentence }),
      skipped: ({ index }, error) => {
        this.sendToSpeech({ type: 'sentence.skip', turnId: this.turnId, index });
        this.tell({ type: 'sentence.skipped', turnId: this.turnId, index, error });
      },
      drained: () => this.finishSpeech(),
      broken: (error) => this.end('failed', error),
    });
  }

  /** The answer as far as it has come. */
  get answer(): string {
    return this.text;
  }

  /** The sentences so far, by index. */
  get sentences(): readonly HeardSentence[] {
    return this.queue.sentences;
  }

  /** How it ended; undefined while it runs. */
  get outcome(): TurnOutcome | undefined {
    return this.finalOutcome;
  }

  /** Takes the turn up. Called once. */
  start(): void {
    const { turnId, providerId: provider } = this.options;
    const {
      provider: { model },
      forgotten = 0,
    } = this.options;
    this.tell({ type: 'turn.started', turnId, provider, model, forgotten });
    void this.read();
  }

  /** Ends it now; a turn that has ended stays as it is. */
  stop(): void {
    this.end('stopped', undefined);
  }

  /** The rest of its sound is not wanted, though all of it was said: a jump that comes too late opens it no more. */
  close(): void {
    if (this.finalOutcome !== undefined) this.finalOutcome = 'stopped';
  }

  /** Voice and speed from the next sentence on that is handed to speech. */
  setVoice(voice: VoiceSource, speed: number): void {
    this.voice = voice;
    this.speed = speed;
  }

  /**
   * Says the sentences from index `from` on again, in another voice or speed or because the listener wants to hear them.
   * A turn that was said to its end is open again; a stopped or failed one stays as it is.
   */
  resay({ from, offset, voice, speed }: Resay): void {
    if (this.finalOutcome === 'stopped' || this.finalOutcome === 'failed') return;
    this.finalOutcome = undefined;
    this.setVoice(voice, speed);
    this.sayFrom = offset;
    if (this.begun) {
      this.takenBack = [...this.takenBack, from];
      this.around.say({ type: 'turn.resay', turnId: this.turnId, from });
    }
    this.queue.rewind(from);
  }

  /** Whether it says a text that was written already. */
  get isReplay(): boolean {
    return this.options.sayFrom !== undefined;
  }

  /** Why the text broke off; undefined when it did not. */
  get problem(): AppError | undefined {
    return this.textError;
  }

  /** The language model that answers. */
  get model(): string {
    return this.options.provider.model;
  }

  /** Takes a report of speech about this turn. */
  handleSpeech(report: SpeechReport): void {
    if (report.turnId !== this.turnId || this.finalOutcome !== undefined || this.isOutdated(report)) return;
    switch (report.type) {
      case 'sentence.started':
        this.queue.handleStarted(report.index);
        this.tell(report);
        return;
      case 'sentence.words':
        this.tell(report);
        return;
      case 'sentence.done': {
        const { index, audioMs, synthMs } = report;
        this.tellDone(index, audioMs, synthMs);
        return;
      }
      case 'voice.pressed':
        this.options.provider.hold?.(report.pressed);
        return;
      case 'sentence.failed':
        this.queue.handleFailed(report.index, report.error);
        return;
      case 'turn.taken-back':
        this.takenBack = this.takenBack.slice(1);
        return;
      case 'turn.spoken':
        this.end(this.textError === undefined ? 'complete' : 'incomplete', this.textError);
        return;
      default:
        unreachable(report);
    }
  }

  /** Speech is gone, and with it what was not at the player yet. It is being started again. */
  speechGone(): void {
    this.options.provider.hold?.(false);
    if (this.begun && this.finalOutcome === undefined) this.queue.handleGone();
  }

  /** Speech is there again: what was not said yet is asked for anew. */
  speechBack(): void {
    if (!this.begun || this.finalOutcome !== undefined) return;
    this.beginSpeech();
    this.queue.sayAgain();
    if (this.finishing) this.around.say({ type: 'turn.finish', turnId: this.turnId });
  }

  /** Speech will not come back by itself. */
  speechLost(error: AppError): void {
    if (this.begun) this.end('failed', error);
  }

  /** Whether it was on its way when what it tells of was taken back: it tells nothing of what is asked for now. */
  private isOutdated(report: SpeechReport): boolean {
    if (report.type === 'turn.spoken') return this.takenBack.length > 0;
    return 'index' in report && this.takenBack.some((from) => report.index >= from);
  }

  private tellDone(index: number, audioMs: number, synthMs: number): void {
    if (!this.queue.isInFlight(index)) return;
    // Before the queue moves on: what follows may be the turn's end.
    this.tell({ type: 'sentence.done', turnId: this.turnId, index, audioMs, synthMs });
    this.queue.handleDone(index, audioMs);
  }

  private async read(): Promise<void> {
    let finish: 'stop' | 'length' = 'stop';
    try {
      const stream = this.options.provider.stream({ messages: this.options.messages }, this.abort.signal);
      for await (const event of stream) {
        if (this.abort.signal.aborted) return;
        if (event.type === 'finish') finish = event.reason;
        else await this.take(event);
      }
    } catch (thrown) {
      this.endText(toAppError(thrown, 'llm'));
      return;
    }
    this.endText(finish === 'length' ? TOO_LONG : undefined);
  }

  private async take(event: Exclude<ChatEvent, { type: 'finish' }>): Promise<void> {
    switch (event.type) {
      case 'notice':
        this.tell({ type: 'turn.notice', turnId: this.turnId, message: event.message });
        return;
      case 'delta':
        this.text += event.text;
        this.tell({ type: 'turn.delta', turnId: this.turnId, text: event.text });
        this.queue.add(this.speakable.push(event.text));
        await this.queue.room();
        return;
      default:
        unreachable(event);
    }
  }

  private endText(error: AppError | undefined): void {
    if (this.finalOutcome !== undefined) return;
    const reason = error ?? (this.text.trim() === '' ? EMPTY : undefined);
    this.textError = reason;
    this.tell({ type: 'turn.text-end', turnId: this.turnId, error: reason });
    if (this.text.trim() === '') {
      this.end('failed', reason);
      return;
    }
    const rest = this.speakable.end();
    this.queue.add(reason === undefined ? rest : withoutBrokenEnd(rest));
    this.queue.close();
  }

  private finishSpeech(): void {
    if (this.queue.said > 0) {
      this.finishing = true;
      this.sendToSpeech({ type: 'turn.finish', turnId: this.turnId });
      return;
    }
    // Nothing of it sounded: every sentence was skipped, or there was none with words in it.
    if (this.queue.lastError !== undefined) this.end('failed', this.queue.lastError);
    else this.end('failed', this.textError ?? NOTHING_TO_SAY);
  }

  private sendToSpeech(request: SpeechRequest): void {
    if (this.finalOutcome !== undefined) return;
    if (!this.begun) {
      this.begun = true;
      this.beginSpeech();
    }
    this.around.say(request);
  }

  private beginSpeech(): void {
    const { turnId, pauseMs, crossfadeMs, provider } = this.options;
    const besideModel = provider.hold !== undefined && !this.isReplay;
    this.takenBack = [];
    this.around.say({ type: 'turn.begin', turnId, pauseMs, crossfadeMs, besideModel });
  }

  private end(outcome: TurnOutcome, error: AppError | undefined): void {
    if (this.finalOutcome !== undefined) return;
    this.finalOutcome = outcome;
    this.abort.abort();
    this.queue.stop();
    if (this.begun && (outcome === 'stopped' || outcome === 'failed')) {
      this.around.say({ type: 'turn.stop', turnId: this.turnId });
    }
    this.around.ended(this);
    this.around.tell({ type: 'turn.end', turnId: this.turnId, outcome, error });
  }

  private tell(event: TurnEvent): void {
    if (this.finalOutcome === undefined) this.around.tell(event);
  }
}

/** Leaves the last piece unsaid when the text broke off within it: half a sentence is worse than none. */
function withoutBrokenEnd(pieces: readonly Piece[]): Piece[] {
  const last = pieces.at(-1);
  if (last === undefined || WHOLE.test(last.text)) return [...pieces];
  return [...pieces.slice(0, -1), { ...last, spoken: '' }];
}

const TOO_LONG = appError('stream-cut', 'llm', FAILURES.turn.reachedLimit);

const EMPTY = appError('provider-error', 'llm', FAILURES.turn.emptyAnswer, { retryable: true });

const NOTHING_TO_SAY = appError('nothing-to-say', 'text', FAILURES.turn.nothingToSay);
