import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { samplesToMs } from '../common/audio.ts';
import type { EnginePace } from '../common/engine.ts';
import type { AppError } from '../common/result.ts';
import { CHUNK_MS } from './player-link.ts';
import { SpeechService } from './speech-service.ts';
import { LEAST_START_BUFFER_MS } from './start-buffer.ts';
import { FakeEngine, SAMPLES_PER_CHARACTER, type FakeEngineOptions } from './testing/fake-engine.ts';
import { FAKE_VOICE, FakeAssistant, FakePlayer, rest, settle, until } from './testing/fake-peers.ts';

const FILES = { modelFolder: 'm', preparedFolder: 'p', dataFolder: 'd' };
const CHARACTER_MS = samplesToMs(SAMPLES_PER_CHARACTER);

async function setUp(options: { engine?: FakeEngineOptions; creditMs?: number } = {}): Promise<{
  service: SpeechService;
  engine: FakeEngine;
  assistant: FakeAssistant;
  player: FakePlayer;
}> {
  const service = new SpeechService();
  const engine = new FakeEngine(options.engine);
  const assistant = new FakeAssistant(service);
  const player = new FakePlayer(service, options.creditMs);
  if (options.engine?.loadFails !== true) await service.loadEngine(engine, FILES);
  return { service, engine, assistant, player };
}

/** Error of the one failed sentence among the reports. */
function failure(assistant: FakeAssistant): AppError | undefined {
  return assistant.reports.find((report) => report.type === 'sentence.failed')?.error;
}

/** What was told of pressure and of sentences done, in order. */
function pressureAndSentences(assistant: FakeAssistant): string[] {
  return assistant.reports.flatMap((report) => {
    if (report.type === 'voice.pressed') return [`pressed ${report.pressed}`];
    return report.type === 'sentence.done' ? ['sentence.done'] : [];
  });
}

const pace = (rtf: number, leadMs = 0): EnginePace => ({
  rtf,
  characters: 80,
  firstRunMs: 100,
  firstAudioMs: 300,
  leadMs,
});

describe('a turn that goes well', () => {
  it('is said in order, reported sentence by sentence, and finished at the player', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'Hello there.');
    assistant.say('t', 1, 'How are you?');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 2'));
    await settle();
    expect(assistant.lines).toEqual(['started 0', 'done 0', 'started 1', 'done 1', 'spoken 2']);
    expect(player.heard('t')).toBe('0:Hello there.|1:How are you?|');
    expect(player.inputs[0]).toMatchObject({
      type: 'turn.open',
      turnId: 't',
      sampleRate: 24_000,
      pauseMs: 150,
    });
    expect(player.inputs.at(-1)).toEqual({ type: 'turn.finish', turnId: 't' });
    expect(player.inputs.filter((input) => input.type === 'turn.open')).toHaveLength(1);
    const done = assistant.reports.find((report) => report.type === 'sentence.done');
    expect(done).toMatchObject({ audioMs: 12 * CHARACTER_MS });
  });

  it('tells the engine how fast it has been', async () => {
    const { assistant, engine } = await setUp({ engine: { pace: pace(1.6) } });
    assistant.begin('t');
    assistant.say('t', 0, 'Hello there.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    expect(engine.requests).toMatchObject([{ spoken: 'Hello there.', rtf: 1.6 }]);
    expect(assistant.reports[0]).toMatchObject({ type: 'sentence.started', rtf: 1.6 });
  });

  it('sends small chunks, numbered from 0, of which only the last is empty and marked last', async () => {
    const { assistant, player } = await setUp({ engine: { charactersPerRun: 13 } });
    assistant.begin('t');
    assistant.say('t', 0, 'Thirteen more and some.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    const chunks = player.chunks('t');
    expect(chunks.map((chunk) => chunk.chunkIndex)).toEqual([...chunks.keys()]);
    for (const { pcm } of chunks) {
      expect(samplesToMs(pcm.length)).toBeLessThanOrEqual(CHUNK_MS);
      // A view of the whole run would carry the whole run along in each message.
      expect(pcm.buffer.byteLength).toBe(pcm.byteLength);
    }
    expect(chunks.map(({ pcm, last }) => last === (pcm.length === 0))).not.toContain(false);
    expect(chunks.filter((chunk) => chunk.last)).toEqual([chunks.at(-1)]);
  });

  it('goes on from sentence to sentence while the assistant is still asking', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'First.');
    await until(() => assistant.lines.includes('done 0'));
    await settle();
    expect(player.inputs.some((input) => input.type === 'turn.finish')).toBe(false);
    assistant.say('t', 1, 'Second.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 2'));
  });

  it('passes by what has nothing to say: no sound, no empty sentence at the player', async () => {
    const { assistant, player, engine } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, '');
    assistant.say('t', 1, ' \n');
    assistant.say('t', 2, 'mute');
    assistant.say('t', 3, 'Words.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 4'));
    await settle();
    expect(assistant.lines.filter((line) => line.startsWith('failed'))).toEqual([]);
    expect(player.heard('t')).toBe('3:Words.|');
    expect(engine.log.filter((entry) => entry.startsWith('+'))).toEqual(['+mute', '+Words.']);
  });

  it('without a word still opens and finishes at the player, so that nobody waits for it', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 0'));
    await settle();
    expect(player.inputs.map((input) => input.type)).toEqual(['turn.open', 'turn.finish']);
  });
});

