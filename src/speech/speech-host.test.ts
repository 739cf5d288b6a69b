import { describe, expect, it } from 'vitest';
import { channelPair } from '../common/channel.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { SpeechControlReport } from '../common/ports/speech-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import { createEngine } from './engines/engines.ts';
import { startSpeechHost, type ArrivedPort, type SpeechHost } from './speech-host.ts';
import { FakeEngine, textOf } from './testing/fake-engine.ts';
import { FAKE_VOICE, settle, until } from './testing/fake-peers.ts';

const LOAD = {
  type: 'engine.load',
  engine: 'kokoro',
  modelFolder: 'm',
  preparedFolder: 'p',
  dataFolder: 'd',
} as const;

function start(makeEngine: typeof createEngine): { host: SpeechHost; reports: SpeechControlReport[] } {
  const reports: SpeechControlReport[] = [];
  return { host: startSpeechHost((report) => reports.push(report), makeEngine), reports };
}

/** A port with both its ends: what the host is handed, and what its peer sees on the other side. */
function openPort(): {
  port: ArrivedPort;
  seen: (SpeechReport | PlayerInput)[];
  ask: (request: SpeechRequest) => void;
  credit: (credit: PlayerCredit) => void;
} {
  const [asker, answering] = channelPair<SpeechRequest, SpeechReport>();
  const [crediting, sounding] = channelPair<PlayerCredit, PlayerInput>();
  const seen: (SpeechReport | PlayerInput)[] = [];
  asker.onMessage((report) => seen.push(report));
  crediting.onMessage((input) => seen.push(input));
  return {
    port: { assistant: () => answering, player: () => sounding },
    seen,
    ask: (request) => asker.send(request),
    credit: (credit) => crediting.send(credit),
  };
}

describe('the speech process’s control port', () => {
  it('says ready at once and answers a load with the engine’s facts', async () => {
    const { host, reports } = start(() => new FakeEngine());
    expect(reports).toEqual([{ type: 'ready' }]);
    host.handle(LOAD, undefined);
    await until(() => reports.length === 2);
    expect(reports[1]).toMatchObject({ type: 'engine.ready', facts: { label: 'Fake' } });
  });

  it('answers each load that fails with its reason', async () => {
    const { host, reports } = start((id) =>
      id === 'kokoro' ? new FakeEngine({ loadFails: true }) : createEngine(id),
    );
    host.handle(LOAD, undefined);
    host.handle({ ...LOAD, engine: 'higgs-audio' }, undefined);
    await until(() => reports.length === 3);
    const failures = reports.filter((report) => report.type === 'engine.failed');
    expect(failures.map((report) => report.error.code).sort()).toEqual(['model-damaged', 'model-missing']);
  });

  it('answers the preparing of a voice only when it fails', async () => {
    const { host, reports } = start(() => new FakeEngine());
    host.handle(LOAD, undefined);
    host.handle({ type: 'voice.prepare', voice: FAKE_VOICE }, undefined);
    host.handle({ type: 'voice.prepare', voice: { ...FAKE_VOICE, id: 'damaged' } }, undefined);
    await until(() => reports.length === 3);
    expect(reports[2]).toMatchObject({
      type: 'voice.failed',
      voiceId: 'damaged',
      error: { code: 'voice-damaged' },
    });
  });

  it('joins the assistant’s port to the player’s', async () => {
    const { host } = start(() => new FakeEngine());
    host.handle(LOAD, undefined);
    const assistant = openPort();
    const player = openPort();
    host.handle({ type: 'port', peer: 'assistant' }, assistant.port);
    host.handle({ type: 'port', peer: 'player' }, player.port);
    const sentence = { turnId: 't', index: 0, text: 'Hi.', spoken: 'Hi.', start: 0, end: 3 };
    assistant.ask({ type: 'turn.begin', turnId: 't', pauseMs: 0, crossfadeMs: 0, besideModel: false });
    assistant.ask({ type: 'sentence.say', sentence, voice: FAKE_VOICE, speed: 1 });
    assistant.ask({ type: 'turn.finish', turnId: 't' });
    await until(() => player.seen.length === 1);
    player.credit({ type: 'credit', turnId: 't', upToMs: 1_000 });
    await until(() => assistant.seen.at(-1)?.type === 'turn.spoken');
    expect(player.seen.map((input) => input.type)).toEqual(['turn.open', 'chunk', 'chunk', 'turn.finish']);
  });
});

