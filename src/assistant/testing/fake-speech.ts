/**
 * A speech process for tests: says sentences in order, one at a time, and fails as the real one does. It refuses a sentence
 * that comes too late for its place, waits after a failed one until that is asked for again or given up, drops what belongs to an ended turn, and answers `turn.finish` when all is said.
 */
import type { Channel } from '../../common/channel.ts';
import type { SpeechReport, SpeechRequest } from '../../common/ports/speech.ts';
import { appError, type AppError } from '../../common/result.ts';

type Say = Extract<SpeechRequest, { type: 'sentence.say' }>;

/** How long a character of the fake voice sounds, ms. */
export const FAKE_CHARACTER_MS = 60;

export class FakeSpeech {
  /** Everything that was asked, in order. */
  readonly requests: SpeechRequest[] = [];
  /** Sentences said whole, in order, with their voice. */
  readonly said: { readonly index: number; readonly spoken: string; readonly voice: string }[] = [];
  /** The most sentences that were ever unanswered at once. */
  mostUnanswered = 0;
  /** Why a sentence fails at its nth try (from 1); undefined when it does not. */
  failure: (index: number, attempt: number) => AppError | undefined = () => undefined;

  /** Called when a turn is finished, before that is answered. */
  onFinish: () => void = () => undefined;
  /** Whether {@link FakeSpeech.die} was called. */
  dead = false;

  private readonly channel: Channel<SpeechReport, SpeechRequest>;
  private turnId: string | undefined;
  private queue: Say[] = [];
  private readonly attempts = new Map<number, number>();
  private taken = -1;
  private undecided = false;
  /** How often the sentence in hand was taken back. */
  private dropped = 0;
  private unanswered = 0;
  private finishing = false;
  private running = false;
  private held: boolean;

  /** With `held`, nothing is said until {@link FakeSpeech.release}. */
  constructor(channel: Channel<SpeechReport, SpeechRequest>, held = false) {
    this.channel = channel;
    this.held = held;
    channel.onMessage((request) => this.handle(request));
  }

  /** Requests of one kind. */
  asked(type: SpeechRequest['type']): SpeechRequest[] {
    return this.requests.filter((request) => request.type === type);
  }

  /** Says no further sentence after the one in hand. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    void this.run();
  }

  /** The process dies. */
  die(): void {
    this.turnId = undefined;
    this.dead = true;
    this.channel.close();
  }

  private handle(request: SpeechRequest): void {
    this.requests.push(request);
    switch (request.type) {
      case 'turn.begin':
        this.turnId = request.turnId;
        this.queue = [];
        this.attempts.clear();
        this.taken = -1;
        this.undecided = false;
        this.unanswered = 0;
        this.finishing = false;
        break;
      case 'sentence.say':
        if (request.sentence.turnId === this.turnId) this.take(request);
        break;
      case 'turn.resay':
        if (request.turnId === this.turnId) this.takeBack(request.from);
        break;
      case 'sentence.skip':
        if (request.index === this.taken) this.undecided = false;
        break;
      case 'turn.finish':
        this.undecided = false;
        this.finishing = request.turnId === this.turnId;
        break;
      case 'turn.stop':
        if (request.turnId === this.turnId) this.turnId = undefined;
        break;
    }
    void this.run();
  }

  private takeBack(from: number): void {
    const kept = this.queue.filter(({ sentence }) => sentence.index < from);
    this.unanswered -= this.queue.length - kept.length;
    this.queue = kept;
    if (this.taken >= from) {
      this.taken = from - 1;
      this.undecided = false;
      this.dropped++;
    }
    this.finishing = false;
    for (const index of [...this.attempts.keys()]) if (index >= from) this.attempts.delete(index);
    if (this.turnId !== undefined) this.channel.send({ type: 'turn.taken-back', turnId: this.turnId });
  }

  private take(request: Say): void {
    const { turnId, index } = request.sentence;
    if (index < this.taken) {
      const error = appError('request-invalid', 'speech', {
        message: 'A sentence came too late to be said in its place.',
      });
      this.channel.send({ type: 'sentence.failed', turnId, index, error });
      return;
    }
    if (index === this.taken) this.undecided = false;
    this.queue.push(request);
    this.queue.sort((a, b) => a.sentence.index - b.sentence.index);
    this.unanswered++;
    this.mostUnanswered = Math.max(this.mostUnanswered, this.unanswered);
  }

  private async run(): Promise<void> {
    if (this.running || this.held) return;
    this.running = true;
    for (let next = this.next(); next !== undefined; next = this.next()) {
      await this.say(next);
      // As the real one: what came meanwhile is heard first.
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    }
    this.running = false;
    if (!this.finishing || this.turnId === undefined || this.queue.length > 0) return;
    this.finishing = false;
    const { turnId } = this;
    this.onFinish();
    // To a channel that `die` has closed nothing is sent.
    this.channel.send({ type: 'turn.spoken', turnId, sentences: this.said.length });
  }

  private next(): Say | undefined {
    return this.held || this.undecided ? undefined : this.queue.shift();
  }

  private async say({ sentence, voice }: Say): Promise<void> {
    const { turnId, index, spoken } = sentence;
    if (!this.isCurrent(turnId)) return;
    this.taken = index;
    const attempt = (this.attempts.get(index) ?? 0) + 1;
    this.attempts.set(index, attempt);
    this.channel.send({ type: 'sentence.started', turnId, index, rtf: undefined });
    const { dropped } = this;
    await new Promise(setImmediate);
    const error = this.failure(index, attempt);
    if (!this.isCurrent(turnId)) return;
    this.unanswered--;
    // As the real one: of a sentence that was taken back while it was said nothing is told, its failure neither.
    if (dropped !== this.dropped) return;
    if (error !== undefined) {
      this.undecided = true;
      this.channel.send({ type: 'sentence.failed', turnId, index, error });
      return;
    }
    this.said.push({ index, spoken, voice: voice.id });
    const audioMs = spoken.length * FAKE_CHARACTER_MS;
    this.channel.send({ type: 'sentence.done', turnId, index, audioMs, synthMs: 1 });
  }

  private isCurrent(turnId: string): boolean {
    return turnId === this.turnId;
  }
}