describe('the start buffer of a turn', () => {
  it('is larger where the text after a first sentence of a few words was lately not there in time', async () => {
    const { assistant, player } = await setUp({ engine: { pace: { ...pace(0.5), firstRunMs: 250 } } });
    const buffers = (): number[] =>
      player.inputs.flatMap((input) => (input.type === 'turn.open' ? [input.startBufferMs] : []));
    for (const turnId of ['a', 'b']) {
      assistant.begin(turnId);
      assistant.say(turnId, 0, 'Hi there, friend.');
      await until(() => assistant.lines.includes('done 0'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      assistant.say(turnId, 1, 'And more.');
      assistant.finish(turnId);
      await until(() => assistant.lines.includes('spoken 2'));
      assistant.lines.length = 0;
    }
    const [before = NaN, after = NaN] = buffers();
    expect(after).toBeGreaterThan(before + 50);
    // The first sound does not wait for the second sentence: 17 characters are 850 ms.
    expect(after).toBeLessThanOrEqual(0.8 * 850);
  });

  it('has its floor for an engine that is much faster than the ear', async () => {
    // The clock stands: an engine that takes no time, however long this machine keeps it waiting.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'Fast enough.');
    await until(() => player.inputs.length > 0);
    expect(player.inputs[0]).toMatchObject({ startBufferMs: LEAST_START_BUFFER_MS });
  });
});

describe('the voice', () => {
  it('is pressed from its first sentence on until enough of its sound lies ready', async () => {
    const { assistant } = await setUp({ creditMs: 12_000 });
    assistant.begin('a');
    assistant.say('a', 0, 'A sentence of some length that comes in several runs.');
    await until(() => assistant.lines.includes('done 0'));
    expect(assistant.pressure).toEqual([true, false]);
    assistant.say('a', 1, 'And one more, while all of the first lies ready.');
    await until(() => assistant.lines.includes('done 1'));
    expect(assistant.pressure).toEqual([true, false]);
  });

  it('lets the language model write on as soon as the rest of its only sentence will surely come in time', async () => {
    // A run that others of the engine kept waiting for long: without the first rule more would have to lie ready than there is of the sentence.
    const { assistant, player } = await setUp({ engine: { pace: pace(0.3, 900) }, creditMs: 12_000 });
    assistant.begin('a');
    assistant.say('a', 0, 'x'.repeat(30));
    await until(() => assistant.lines.includes('done 0'));
    expect(player.chunks('a').filter(({ pcm }) => pcm.length > 0)).toHaveLength(8);
    expect(pressureAndSentences(assistant)).toEqual(['pressed true', 'pressed false', 'sentence.done']);
  });

  it('is not pressed any more when it has nothing left to say, so that the language model writes on', async () => {
    const { assistant } = await setUp({ creditMs: 12_000 });
    assistant.begin('a');
    assistant.say('a', 0, 'Hi.');
    await until(() => assistant.lines.includes('done 0'));
    await settle();
    expect(assistant.pressure).toEqual([true, false]);
  });

  it('is pressed for longer while more sentences wait: what would be written meanwhile is not needed yet', async () => {
    const { assistant } = await setUp({ creditMs: 12_000 });
    assistant.begin('a');
    // 40 characters of 50 ms are 2 s of sound: enough for a voice with nothing behind it, not for one with another sentence.
    assistant.say('a', 0, 'x'.repeat(40));
    assistant.say('a', 1, 'y'.repeat(40));
    assistant.say('a', 2, 'z'.repeat(40));
    await until(() => assistant.lines.includes('done 2'));
    expect(pressureAndSentences(assistant)).toEqual([
      'pressed true',
      'sentence.done',
      'pressed false',
      'sentence.done',
      'sentence.done',
    ]);
  });

  it('is not pressed while its sound waits because the player is full', async () => {
    const { assistant, player } = await setUp({ creditMs: 1_000 });
    assistant.begin('a');
    assistant.say('a', 0, 'x'.repeat(100));
    assistant.say('a', 1, 'y'.repeat(100));
    await until(() => player.chunks('a').length >= 5);
    await settle();
    expect(assistant.lines).not.toContain('done 0');
    expect(assistant.pressure).toEqual([true, false]);
  });

  it('is pressed until enough lies ready as long as it can keep up alone, however near it is to the ear', async () => {
    const { assistant } = await setUp({ engine: { pace: pace(0.95) }, creditMs: 12_000 });
    assistant.begin('a');
    assistant.say('a', 0, 'x'.repeat(20));
    assistant.say('a', 1, 'Next.');
    await until(() => assistant.lines.includes('done 1'));
    expect(pressureAndSentences(assistant).slice(0, 2)).toEqual(['pressed true', 'sentence.done']);
  });

  it('that is slower than the ear is pressed until its first sound only: else nothing would ever be written', async () => {
    const { assistant } = await setUp({ engine: { pace: pace(1.4, 900) }, creditMs: 12_000 });
    assistant.begin('a');
    assistant.say('a', 0, 'One run. And several more of them, but no more pressure.');
    await until(() => assistant.lines.includes('done 0'));
    assistant.say('a', 1, 'Next.');
    await until(() => assistant.lines.includes('done 1'));
    expect(assistant.pressure).toEqual([true, false]);
  });
});

describe('credit', () => {
  it('bounds what is sent and what is synthesised', async () => {
    const { assistant, player, engine } = await setUp({ creditMs: 1_000, engine: { charactersPerRun: 4 } });
    assistant.begin('t');
    for (const index of [0, 1, 2]) assistant.say('t', index, 'Twenty characters ok');
    await until(() => player.chunks('t').length >= 5);
    await settle();
    const sentMs = (): number =>
      samplesToMs(player.chunks('t').reduce((total, chunk) => total + chunk.pcm.length, 0));
    expect(sentMs()).toBe(1_000);
    expect(engine.log.filter((entry) => entry.startsWith('+'))).toHaveLength(1);

    player.grant('t', 1_100);
    await settle();
    expect(sentMs()).toBe(1_200);
    player.grant('t', 500);
    await settle();
    expect(sentMs()).toBe(1_200);
    player.grant('t', 60_000);
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 3'));
  });

  it('is not waited for before the first synthesis, only before the first sound', async () => {
    const { assistant, player, engine } = await setUp({ creditMs: 0 });
    assistant.begin('t');
    assistant.say('t', 0, 'Hello there.');
    await until(() => engine.log.includes('+Hello there.'));
    await settle();
    expect(player.inputs.map((input) => input.type)).toEqual(['turn.open']);
    player.grant('t', 10_000);
    await until(() => assistant.lines.includes('done 0'));
  });

  it('of another turn is none', async () => {
    const { assistant, player } = await setUp({ creditMs: 0 });
    assistant.begin('t');
    assistant.say('t', 0, 'Hello there.');
    await until(() => player.inputs.length === 1);
    player.grant('other', 10_000);
    await settle();
    expect(player.chunks('t')).toEqual([]);
  });
});

describe('a stop', () => {
  it('frees an engine that hangs, sends and reports nothing more, and the next turn is said', async () => {
    const { assistant, player, engine } = await setUp();
    assistant.begin('a');
    assistant.say('a', 0, 'this will hang for ever');
    assistant.say('a', 1, 'Never said.');
    await until(() => player.chunks('a').length > 0);
    await settle();
    assistant.stop('a');
    await until(() => engine.log.at(-1) === '-this will hang for ever');
    await settle();
    expect(assistant.lines).toEqual(['started 0']);
    expect(player.inputs.at(-1)).toEqual({ type: 'turn.stop', turnId: 'a' });

    assistant.begin('b');
    assistant.say('b', 0, 'Next.');
    assistant.finish('b');
    await until(() => assistant.lines.includes('spoken 1'));
    expect(player.heard('b')).toBe('0:Next.|');
  });

  it('comes through while the turn waits for credit', async () => {
    const { assistant, player } = await setUp({ creditMs: 100 });
    assistant.begin('a');
    assistant.say('a', 0, 'A long sentence that needs credit.');
    await until(() => player.chunks('a').length > 0);
    assistant.stop('a');
    assistant.begin('b');
    assistant.say('b', 0, 'Hi.');
    await until(() => assistant.lines.includes('done 0'));
    expect(player.heard('b')).toBe('0:Hi.|');
    expect(player.heard('a')).toBe('0:A lo');
  });

  it('of a turn that is all at the player still reaches the player', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('a');
    assistant.say('a', 0, 'All sent.');
    assistant.finish('a');
    await until(() => assistant.lines.includes('spoken 1'));
    assistant.stop('a');
    await until(() => player.inputs.at(-1)?.type === 'turn.stop');
  });

  it('is implied by the next turn, and sentences of the old one are dropped', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('a');
    assistant.say('a', 0, 'slow and slow and slow and slow.');
    await until(() => player.chunks('a').length > 0);
    assistant.begin('b');
    assistant.say('a', 1, 'Too late.');
    assistant.finish('a');
    assistant.say('b', 0, 'New.');
    assistant.finish('b');
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    expect(player.heard('b')).toBe('0:New.|');
    expect(player.heard('a')).not.toContain('Too late.');
    expect(assistant.lines).toEqual(['started 0', 'started 0', 'done 0', 'spoken 1']);
  });
});

