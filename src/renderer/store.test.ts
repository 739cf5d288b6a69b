import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appError } from '../common/result.ts';
import { createAppStore, lastTurn, statusWord, type AppStore } from './store.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { FakeBridge } from './testing/fake-bridge.ts';
import { FakePlayer } from './testing/fake-player.ts';

const IDS = [
  '3d2b3f6e-8f6d-4f0e-a8a1-000000000001',
  '3d2b3f6e-8f6d-4f0e-a8a1-000000000002',
  '3d2b3f6e-8f6d-4f0e-a8a1-000000000003',
] as const;
const [FIRST, SECOND] = IDS;
const CONVERSATION = '3d2b3f6e-8f6d-4f0e-a8a1-00000000000c';

const keyMissing = appError('key-missing', 'provider', {
  message: 'OpenRouter needs a key and none is set.',
});
const noDevice = appError('audio-device-missing', 'player', { message: 'No sound output device was found.' });

let bridge: FakeBridge;
let player: FakePlayer;
let store: AppStore;
let end: () => void;

beforeEach(async () => {
  bridge = new FakeBridge();
  player = new FakePlayer();
  let ids = 0;
  store = createAppStore({
    bridge: bridge.bridge,
    player: player.player,
    now: () => 5_000,
    epochNow: () => 1_700_000_000_000,
    // The first id is the conversation's.
    newId: () => [CONVERSATION, ...IDS][ids++] ?? '',
  });
  end = store.getState().start();
  await settled();
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

/** Lets every answer of the fakes arrive. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

async function send(prompt: string): Promise<void> {
  store.getState().edit(prompt);
  await store.getState().send();
  await settled();
}

function speak(turnId: string, sentenceMs: number): void {
  store.getState().onTurnEvent({ type: 'turn.delta', turnId, text: 'Once upon a time.' });
  player.report({ type: 'first-chunk', turnId, atMs: 5_200 });
  player.report({ type: 'first-sound', turnId, atMs: 5_260 });
  player.report({
    type: 'progress',
    turnId,
    phase: 'playing',
    chunks: 2,
    bufferMs: 800,
    sentenceIndex: 0,
    sentenceMs,
    heardMs: sentenceMs,
    underruns: 0,
    contextTimeS: 0,
  });
}

const word = () => statusWord(store.getState());
const turn = () => lastTurn(store.getState());

describe('the status', () => {
  it('goes from starting to ready as main says', () => {
    const fresh = createAppStore({
      bridge: bridge.bridge,
      player: player.player,
      now: () => 0,
      epochNow: () => 0,
      newId: () => '',
    });
    expect(statusWord(fresh.getState())).toBe('starting');
    expect(word()).toBe('ready');
  });

  it('follows a turn from Send to its last sound', async () => {
    await send('A story, please.');
    expect(word()).toBe('streaming');
    speak(FIRST, 100);
    expect(word()).toBe('speaking');
    store.getState().onTurnEvent({ type: 'turn.end', turnId: FIRST, outcome: 'complete', error: undefined });
    expect(word()).toBe('speaking');
    player.report({ type: 'drained', turnId: FIRST });
    expect(word()).toBe('complete');
    expect(turn()?.figures).toMatchObject({ firstChunkMs: 200, firstSoundMs: 260 });
  });

  it('says that the program failed or starts again, unless a turn goes on', async () => {
    bridge.notify({ type: 'readiness', readiness: { state: 'failed', error: noDevice } });
    expect(word()).toBe('failed');
    await send('Hello?');
    expect(word()).toBe('streaming');
  });

  it('says that the voice rests', () => {
    bridge.notify({ type: 'readiness', readiness: { state: 'resting' } });
    expect(word()).toBe('resting');
  });

  it('has its own word for every state', () => {
    expect(Object.values(STRINGS.status).map((text) => text.toLowerCase())).toEqual(
      Object.keys(STRINGS.status),
    );
  });
});

describe('typing a prompt', () => {
  it('has what rests loaded, once and not at every key', () => {
    store.getState().edit('W');
    store.getState().edit('Wh');
    store.getState().edit('Why');
    expect(bridge.callsOf('wake')).toHaveLength(1);
  });

  it('says in which conversation, and says it anew at the first key in another one', () => {
    store.getState().edit('W');
    const before = store.getState().conversationId;
    store.getState().newConversation();
    store.getState().edit('H');
    store.getState().edit('Ho');
    const after = store.getState().conversationId;
    expect(after).not.toBe(before);
    expect(bridge.callsOf('wake')).toEqual([{ conversationId: before }, { conversationId: after }]);
  });

  it('has it loaded again at the next key when it went to rest meanwhile', () => {
    store.getState().edit('W');
    bridge.notify({ type: 'readiness', readiness: { state: 'resting' } });
    store.getState().edit('Wh');
    expect(bridge.callsOf('wake')).toHaveLength(2);
  });
});

describe('a text that a link brings', () => {
  it('takes the place of the prompt that is offered, and of an empty one', () => {
    bridge.notify({ type: 'draft', text: 'From a page.' });
    expect(store.getState().draft).toBe('From a page.');
    store.getState().edit(' ');
    bridge.notify({ type: 'draft', text: 'From another.' });
    expect(store.getState().draft).toBe('From another.');
  });

  it('comes after what the person has typed', () => {
    store.getState().edit('My own words');
    bridge.notify({ type: 'draft', text: 'From a page.' });
    expect(store.getState().draft).toBe('My own words\n\nFrom a page.');
  });
});

describe('sending', () => {
  it('tells main prompt, provider, model and voice, and empties the box', async () => {
    expect(store.getState().draft).toBe(STRINGS.defaultPrompt);
    await send('Hello there.');
    expect(bridge.callsOf('send')).toEqual([
      {
        turnId: FIRST,
        conversationId: CONVERSATION,
        replaces: '',
        prompt: 'Hello there.',
        provider: 'built-in',
        model: '',
        voice: 'af_heart',
      },
    ]);
    expect(store.getState().draft).toBe('');
  });

  it('refuses an empty prompt with a sentence and without a call', async () => {
    await send(' \n ');
    expect(store.getState().problems).toMatchObject([{ code: 'prompt-empty' }]);
    expect(bridge.callsOf('send')).toEqual([]);
    expect(store.getState().turns).toEqual([]);
  });

  it('stops the turn that speaks first, with what was heard', async () => {
    await send('One');
    player.latency = 40;
    speak(FIRST, 300);
    await send('Two');
    expect(player.stopped).toEqual([FIRST]);
    expect(
      bridge.calls.map((call) => call.name).filter((name) => name === 'stop' || name === 'send'),
    ).toEqual(['send', 'stop', 'send']);
    expect(bridge.callsOf('stop')).toEqual([
      { turnId: FIRST, heard: { turnId: FIRST, sentenceIndex: 0, sentenceMs: 260 } },
    ]);
    expect(store.getState().turns.map(({ id, state }) => [id, state])).toEqual([
      [FIRST, 'stopped'],
      [SECOND, 'streaming'],
    ]);
  });

  it('saves what was typed a moment ago before the prompt goes out', async () => {
    vi.useFakeTimers();
    store.getState().change({ provider: 'custom' });
    store.getState().editProvider('custom', { baseUrl: 'http://127.0.0.1:9/v1' });
    store.getState().editProvider('custom', { model: 'mine' });
    await send('Hello?');
    const names = bridge.calls.map((call) => call.name);
    expect(names.lastIndexOf('changeSettings')).toBeLessThan(names.indexOf('send'));
    expect(bridge.settings.providers.custom).toEqual({ baseUrl: 'http://127.0.0.1:9/v1', model: 'mine' });
    expect(bridge.callsOf('send')).toMatchObject([{ provider: 'custom', model: 'mine' }]);
  });
});

describe('when something fails the conversation stays', () => {
  it('and a refused prompt carries the reason and goes back into the box', async () => {
    await send('One');
    speak(FIRST, 100);
    bridge.refuse('send', keyMissing);
    await send('Two');
    expect(word()).toBe('failed');
    expect(turn()).toMatchObject({ prompt: 'Two', error: keyMissing });
    expect(store.getState().turns[0]).toMatchObject({ prompt: 'One', answer: 'Once upon a time.' });
    expect(store.getState().draft).toBe('Two');
    bridge.refuse('send', undefined);
    await send('Two');
    expect(word()).toBe('streaming');
  });

  it('and what was typed meanwhile is not overwritten', async () => {
    await send('One');
    store.getState().edit('Something new');
    store.getState().onTurnEvent({ type: 'turn.end', turnId: FIRST, outcome: 'failed', error: keyMissing });
    expect(store.getState().draft).toBe('Something new');
  });

  it('and a missing sound device stops the turn everywhere', async () => {
    player.deviceError = noDevice;
    await send('One');
    expect(turn()).toMatchObject({ state: 'failed', error: noDevice });
    expect(player.stopped).toEqual([FIRST]);
    expect(bridge.callsOf('stop')).toHaveLength(1);
  });

  it('and a sound device that goes away while speaking ends the turn with the reason', async () => {
    await send('One');
    speak(FIRST, 100);
    player.report({ type: 'failed', turnId: undefined, error: noDevice });
    expect(turn()).toMatchObject({ state: 'failed', error: noDevice, answer: 'Once upon a time.' });
  });

  it('and a process that died ends the turn with the reason; without a turn it is told on its own', async () => {
    const gone = appError('process-gone', 'system', { message: 'The voice stopped unexpectedly.' });
    await send('One');
    bridge.notify({ type: 'error', error: gone, turnId: FIRST });
    expect(turn()).toMatchObject({ state: 'failed', error: gone });
    expect(store.getState().problems).toEqual([]);
    bridge.notify({ type: 'error', error: gone, turnId: FIRST });
    expect(store.getState().problems).toEqual([gone]);
    const unsaved = appError('settings-unwritable', 'settings', {
      message: 'The settings could not be saved.',
    });
    bridge.notify({ type: 'error', error: unsaved, turnId: undefined });
    expect(store.getState().problems).toEqual([gone, unsaved]);
    store.getState().dismissProblem(gone);
    expect(store.getState().problems).toEqual([unsaved]);
  });

  it('and a bridge that breaks down is said, too', async () => {
    bridge.breakDown('send');
    await send('One');
    expect(turn()?.error?.message).toContain('No handler registered');
  });

  it('and a failed turn is silenced', async () => {
    await send('One');
    speak(FIRST, 100);
    store.getState().onTurnEvent({ type: 'turn.end', turnId: FIRST, outcome: 'failed', error: keyMissing });
    expect(player.stopped).toEqual([FIRST]);
  });
});

describe('stopping', () => {
  it('silences the player before it tells main, and only once', async () => {
    await send('One');
    speak(FIRST, 100);
    let silencedFirst = false;
    const stop = bridge.bridge.stop;
    bridge.bridge.stop = (args) => {
      silencedFirst = player.stopped.length === 1;
      return stop(args);
    };
    store.getState().stop();
    store.getState().stop();
    expect(silencedFirst).toBe(true);
    expect(bridge.callsOf('stop')).toHaveLength(1);
    expect(word()).toBe('stopped');
  });

  it('does nothing when nothing goes on', () => {
    store.getState().stop();
    expect(player.stopped).toEqual([]);
    expect(bridge.callsOf('stop')).toEqual([]);
  });

  it('while settings are still being saved keeps the prompt from being sent at all', async () => {
    let saved = (): void => {};
    const save = bridge.bridge.changeSettings;
    bridge.bridge.changeSettings = async (patch) => {
      await new Promise<void>((resolve) => (saved = resolve));
      return save(patch);
    };
    store.getState().change({ voice: 'bm_george' });
    store.getState().edit('One');
    const sending = store.getState().send();
    await settled();
    store.getState().stop();
    saved();
    await sending;
    expect(bridge.callsOf('send')).toEqual([]);
    expect(word()).toBe('stopped');
  });
});

describe('without an output device', () => {
  const outputs = (...ids: string[]): void =>
    player.report({ type: 'outputs', outputs: ids.map((id) => ({ id, label: id })) });
  const paused = () => store.getState().isPaused;

  it('an answer waits, and goes on by itself once there is one', async () => {
    await send('One');
    speak(FIRST, 100);
    outputs();
    expect(paused()).toBe(true);
    expect(store.getState().toast?.text).toBe(STRINGS.player.noOutput);
    outputs('');
    await settled();
    expect(paused()).toBe(false);
    expect(player.asked.at(-1)).toBe('resume');
    expect(turn()?.state).toBe('speaking');
  });

  it('Play changes nothing: the answer still goes on by itself', async () => {
    await send('One');
    speak(FIRST, 100);
    outputs();
    player.deviceError = noDevice;
    store.getState().resume();
    await settled();
    expect(paused()).toBe(true);
    expect(store.getState().problems).toEqual([]);
    player.deviceError = undefined;
    outputs('');
    await settled();
    expect(paused()).toBe(false);
  });

  it('an answer that the person paused stays paused when the device is back', async () => {
    await send('One');
    speak(FIRST, 100);
    store.getState().pause();
    outputs();
    outputs('');
    await settled();
    expect(paused()).toBe(true);
  });
});

describe('settings and lists', () => {
  it('a chosen voice is saved at once and used by the next prompt', async () => {
    store.getState().change({ voice: 'bm_george' });
    await settled();
    expect(bridge.callsOf('changeSettings')).toEqual([{ voice: 'bm_george' }]);
    await send('Hello');
    expect(bridge.callsOf('send')).toMatchObject([{ voice: 'bm_george' }]);
  });

  it('typing is saved once it pauses', async () => {
    vi.useFakeTimers();
    for (const baseUrl of ['h', 'ht', 'http://127.0.0.1:1/v1'])
      store.getState().editProvider('custom', { baseUrl });
    expect(bridge.callsOf('changeSettings')).toEqual([]);
    vi.runAllTimers();
    await settled();
    expect(bridge.callsOf('changeSettings')).toEqual([
      { providers: { custom: { baseUrl: 'http://127.0.0.1:1/v1', model: '' } } },
    ]);
  });

  it('typing is saved at once when the field is left', async () => {
    vi.useFakeTimers();
    store.getState().editProvider('custom', { baseUrl: 'http://127.0.0.1:1/v1' });
    store.getState().keepEdits();
    await settled();
    expect(bridge.callsOf('changeSettings')).toHaveLength(1);
  });

  it('only a server that can answer is asked for its models', async () => {
    for (const provider of ['built-in', 'openrouter', 'ollama'] as const) {
      store.getState().change({ provider });
      await store.getState().loadModels();
    }
    expect(bridge.callsOf('models')).toEqual([]);
    store.getState().change({ provider: 'custom' });
    await store.getState().loadModels();
    expect(store.getState().models).toEqual({ provider: 'custom', names: ['one', 'two'], error: undefined });
  });

  it('a key goes to main and is not kept here', async () => {
    await store.getState().saveKey('openrouter', 'sk-secret');
    expect(bridge.callsOf('setKey')).toEqual([{ provider: 'openrouter', key: 'sk-secret' }]);
    expect(JSON.stringify(store.getState())).not.toContain('sk-secret');
  });

  it('a model folder is asked for by main, and one that cannot be added is told', async () => {
    expect(await store.getState().addModelFolder()).toBeUndefined();
    expect(await store.getState().loadModelFolders()).toEqual([]);
    const damaged = appError('model-damaged', 'model', { message: 'The model lacks llm.onnx.' });
    bridge.refuse('addModelFolder', damaged);
    expect(await store.getState().addModelFolder()).toBeUndefined();
    expect(store.getState().problems).toEqual([damaged]);
  });

  it('a new conversation has another id and no turns, and what spoke is stopped', async () => {
    await send('One');
    store.getState().newConversation();
    await settled();
    expect(store.getState().turns).toEqual([]);
    expect(player.stopped).toEqual([FIRST]);
    expect(store.getState().conversationId).not.toBe(CONVERSATION);
  });
});
