/** The assistant with a fake language model, a fake voice and a window that takes everything down. */
import { channelPair } from '../../common/channel.ts';
import type { AssistantReport, TurnStart } from '../../common/ports/assistant-control.ts';
import type { SpeechReport, SpeechRequest } from '../../common/ports/speech.ts';
import type { TurnEvent } from '../../common/ports/turn.ts';
import type { VoiceSource } from '../../common/voice.ts';
import { DEFAULT_READING } from '../../common/reading.ts';
import { AssistantService } from '../assistant-service.ts';
import { FakeProvider } from './fake-provider.ts';
import { FakeSpeech } from './fake-speech.ts';

/** A voice that exists by name only. */
export function voice(id: string): VoiceSource {
  return { kind: 'style', id, path: `${id}.bin`, language: 'en-US' };
}

export class FakeHousehold {
  readonly provider = new FakeProvider();
  readonly events: TurnEvent[] = [];
  readonly reports: AssistantReport[] = [];
  readonly service: AssistantService;
  speech: FakeSpeech;

  constructor(options: { readonly speechHeld?: boolean } = {}) {
    this.service = new AssistantService({
      report: (report) => this.reports.push(report),
      provider: () => this.provider,
    });
    this.connectWindow();
    this.speech = this.connectSpeech(options.speechHeld);
  }

  connectWindow(): void {
    const [ours, theirs] = channelPair<TurnEvent, never>();
    theirs.onMessage((event) => this.events.push(event));
    this.service.connectWindow(ours);
  }

  connectSpeech(held = false): FakeSpeech {
    const [ours, theirs] = channelPair<SpeechRequest, SpeechReport>();
    this.speech = new FakeSpeech(theirs, held);
    this.service.connectSpeech(ours);
    return this.speech;
  }

  /** Waits until the voice of now is gone, and the service knows it. */
  async untilSpeechIsGone(): Promise<void> {
    for (let tick = 0; tick < 100_000 && !this.speech.dead; tick++) await new Promise(setImmediate);
    if (!this.speech.dead) throw new Error('The voice did not end.');
    await new Promise(setImmediate);
  }

  send(turnId: string, prompt = 'Tell me something.', changes: Partial<TurnStart> = {}): void {
    const turn: TurnStart = {
      turnId,
      prompt,
      provider: { kind: 'built-in', id: 'built-in', model: 'fake/model', modelPath: 'fake.gguf' },
      systemPrompt: 'Be brief.',
      voice: voice('heart'),
      speed: 1,
      pauseMs: 150,
      crossfadeMs: 0,
      reading: DEFAULT_READING,
      ...changes,
    };
    this.service.handle({ type: 'turn.start', turn });
  }

  /** Waits for an event; gives up after many ticks, so that a hang is a failure with a reason. */
  async until<T extends TurnEvent['type']>(
    type: T,
    turnId: string,
    accept: (event: Extract<TurnEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<TurnEvent, { type: T }>> {
    const matches = (event: TurnEvent): event is Extract<TurnEvent, { type: T }> => event.type === type;
    let seen = 0;
    for (let tick = 0; tick < 100_000; tick++) {
      for (; seen < this.events.length; seen++) {
        const event = this.events[seen];
        if (event?.turnId === turnId && matches(event) && accept(event)) return event;
      }
      await new Promise(setImmediate);
    }
    const last = this.events.slice(-20).map((event) => event.type);
    throw new Error(`No ${type} of turn ${turnId} came; the last events were: ${last.join(', ')}`);
  }

  end(turnId: string): Promise<Extract<TurnEvent, { type: 'turn.end' }>> {
    return this.until('turn.end', turnId);
  }

  of<T extends TurnEvent['type']>(type: T, turnId: string): Extract<TurnEvent, { type: T }>[] {
    const matches = (event: TurnEvent): event is Extract<TurnEvent, { type: T }> => event.type === type;
    return this.events.filter(matches).filter((event) => event.turnId === turnId);
  }
}