describe('a sentence that fails', () => {
  it('is reported once with its error, and the turn goes on', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'throw-at-once');
    assistant.say('t', 1, 'Fine.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    expect(assistant.lines).toEqual([
      'started 0',
      'failed 0 synthesis-failed',
      'started 1',
      'done 1',
      'spoken 1',
    ]);
    expect(player.heard('t')).toBe('1:Fine.|');
  });

  it('in its middle gets its last chunk when the turn goes on without it', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'It will throw-midway there.');
    assistant.say('t', 1, 'Fine.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    expect(player.heard('t')).toBe('0:It will throw-mi|1:Fine.|');
    expect(failure(assistant)).toMatchObject({ code: 'internal', stage: 'speech' });
  });

  it('and is asked for again goes on behind the sound that the player has', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'It will throw-midway there.');
    await until(() => failure(assistant) !== undefined);
    assistant.say('t', 0, 'It will end well this time.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    expect(player.heard('t')).toBe('0:It will throw-mi this time.|');
    const chunks = player.chunks('t');
    expect(chunks.map((chunk) => chunk.chunkIndex)).toEqual([...chunks.keys()]);
  });

  it('holds later ones back until it is said again, in its place', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'throw-at-once');
    assistant.say('t', 1, 'Fine.');
    await until(() => failure(assistant) !== undefined);
    await settle();
    expect(assistant.lines).toEqual(['started 0', 'failed 0 synthesis-failed']);
    assistant.say('t', 0, 'Again.');
    await until(() => assistant.lines.includes('done 1'));
    expect(player.heard('t')).toBe('0:Again.|1:Fine.|');
  });

  it('that is given up lets later ones through, and cannot be asked for any more', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'throw-at-once');
    assistant.say('t', 1, 'Fine.');
    await until(() => failure(assistant) !== undefined);
    assistant.skip('t', 1);
    await settle();
    expect(assistant.lines).not.toContain('started 1');
    assistant.skip('t', 0);
    await until(() => assistant.lines.includes('done 1'));
    assistant.say('t', 0, 'Again.');
    assistant.say('t', 1, 'Fine again.');
    await until(() => assistant.lines.length === 6);
    expect(assistant.lines.slice(4)).toEqual(['failed 0 request-invalid', 'failed 1 request-invalid']);
    expect(player.heard('t')).toBe('1:Fine.|');
  });
});

