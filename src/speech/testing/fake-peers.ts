/** The speech service's two peers, for tests: an assistant that asks and a player that takes sound and gives credit. */
import { channelPair, type Channel } from '../../common/channel.ts';
import type { PlayerCredit, PlayerInput } from '../../common/ports/player.ts';
import type { SpeechReport, SpeechRequest } from '../../common/ports/speech.ts';
import type { VoiceSource } from '../../common/voice.ts';
import type { SpeechService } from '../speech-service.ts';
import { textOf } from './fake-engine.ts';

export const FAKE_VOICE: VoiceSource = { kind: 'style', id: 'fake', path: '/fake.bin', language: 'en-US' };

/** An assistant that keeps all reports. */
export class FakeAssistant {
  readonly reports: SpeechReport[] = [];
  readonly channel: Channel<SpeechRequest, SpeechReport>;

  constructor(service: SpeechService) {
    const [mine, its] = channelPair<SpeechRequest, SpeechReport>();
    this.channel = mine;
    mine.onMessage((report) => this.reports.push(report));
    service.connectAssistant(its);
  }

  begin(turnId: string): void {
    this.channel.send({ type: 'turn.begin', turnId, pauseMs: 150, crossfadeMs: 0, besideModel: false });
  }

  say(turnId: string, index: number, spoken: string): void {
    const sentence = { turnId, index, text: spoken, spoken, start: 0, end: spoken.length };
    this.channel.send({ type: 'sentence.say', sentence, voice: FAKE_VOICE, speed: 1 });
  }

  skip(turnId: string, index: number): void {
    this.channel.send({ type: 'sentence.skip', turnId, index });
  }

  finish(turnId: string): void {
    this.channel.send({ type: 'turn.finish', turnId });
  }

  stop(turnId: string): void {
    this.channel.send({ type: 'turn.stop', turnId });
  }

  /** Whether the voice was pressed, each time it was told. */
  get pressure(): boolean[] {
    return this.reports.filter((report) => report.type === 'voice.pressed').map(({ pressed }) => pressed);
  }

  /** The reports as short lines: `started 0`, `done 0`, `failed 1 synthesis-failed`, `taken back`, `spoken 2`. */
  get lines(): string[] {
    return this.reports.filter(isOfSentences).map((report) => {
      switch (report.type) {
        case 'sentence.started':
          return `started ${report.index}`;
        case 'sentence.words':
          return `words ${report.index}`;
        case 'sentence.done':
          return `done ${report.index}`;
        case 'sentence.failed':
          return `failed ${report.index} ${report.error.code}`;
        case 'turn.taken-back':
          return 'taken back';
        case 'turn.spoken':
          return `spoken ${report.sentences}`;
      }
    });
  }
}

/** All but what is told of the voice itself. */
function isOfSentences(report: SpeechReport): report is Exclude<SpeechReport, { type: 'voice.pressed' }> {
  return report.type !== 'voice.pressed';
}

/** A player that keeps all it gets; it gives `credit` ms on `turn.open`, and more only when told to. */
export class FakePlayer {
  readonly inputs: PlayerInput[] = [];
  readonly channel: Channel<PlayerCredit, PlayerInput>;

  constructor(service: SpeechService, creditMs = Number.POSITIVE_INFINITY) {
    const [mine, its] = channelPair<PlayerCredit, PlayerInput>();
    this.channel = mine;
    mine.onMessage((input) => {
      this.inputs.push(input);
      if (input.type === 'turn.open' && creditMs > 0) this.grant(input.turnId, creditMs);
    });
    service.connectPlayer(its);
  }

  grant(turnId: string, upToMs: number): void {
    this.channel.send({ type: 'credit', turnId, upToMs });
  }

  chunks(turnId: string): Extract<PlayerInput, { type: 'chunk' }>[] {
    return this.inputs.filter((input) => input.type === 'chunk').filter((chunk) => chunk.turnId === turnId);
  }

  /** What the turn's sound says, in the order of arrival: `0:Hello.|1:Then`, `|` where a sentence's last chunk came. */
  heard(turnId: string): string {
    const sentences: { index: number; pcm: Int16Array[]; ended: boolean }[] = [];
    for (const { sentenceIndex, pcm, last } of this.chunks(turnId)) {
      const current = sentences.at(-1);
      if (current?.index === sentenceIndex && !current.ended) {
        current.pcm.push(pcm);
        current.ended = last;
      } else sentences.push({ index: sentenceIndex, pcm: [pcm], ended: last });
    }
    return sentences.map(({ index, pcm, ended }) => `${index}:${textOf(pcm)}${ended ? '|' : ''}`).join('');
  }
}

/** Waits, one turn of the event loop after the other, until something is so; gives up after very many. */
export async function until(condition: () => boolean, what = 'the awaited state'): Promise<void> {
  for (let turn = 0; turn < 20_000; turn++) {
    if (condition()) return;
    await rest(1);
  }
  throw new Error(`${what} did not come about`);
}

/** Lets the event loop turn some times. */
export async function rest(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets everything that is under way without a timer come to rest. */
export function settle(): Promise<void> {
  return rest(300);
}
