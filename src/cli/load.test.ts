/**
 * Assistant and speech together, as in the app: a server on this machine, real message ports, and an engine without a model. Very
 * many turns, stops at any moment, an answer without end: each turn ends as it should, and nothing is left over.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AssistantService } from '../assistant/assistant-service.ts';
import { answer, chunk, DONE, FakeOpenAiServer } from '../assistant/testing/fake-openai-server.ts';
import { threadChannel } from '../common/channel.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import { DEFAULT_READING } from '../common/reading.ts';
import type { TurnOutcome } from '../common/sentence.ts';
import { SpeechService } from '../speech/speech-service.ts';
import { FakeEngine, textOf } from '../speech/testing/fake-engine.ts';
import { FAKE_VOICE } from '../speech/testing/fake-peers.ts';

/** Sound that the player takes ahead of what it has, ms. */
const CREDIT_MS = 12_000;

class House {
  readonly server = new FakeOpenAiServer();
  readonly assistant = new AssistantService({ report: () => undefined });
  private readonly speech = new SpeechService();
  private readonly ports: MessagePort[] = [];
  /** What the player has of the turn of now, and when its first sound came. */
  turnId = '';
  pcm: Int16Array[] = [];
  firstSoundAt: number | undefined;
  /** Sound of a turn that the player was told to drop. */
  lateChunks = 0;
  charactersRead = 0;
  /** Whether the player takes all that comes at once. */
  takes = true;
  private stopped = new Set<string>();
  private readonly ends = new Map<string, (outcome: TurnOutcome) => void>();

  async open(): Promise<void> {
    await this.server.listen();
    await this.speech.loadEngine(new FakeEngine(), {
      modelFolder: 'm',
      preparedFolder: 'p',
      dataFolder: 'd',
    });
    const [a, b] = this.pair();
    this.assistant.connectSpeech(threadChannel<SpeechRequest, SpeechReport>(a));
    this.speech.connectAssistant(threadChannel<SpeechReport, SpeechRequest>(b));
    const [c, d] = this.pair();
    this.speech.connectPlayer(threadChannel<PlayerInput, PlayerCredit>(c));
    const player = threadChannel<PlayerCredit, PlayerInput>(d);
    player.onMessage((input) => {
      if (input.type === 'turn.stop') this.stopped.add(input.turnId);
      if (input.type === 'turn.open')
        player.send({ type: 'credit', turnId: input.turnId, upToMs: CREDIT_MS });
      if (input.type !== 'chunk') return;
      if (this.stopped.has(input.turnId)) this.lateChunks++;
      if (input.turnId !== this.turnId) return;
      this.firstSoundAt ??= performance.now();
      this.pcm.push(input.pcm);
      const hasMs = this.pcm.reduce((sum, { length }) => sum + length, 0) / 24;
      if (this.takes) player.send({ type: 'credit', turnId: input.turnId, upToMs: hasMs + CREDIT_MS });
    });
    const [e, f] = this.pair();
    this.assistant.connectWindow(threadChannel<TurnEvent, unknown>(e));
    threadChannel<unknown, TurnEvent>(f).onMessage((event) => {
      if (event.type === 'turn.delta') this.charactersRead += event.text.length;
      if (event.type !== 'turn.end') return;
      this.ends.get(event.turnId)?.(event.outcome);
      this.ends.delete(event.turnId);
    });
  }

  /** Sends a prompt; resolves at the turn's first end. */
  ask(turnId: string): Promise<TurnOutcome> {
    this.turnId = turnId;
    this.pcm = [];
    this.firstSoundAt = undefined;
    this.charactersRead = 0;
    const ended = new Promise<TurnOutcome>((resolve) => this.ends.set(turnId, resolve));
    this.assistant.handle({
      type: 'turn.start',
      turn: {
        turnId,
        prompt: 'Go on.',
        provider: {
          kind: 'openai-compatible',
          id: 'custom',
          baseUrl: this.server.baseUrl,
          model: 'fake/model',
          key: '',
        },
        systemPrompt: 'Be brief.',
        voice: FAKE_VOICE,
        speed: 1,
        pauseMs: 150,
        crossfadeMs: 0,
        reading: DEFAULT_READING,
      },
    });
    return ended;
  }

  stop(turnId: string): void {
    this.assistant.handle({ type: 'turn.stop', turnId, heard: undefined });
  }

  get heard(): string {
    return textOf(this.pcm);
  }

  async close(): Promise<void> {
    for (const port of this.ports) port.close();
    await this.speech.dispose();
    await this.server.close();
  }