describe('the engine', () => {
  it('is waited for: sentences that come before it are said when it is loaded', async () => {
    const service = new SpeechService();
    const assistant = new FakeAssistant(service);
    const player = new FakePlayer(service);
    assistant.begin('t');
    assistant.say('t', 0, 'Early.');
    assistant.finish('t');
    await settle();
    expect(assistant.lines).toEqual([]);
    await service.loadEngine(new FakeEngine(), FILES);
    await until(() => assistant.lines.includes('spoken 1'));
    expect(player.heard('t')).toBe('0:Early.|');
  });

  it('that could not be loaded fails every sentence with the reason, until another is', async () => {
    const { service, assistant } = await setUp({ engine: { loadFails: true } });
    await expect(service.loadEngine(new FakeEngine({ loadFails: true }), FILES)).rejects.toThrow('damaged');
    assistant.begin('t');
    assistant.say('t', 0, 'Hello.');
    await until(() => assistant.lines.includes('failed 0 model-damaged'));
    await service.loadEngine(new FakeEngine(), FILES);
    assistant.skip('t', 0);
    assistant.say('t', 1, 'Hello.');
    await until(() => assistant.lines.includes('done 1'));
  });

  it('is replaced between sentences, the one before freed first', async () => {
    const { service, assistant, engine, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'slow and by the first engine.');
    assistant.say('t', 1, 'By the second.');
    await until(() => assistant.lines.includes('started 0'));
    const second = new FakeEngine();
    await service.loadEngine(second, FILES);
    await until(() => assistant.lines.includes('done 1'));
    expect(engine.log).toEqual([
      'load m',
      '+slow and by the first engine.',
      '-slow and by the first engine.',
      'dispose',
    ]);
    expect(second.log).toEqual(['load m', '+By the second.', '-By the second.']);
    expect(player.heard('t')).toBe('0:slow and by the first engine.|1:By the second.|');
  });

  it('prepares a voice between sentences, and a failure reaches the caller only', async () => {
    const { service, assistant } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'Hello.');
    await service.prepareVoice(FAKE_VOICE);
    await expect(service.prepareVoice({ ...FAKE_VOICE, id: 'damaged' })).rejects.toThrow('damaged');
    await until(() => assistant.lines.includes('done 0'));
  });
});

