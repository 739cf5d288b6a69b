/** Has the built-in model answer prompts aloud, and takes the times from Send and from the first token to the first PCM. */
import { randomUUID } from 'node:crypto';
import { AssistantService } from '../../assistant/assistant-service.ts';
import { channelPair } from '../../common/channel.ts';
import type { LlmReport, LlmRequest } from '../../common/ports/llm.ts';
import type { TurnEvent } from '../../common/ports/turn.ts';
import { DEFAULT_SYSTEM_PROMPT, type ProviderConfig } from '../../common/provider.ts';
import type { VoiceSource } from '../../common/voice.ts';
import { DEFAULT_READING } from '../../common/reading.ts';
import type { Generator } from '../../llm/generator.ts';
import { serveLlm } from '../../llm/service.ts';
import type { SpeechWorker } from '../speech-worker.ts';

/** Times of one answer, ms. */
export interface AnswerTimes {
  readonly sendToTokenMs: number;
  readonly tokenToSoundMs: number;
  readonly sendToSoundMs: number;
}

/** Asks each prompt once, in its own conversation. The worker's channels belong to this from here on. */
export async function measureAnswers(options: {
  readonly worker: SpeechWorker;
  readonly generator: Generator;
  readonly provider: ProviderConfig;
  readonly voice: VoiceSource;
  readonly prompts: readonly string[];
}): Promise<readonly AnswerTimes[]> {
  const { worker, generator, provider, voice, prompts } = options;
  const [windowEnd, events] = channelPair<TurnEvent, never>();
  const assistant = new AssistantService({
    report: ({ type }) => {
      if (type !== 'llm.wanted') return;
      const [here, there] = channelPair<LlmRequest, LlmReport>();
      serveLlm(there, generator);
      assistant.connectLlm(here);
    },
  });
  assistant.connectWindow(windowEnd);
  assistant.connectSpeech(worker.assistant);
  let onEvent: (event: TurnEvent) => void = () => undefined;
  events.onMessage((event) => onEvent(event));
  const times: AnswerTimes[] = [];
  for (const prompt of prompts) {
    assistant.handle({ type: 'conversation.load', exchanges: [] });
    const turnId = randomUUID();
    const startedAt = performance.now();
    let tokenAt = 0;
    let soundAt = 0;
    worker.player.onMessage((input) => {
      if (input.type === 'turn.open')
        worker.player.send({ type: 'credit', turnId: input.turnId, upToMs: 12_000 });
      if (input.type !== 'chunk' || input.pcm.length === 0 || soundAt > 0) return;
      soundAt = performance.now();
      assistant.handle({ type: 'turn.stop', turnId, heard: undefined });
    });
    const ended = new Promise<void>((resolve) => {
      onEvent = (event) => {
        if (event.type === 'turn.delta') tokenAt ||= performance.now();
        if (event.type === 'turn.end') resolve();
      };
    });
    assistant.handle({
      type: 'turn.start',
      turn: {
        turnId,
        prompt,
        provider,
        systemPrompt: DEFAULT_SYSTEM_PROMPT,
        voice,
        speed: 1,
        pauseMs: 150,
        crossfadeMs: 0,
        reading: DEFAULT_READING,
      },
    });
    await ended;
    if (soundAt > 0)
      times.push({
        sendToTokenMs: tokenAt - startedAt,
        tokenToSoundMs: soundAt - tokenAt,
        sendToSoundMs: soundAt - startedAt,
      });
  }
  return times;
}
