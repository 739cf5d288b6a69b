/** Has the speech thread say sentences and takes the times: the smallest turn there is, without an assistant. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { samplesToMs } from '../../common/audio.ts';
import type { PlayerInput } from '../../common/ports/player.ts';
import type { SpeechReport } from '../../common/ports/speech.ts';
import { AppFailure, unreachable, type AppError } from '../../common/result.ts';
import type { VoiceSource } from '../../common/voice.ts';
import type { SpeechWorker } from '../speech-worker.ts';

/** One sentence said, or several in one turn. */
export interface Utterance {
  /** From the text being given until the engine took it up, ms. */
  readonly startedMs: number;
  /** From the text being given to its first PCM, ms. */
  readonly firstMs: number;
  /** The engine's own time for all of it, ms. */
  readonly synthMs: number;
  readonly audioMs: number;
}

/** Says one turn at a time. */
export class BenchSpeaker {
  private readonly worker: SpeechWorker;
  private readonly voice: VoiceSource;
  private onInput: (input: PlayerInput) => void = () => undefined;
  private onReport: (report: SpeechReport) => void = () => undefined;

  constructor(worker: SpeechWorker, voice: VoiceSource) {
    this.worker = worker;
    this.voice = voice;
    worker.player.onMessage((input) => this.onInput(input));
    worker.assistant.onMessage((report) => this.onReport(report));
  }

  /** Says sentences, which are all given at once. Throws the speech service's failure. */
  async say(...sentences: readonly string[]): Promise<Utterance> {
    const turnId = randomUUID();
    const startedAt = performance.now();
    let firstMs: number | undefined;
    let samples = 0;
    let played: () => void;
    // Sound and reports come on two ports: a turn's report may overtake its last sound.
    const finished = new Promise<void>((resolve) => {
      played = resolve;
    });
    this.onInput = (input) => {
      // Sound of a turn that was stopped may still be on its way.
      if (input.turnId !== turnId) return;
      if (input.type === 'turn.finish') played();
      if (input.type === 'turn.open') this.giveCredit(turnId);
      if (input.type !== 'chunk' || input.pcm.length === 0) return;
      firstMs ??= performance.now() - startedAt;
      samples += input.pcm.length;
    };
    const said = this.saidOrFailed(turnId);
    this.beginTurn(turnId, sentences);
    this.worker.assistant.send({ type: 'turn.finish', turnId });
    const { startedAt: takenUpAt, synthMs } = await said;
    await finished;
    return {
      startedMs: takenUpAt - startedAt,
      firstMs: firstMs ?? Number.NaN,
      synthMs,
      audioMs: samplesToMs(samples),
    };
  }

  /** Stops `spoken` after so long and says `next`, whose times it returns. Throws the speech service's failure. */
  async sayInstead(spoken: string, afterMs: number, next: string): Promise<Utterance> {
    const turnId = randomUUID();
    this.onInput = (input) => {
      if (input.type === 'turn.open') this.giveCredit(input.turnId);
    };
    this.onReport = () => undefined;
    this.beginTurn(turnId, [spoken]);
    await delay(afterMs);
    this.worker.assistant.send({ type: 'turn.stop', turnId });
    return this.say(next);
  }

  private beginTurn(turnId: string, sentences: readonly string[]): void {
    const { assistant } = this.worker;
    assistant.send({ type: 'turn.begin', turnId, pauseMs: 0, crossfadeMs: 0, besideModel: false });
    for (const [index, spoken] of sentences.entries()) {
      const sentence = { turnId, index, text: spoken, spoken, start: 0, end: spoken.length };
      assistant.send({ type: 'sentence.say', sentence, voice: this.voice, speed: 1 });
    }
  }

  /** More than any sentence is long: the player of a bench is never full. */
  private giveCredit(turnId: string): void {
    this.worker.player.send({ type: 'credit', turnId, upToMs: 3_600_000 });
  }

  private saidOrFailed(turnId: string): Promise<{ startedAt: number; synthMs: number }> {
    return new Promise((resolve, reject) => {
      let startedAt = Number.NaN;
      let synthMs = 0;
      let error: AppError | undefined;
      this.onReport = (report) => {
        if (report.turnId !== turnId) return;
        switch (report.type) {
          case 'sentence.started':
            if (report.index === 0) startedAt = performance.now();
            return;
          case 'sentence.words':
          case 'voice.pressed':
          case 'turn.taken-back':
            return;
          case 'sentence.done':
            synthMs += report.synthMs;
            return;
          case 'sentence.failed':
            error = report.error;
            return;
          case 'turn.spoken':
            if (error) reject(new AppFailure(error));
            else resolve({ startedAt, synthMs });
            return;
          default:
            unreachable(report);
        }
      };
    });
  }
}