describe('peers that change', () => {
  it('a new player goes on with the turn where the sound stands', async () => {
    const { service, assistant, player } = await setUp({ creditMs: 400 });
    assistant.begin('t');
    assistant.say('t', 0, 'Twenty characters ok');
    assistant.finish('t');
    await until(() => player.chunks('t').length === 2);
    await settle();
    const second = new FakePlayer(service);
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    expect(player.heard('t') + second.heard('t')).toBe('0:Twenty c0:haracters ok|');
    expect(second.inputs.map((input) => input.type)).toEqual([
      'turn.open',
      'chunk',
      'chunk',
      'chunk',
      'chunk',
      'turn.finish',
    ]);
  });

  it('without a player a turn waits, and is said when one comes', async () => {
    const { service, assistant, player } = await setUp();
    player.channel.close();
    await settle();
    assistant.begin('t');
    assistant.say('t', 0, 'Hello.');
    assistant.finish('t');
    await settle();
    expect(assistant.lines).toEqual(['started 0']);
    const second = new FakePlayer(service);
    await until(() => assistant.lines.includes('spoken 1'));
    expect(second.heard('t')).toBe('0:Hello.|');
  });

  it('a new assistant ends the turn of the one before', async () => {
    const { service, assistant, player, engine } = await setUp();
    assistant.begin('a');
    assistant.say('a', 0, 'this will hang');
    await until(() => player.chunks('a').length > 0);
    const second = new FakeAssistant(service);
    await until(() => engine.log.includes('-this will hang'));
    await until(() => player.inputs.at(-1)?.type === 'turn.stop');
    second.begin('b');
    second.say('b', 0, 'Hello.');
    await until(() => second.lines.includes('done 0'));
    expect(assistant.lines).toEqual(['started 0']);
  });

  it('disposing frees the engine in the midst of a sentence', async () => {
    const { service, assistant, engine, player } = await setUp();
    assistant.begin('a');
    assistant.say('a', 0, 'this will hang');
    await until(() => player.chunks('a').length > 0);
    await service.dispose();
    expect(engine.log.slice(-2)).toEqual(['-this will hang', 'dispose']);
  });
});