  private pair(): [MessagePort, MessagePort] {
    const { port1, port2 } = new MessageChannel();
    this.ports.push(port1, port2);
    return [port1, port2];
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory in use after a collection, MB. */
async function heapMb(): Promise<number> {
  await sleep(50);
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** What keeps a process alive: timers, ports, connections, by kind. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Connections that undici keeps open to be used again, and the two ends of each are in this process. */
const MOST_KEPT_CONNECTIONS = 8;

let house: House;
const warnings: Error[] = [];
const onWarning = (warning: Error): void => void warnings.push(warning);

beforeEach(async () => {
  warnings.length = 0;
  process.on('warning', onWarning);
  house = new House();
  await house.open();
});
afterEach(async () => {
  process.off('warning', onWarning);
  await house.close();
});

/** Nothing that grew with the number of turns. */
function expectNothingLeft(before: Record<string, number>): void {
  const after = resources();
  for (const [kind, count] of Object.entries(after)) {
    const most = kind.startsWith('TCP') ? MOST_KEPT_CONNECTIONS : (before[kind] ?? 0) + 2;
    expect(count, `${kind}, of ${JSON.stringify(after)}`).toBeLessThanOrEqual(most);
  }
  // Node warns of more than ten listeners on one signal or emitter.
  expect(warnings).toEqual([]);
}

describe('a long day', () => {
  it('500 short turns in a row are each heard whole and once, and leave nothing behind', async () => {
    house.server.answers = [answer('Good ', 'morning.')];
    for (let turn = 0; turn < 100; turn++) await house.ask(`warm ${turn}`);
    const before = resources();
    const beforeMb = await heapMb();
    for (let turn = 0; turn < 500; turn++) {
      expect(await house.ask(`turn ${turn}`)).toBe('complete');
      await expect.poll(() => house.heard, { interval: 1 }).toBe('Good morning.');
      // What a server has seen is the test's own.
      house.server.requests.length = 0;
    }
    // The conversation itself is kept, some 100 bytes a turn.
    expect((await heapMb()) - beforeMb).toBeLessThan(4);
    expectNothingLeft(before);
  }, 120_000);

  it('200 stops at random moments leave silence, no open request and nothing behind', async () => {
    const sentences = Array.from({ length: 60 }, (_, at) => `Sentence number ${at} is said now. `);
    const endless = { body: sentences.flatMap((text) => [chunk(text), 1]), then: 'hang' } as const;
    const slow = { body: [20, ...sentences.map((text) => chunk(text)), DONE] };
    const before = resources();
    let seed = 4_711;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let turn = 0; turn < 200; turn++) {
      house.server.answers = [random() < 0.5 ? endless : slow];
      house.takes = random() < 0.5;
      const ended = house.ask(`stopped ${turn}`);
      const waitMs = random() * 40;
      if (waitMs > 4) await sleep(waitMs);
      house.stop(`stopped ${turn}`);
      expect(['stopped', 'complete', 'incomplete']).toContain(await ended);
    }
    house.takes = true;
    house.server.answers = [answer('All is ', 'well again.')];
    expect(await house.ask('last')).toBe('complete');
    await expect.poll(() => house.heard, { interval: 1 }).toBe('All is well again.');
    expect(house.lateChunks).toBe(0);
    await sleep(300);
    expectNothingLeft(before);
  }, 120_000);

  it('an answer of 200,000 characters at 2,000 tokens a second is heard as soon as a short one, and is read no further than is needed', async () => {
    const firstSoundMs = async (turnId: string): Promise<number> => {
      const begun = performance.now();
      void house.ask(turnId);
      await expect.poll(() => house.firstSoundAt, { interval: 1, timeout: 10_000 }).toBeDefined();
      return (house.firstSoundAt ?? NaN) - begun;
    };
    house.takes = false;
    house.server.answers = [answer('The keeper counted the ships.')];
    const shortMs: number[] = [];
    for (let turn = 0; turn < 5; turn++) shortMs.push(await firstSoundMs(`short ${turn}`));
    // 2,000 tokens a second: 20 in each 10 ms. All of this house, the server too, is one process.
    const tokens = chunk('The ') + chunk('keeper ') + chunk('slept. ') + chunk('Ships ') + chunk('came. ');
    const packets = Array.from({ length: 200_000 / (29 * 4) }, () => [tokens.repeat(4), 10]).flat();
    house.server.answers = [{ body: [...packets, chunk('', 'stop'), DONE] }];
    const longMs = await firstSoundMs('long');
    expect(longMs).toBeLessThan(Math.max(...shortMs) + 150);
    let read = 0;
    for (let before = -1; read !== before;) {
      before = read;
      await sleep(500);
      read = house.charactersRead;
    }
    expect(read).toBeGreaterThan(1_000);
    // Where nobody takes the sound, the stream waits: 200 sentences or 40,000 characters are ahead, and no more.
    expect(read).toBeLessThan(60_000);
    await sleep(500);
    expect(house.charactersRead).toBe(read);
    house.stop('long');
  }, 60_000);
});