describe('an engine on a graphics processor', () => {
  /** A host whose engines run on CUDA, joined to an assistant and a player with credit. */
  async function startOnCuda(options: ConstructorParameters<typeof FakeEngine>[0] = {}): Promise<{
    reports: SpeechControlReport[];
    assistant: ReturnType<typeof openPort>;
    say: (...texts: string[]) => void;
    finish: () => void;
    heard: () => string;
  }> {
    const { host, reports } = start(() => new FakeEngine({ ep: 'cuda', ...options }));
    const assistant = openPort();
    const player = openPort();
    host.handle({ ...LOAD, ep: 'auto' }, undefined);
    host.handle({ type: 'port', peer: 'assistant' }, assistant.port);
    host.handle({ type: 'port', peer: 'player' }, player.port);
    assistant.ask({ type: 'turn.begin', turnId: 't', pauseMs: 0, crossfadeMs: 0, besideModel: false });
    player.credit({ type: 'credit', turnId: 't', upToMs: 1e6 });
    await until(() => reports.some(({ type }) => type === 'engine.ready'));
    return {
      reports,
      assistant,
      say: (...texts) => {
        for (const [index, spoken] of texts.entries()) {
          const sentence = { turnId: 't', index, text: spoken, spoken, start: 0, end: spoken.length };
          assistant.ask({ type: 'sentence.say', sentence, voice: FAKE_VOICE, speed: 1 });
        }
      },
      finish: () => assistant.ask({ type: 'turn.finish', turnId: 't' }),
      heard: () => textOf(player.seen.filter((input) => input.type === 'chunk').map((chunk) => chunk.pcm)),
    };
  }

  const loads = (reports: readonly SpeechControlReport[]): string[] =>
    reports.flatMap((report) => {
      if (report.type === 'engine.ready') return [report.facts.ep];
      return report.type === 'ep.given-up' ? ['given up'] : [];
    });

  it('whose memory is full goes on on the processor, says so, and nothing of the sentence is lost or said twice', async () => {
    const { reports, assistant, say, finish, heard } = await startOnCuda();
    say('All is well.', 'Here gpu-memory runs out at once.', 'On it goes.');
    finish();
    await until(() => assistant.seen.at(-1)?.type === 'turn.spoken');
    expect(loads(reports)).toEqual(['cuda', 'given up', 'cpu']);
    expect(heard()).toBe('All is well.Here gpu-memory runs out at once.On it goes.');
    expect(assistant.seen.filter(({ type }) => type === 'sentence.failed')).toEqual([]);
    expect(reports.find(({ type }) => type === 'ep.given-up')).toMatchObject({
      error: { code: 'ep-unusable', message: expect.stringMatching(/goes on on the processor/) as string },
    });
  });

  it('is given up at the second failure of any other kind, not at the first', async () => {
    const { reports, assistant, say, finish, heard } = await startOnCuda();
    say('Once gpu-fault is met.');
    await until(() => assistant.seen.some(({ type }) => type === 'sentence.failed'));
    expect(loads(reports)).toEqual(['cuda']);
    // The assistant asks once more, as it does for any failed sentence.
    say('Once gpu-fault is met.');
    finish();
    await until(() => assistant.seen.at(-1)?.type === 'turn.spoken');
    expect(loads(reports)).toEqual(['cuda', 'given up', 'cpu']);
    expect(heard()).toBe('Once gpu-fault is met.');
  });

  it('that has no memory for the model is loaded on the processor, and that is said', async () => {
    const { reports, assistant, say, finish, heard } = await startOnCuda({ gpuIsFull: true });
    say('It speaks.');
    finish();
    await until(() => assistant.seen.at(-1)?.type === 'turn.spoken');
    expect(loads(reports)).toEqual(['given up', 'cpu']);
    expect(heard()).toBe('It speaks.');
  });

  it('that was asked for by name and has no memory for the model is not replaced: its failure is told', async () => {
    const { host, reports } = start(() => new FakeEngine({ ep: 'cuda', gpuIsFull: true }));
    host.handle({ ...LOAD, ep: 'cuda' }, undefined);
    await until(() => reports.some(({ type }) => type === 'engine.failed'));
    await settle();
    expect(reports.map(({ type }) => type)).toEqual(['ready', 'engine.failed']);
  });
});

describe('the end of the host', () => {
  it('comes when the engine is free: nothing runs any more, whatever was being said', async () => {
    const engine = new FakeEngine();
    const { host, reports } = start(() => engine);
    host.handle(LOAD, undefined);
    const assistant = openPort();
    host.handle({ type: 'port', peer: 'assistant' }, assistant.port);
    host.handle({ type: 'port', peer: 'player' }, openPort().port);
    await until(() => reports.some(({ type }) => type === 'engine.ready'));
    assistant.ask({ type: 'turn.begin', turnId: 't', pauseMs: 0, crossfadeMs: 0, besideModel: false });
    const sentence = { turnId: 't', index: 0, text: 'hang', spoken: 'It will hang here.', start: 0, end: 4 };
    assistant.ask({ type: 'sentence.say', sentence, voice: FAKE_VOICE, speed: 1 });
    await until(() => engine.log.includes('+It will hang here.'));
    await host.end();
    expect(engine.log.slice(-2)).toEqual(['-It will hang here.', 'dispose']);
  });
});