describe('any order of messages', () => {
  type Step =
    | { readonly do: 'begin' }
    | { readonly do: 'finish' }
    | { readonly do: 'stop' }
    | { readonly do: 'rest'; readonly turns: number }
    | { readonly do: 'say'; readonly spoken: string }
    | { readonly do: 'grant'; readonly ms: number };

  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 2, arbitrary: fc.constant({ do: 'begin' } as const) },
    { weight: 2, arbitrary: fc.constantFrom({ do: 'finish' } as const, { do: 'stop' } as const) },
    {
      weight: 3,
      arbitrary: fc.integer({ min: 1, max: 25 }).map((turns) => ({ do: 'rest', turns }) as const),
    },
    {
      weight: 8,
      arbitrary: fc
        .constantFrom(
          'Short.',
          'A rather longer sentence here.',
          'slow words',
          'throw-at-once',
          'mid throw-midway',
          'a hang',
          '',
        )
        .map((spoken) => ({ do: 'say', spoken }) as const),
    },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 4_000 }).map((ms) => ({ do: 'grant', ms }) as const) },
  );

  it('keeps order, bound and silence after a stop', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { service, assistant, player } = await setUp({ creditMs: 0 });
        const granted = new Map<string, number>();
        const alive = new Set<string>();
        let turn = 0;
        let index = 0;
        for (const action of steps) {
          const turnId = String(turn);
          if (action.do === 'begin') {
            alive.delete(turnId);
            turn++;
            index = 0;
            alive.add(String(turn));
            assistant.begin(String(turn));
          } else if (action.do === 'say') assistant.say(turnId, index++, action.spoken);
          else if (action.do === 'finish') assistant.finish(turnId);
          else if (action.do === 'stop') {
            alive.delete(turnId);
            assistant.stop(turnId);
          } else if (action.do === 'grant') {
            granted.set(turnId, Math.max(granted.get(turnId) ?? 0, action.ms));
            player.grant(turnId, action.ms);
          } else await rest(action.turns);
        }
        await settle();

        // Order: the sound of a turn comes by sentence and chunk, after its opening, before its finish, never after a stop.
        const closed = new Set<string>();
        const place = new Map<string, [sentence: number, chunk: number]>();
        for (const input of player.inputs) {
          expect(closed.has(input.turnId) && input.type !== 'turn.stop').toBe(false);
          if (input.type === 'turn.open') place.set(input.turnId, [-1, 0]);
          if (input.type === 'turn.stop' || input.type === 'turn.finish') closed.add(input.turnId);
          if (input.type !== 'chunk') continue;
          const [sentence, chunk] = place.get(input.turnId) ?? [Number.NaN, Number.NaN];
          const next =
            input.sentenceIndex > sentence
              ? input.chunkIndex === 0
              : input.sentenceIndex === sentence && input.chunkIndex === chunk + 1;
          expect(next).toBe(true);
          place.set(input.turnId, [input.sentenceIndex, input.chunkIndex]);
        }
        // Bound: no more than one chunk over what the player granted.
        for (const turnId of place.keys()) {
          const samples = player.chunks(turnId).reduce((total, { pcm }) => total + pcm.length, 0);
          expect(samplesToMs(samples)).toBeLessThanOrEqual((granted.get(turnId) ?? 0) + CHUNK_MS);
        }
        // Silence: an ended turn has its stop at the player, and only live turns are spoken.
        for (const turnId of place.keys()) if (!alive.has(turnId)) expect(closed.has(turnId)).toBe(true);
        for (const report of assistant.reports)
          if (report.type === 'turn.spoken') expect(closed.has(report.turnId)).toBe(true);
        await service.dispose();
      }),
      { numRuns: 60 },
    );
  });
});

describe('saying sentences anew', () => {
  it('opens a turn that was said to its end again, and tells the player before the new sound', async () => {
    const { assistant, player } = await setUp();
    assistant.begin('t');
    assistant.say('t', 0, 'One.');
    assistant.say('t', 1, 'Two.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 2'));
    assistant.channel.send({ type: 'turn.resay', turnId: 't', from: 1 });
    assistant.say('t', 1, 'Zwei.');
    assistant.finish('t');
    await until(() => assistant.lines.filter((line) => line.startsWith('spoken')).length === 2);
    await settle();
    expect(player.heard('t')).toBe('0:One.|1:Two.|1:Zwei.|');
    const kinds = player.inputs.map((input) => input.type);
    expect(kinds.slice(kinds.indexOf('turn.resay'))).toEqual([
      'turn.resay',
      'chunk',
      'chunk',
      'chunk',
      'turn.finish',
    ]);
  });

  it('breaks off a sentence that waits for credit, and sends nothing of it after the player was told', async () => {
    const { assistant, player } = await setUp({ creditMs: CHUNK_MS });
    assistant.begin('t');
    assistant.say('t', 0, 'A sentence of some length.');
    await settle();
    assistant.channel.send({ type: 'turn.resay', turnId: 't', from: 0 });
    assistant.say('t', 0, 'Short.');
    player.grant('t', 60_000);
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    await settle();
    const told = player.inputs.findIndex((input) => input.type === 'turn.resay');
    const after = player.inputs.slice(told).filter((input) => input.type === 'chunk');
    expect(after.every(({ sentenceIndex }) => sentenceIndex === 0)).toBe(true);
    expect(player.heard('t')).toMatch(/Short\.\|$/);
    expect(assistant.lines).toEqual(['started 0', 'taken back', 'started 0', 'done 0', 'spoken 1']);
  });

  it('leaves the sentences before to be said', async () => {
    const { assistant, player } = await setUp({ creditMs: CHUNK_MS });
    assistant.begin('t');
    assistant.say('t', 0, 'The first sentence.');
    assistant.say('t', 1, 'The old second.');
    await settle();
    assistant.channel.send({ type: 'turn.resay', turnId: 't', from: 1 });
    assistant.say('t', 1, 'The new second.');
    assistant.finish('t');
    player.grant('t', 60_000);
    await until(() => assistant.lines.includes('spoken 2'));
    await settle();
    expect(player.heard('t')).toBe('0:The first sentence.|1:The new second.|');
  });
});

describe('a speed check', () => {
  it('has a sentence said twice, unheard, and tells its pace and what is held ready', async () => {
    const { service, engine, player } = await setUp();
    const found = await service.measureSpeed(FAKE_VOICE);
    expect(engine.requests).toHaveLength(2);
    expect(engine.requests[0]?.spoken).toBe(engine.requests[1]?.spoken);
    expect(found.audioMs).toBe((engine.requests[0]?.spoken.length ?? 0) * CHARACTER_MS);
    expect(found.rtf).toBeGreaterThan(0);
    expect(found.rtf).toBeLessThan(1);
    expect(found.firstMs).toBeLessThanOrEqual(found.audioMs * found.rtf);
    expect(found.startBufferMs).toBeGreaterThanOrEqual(LEAST_START_BUFFER_MS);
    expect(player.inputs).toEqual([]);
  });

  it('sets the start buffer of the next turn in place of what the engine said of itself', async () => {
    const { service, assistant, player } = await setUp({ engine: { pace: pace(0.4, 5_000) } });
    const found = await service.measureSpeed(FAKE_VOICE);
    assistant.begin('t');
    assistant.say('t', 0, 'Hello there.');
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    const opened = player.inputs.find((input) => input.type === 'turn.open');
    expect(opened?.startBufferMs).toBeLessThan(5_000);
    expect(opened?.startBufferMs).toBe(found.startBufferMs);
  });

  it('is refused while a turn is being said, and ends when one begins', async () => {
    const { service, engine, assistant } = await setUp({ creditMs: 0 });
    const check = service.measureSpeed(FAKE_VOICE);
    await until(() => engine.requests.length > 0);
    assistant.begin('t');
    await expect(check).rejects.toMatchObject({ error: { code: 'cancelled' } });
    assistant.say('t', 0, 'Hello there.');
    await expect(service.measureSpeed(FAKE_VOICE)).rejects.toMatchObject({
      error: { code: 'request-invalid' },
    });
  });

  it('says why there is no voice to measure', async () => {
    const { service, engine } = await setUp({ engine: { loadFails: true } });
    await service.loadEngine(engine, FILES).catch(() => undefined);
    await expect(service.measureSpeed(FAKE_VOICE)).rejects.toMatchObject({
      error: { code: 'model-damaged' },
    });
  });
});

describe('how long a run may take', () => {
  /** What is told of silence while one text is said by an engine of real-time factor 2. */
  async function silences(spoken: string): Promise<number[]> {
    const told: number[] = [];
    const service = new SpeechService((withinMs) => told.push(withinMs));
    const assistant = new FakeAssistant(service);
    new FakePlayer(service);
    const engine = new FakeEngine({ pace: pace(2), charactersPerRun: 10_000 });
    await service.loadEngine(engine, { modelFolder: 'm', preparedFolder: 'p', dataFolder: 'd' });
    assistant.begin('t');
    assistant.say('t', 0, spoken);
    assistant.finish('t');
    await until(() => assistant.lines.includes('spoken 1'));
    return told;
  }

  it('is ten times what length and measured speed let expect, and 10 minutes for a load', async () => {
    // 65 ms of sound for each of 1,000 characters, twice as long to make, ten times that.
    expect(await silences('x'.repeat(1_000))).toEqual([600_000, 0, 1_300_000, 0, 1_300_000, 0]);
  });

  it('is never less than 15 s: the first run on a full machine has nothing to go by', async () => {
    expect(await silences('Yes.')).toEqual([600_000, 0, 15_000, 0, 15_000, 0]);
  });
});
