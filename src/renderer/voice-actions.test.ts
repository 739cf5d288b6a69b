import { beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../common/result.ts';
import { chosenVoice } from './choices.ts';
import { createAppStore, type AppStore } from './store.ts';
import { FakeBridge } from './testing/fake-bridge.ts';
import { FakePlayer } from './testing/fake-player.ts';

const BLEND = { first: 'af_heart', second: 'bm_george', share: 0.4, name: 'Dove' };
const full = appError('disk-full', 'system', {
  message: 'The disk is full: your voices are as they were before.',
});

let bridge: FakeBridge;
let player: FakePlayer;
let store: AppStore;

beforeEach(async () => {
  bridge = new FakeBridge();
  player = new FakePlayer();
  let ids = 0;
  store = createAppStore({
    bridge: bridge.bridge,
    player: player.player,
    now: () => 0,
    epochNow: () => 0,
    newId: () => `3d2b3f6e-8f6d-4f0e-a8a1-00000000000${ids++}`,
  });
  store.getState().start();
  await settled();
});

/** Lets every answer of the fakes arrive. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

const ids = (): string[] => store.getState().voices.map(({ id }) => id);

describe('a voice in the making', () => {
  it('is in the list once it is kept, and the work is done', async () => {
    store.getState().beginVoice({ kind: 'blend' });
    expect(store.getState().view).toBe('voices');
    expect(await store.getState().saveBlend(BLEND)).toBeUndefined();
    expect(ids()).toContain('Dove');
    expect(store.getState().voiceWork).toBeUndefined();
    expect(store.getState().toast?.text).toBe('The voice Dove is in your folder now.');
  });

  it('stays in the making when it cannot be kept; the reason is for its own place only', async () => {
    bridge.refuse('saveBlend', full);
    store.getState().beginVoice({ kind: 'blend' });
    expect(await store.getState().saveBlend(BLEND)).toEqual(full);
    expect(store.getState().voiceWork).toEqual({ kind: 'blend' });
    expect(store.getState().problems).toEqual([]);
    bridge.refuse('saveBlend', undefined);
    bridge.breakDown('saveBlend');
    expect(await store.getState().saveBlend(BLEND)).toMatchObject({ code: 'internal' });
  });

  it('is silent once it is left', () => {
    store.getState().beginVoice({ kind: 'blend' });
    const id = store.getState().tryVoice({ first: 'af_heart', second: 'bm_george', share: 0.4 });
    store.getState().leaveVoice();
    expect(player.stopped).toEqual([id]);
  });

  it('does not silence an answer that is heard when it is left without a sample', async () => {
    store.getState().edit('Hello.');
    await store.getState().send();
    store.getState().beginVoice({ kind: 'blend' });
    store.getState().leaveVoice();
    expect(player.stopped).toEqual([]);
  });
});

describe('a piece of sound', () => {
  const clip = { samples: new Float32Array(10), sampleRate: 24_000 };

  it('sounds in place of what is heard, and can be stopped', async () => {
    const id = store.getState().tryVoice('af_heart');
    let ended = 0;
    const playing = await store.getState().playClip(clip, () => ended++);
    expect(player.stopped).toEqual([id]);
    if (playing.ok) playing.value();
    expect([player.asked.slice(-2), ended]).toEqual([['clip 10', 'clip stops'], 1]);
  });

  it('is not played without a sound device, and the caller is told', async () => {
    player.deviceError = appError('audio-device-missing', 'player', {
      message: 'No sound output device was found.',
    });
    const playing = await store.getState().playClip(clip, () => undefined);
    expect(playing).toMatchObject({ ok: false, error: { code: 'audio-device-missing' } });
    expect(player.asked.join()).not.toContain('clip');
  });
});

describe('a voice that is removed', () => {
  beforeEach(async () => {
    await store.getState().saveBlend(BLEND);
    store.getState().change({ voice: 'Dove' });
    await settled();
  });

  it('leaves the choice to the default, and takes it again when it is brought back', async () => {
    await store.getState().removeVoice('Dove');
    expect(ids()).not.toContain('Dove');
    expect(chosenVoice(store.getState())).toBe('af_heart');
    const undo = store.getState().toast?.undo;
    expect(undo).toEqual({ what: 'voice', id: 'Dove', wasChosen: true });
    if (undo?.what === 'voice') await store.getState().undoRemoval(undo);
    expect(ids()).toContain('Dove');
    expect(chosenVoice(store.getState())).toBe('Dove');
  });

  it('that cannot be removed stays chosen, and the reason is said', async () => {
    bridge.refuse(
      'removeVoice',
      appError('file-unwritable', 'system', { message: 'Your voices folder cannot be written to.' }),
    );
    await store.getState().removeVoice('Dove');
    expect(chosenVoice(store.getState())).toBe('Dove');
    expect(store.getState().problems).toMatchObject([{ code: 'file-unwritable' }]);
    expect(store.getState().toast?.undo).toBeUndefined();
  });
});

it('a voice that is made the default speaks at once', async () => {
  store.getState().change({ voice: 'af_heart' });
  await store.getState().makeDefault('bm_george');
  await settled();
  expect(chosenVoice(store.getState())).toBe('bm_george');
  expect(bridge.settings.voice).toBe('');
});

describe('a voice file', () => {
  const file = new File(['{"a voice": 1}'], 'Dove.aloudvoice');

  it('is handed to main by its name and text, and the new voice is shown', async () => {
    await store.getState().addVoiceFile(file);
    expect(bridge.callsOf('addVoiceFile')).toEqual([{ name: 'Dove.aloudvoice', text: '{"a voice": 1}' }]);
    expect(store.getState().view).toBe('voices');
    expect(store.getState().toast?.text).toContain('Dove');
  });

  it('that will not do is said, and one that is too large is not even read', async () => {
    bridge.refuse(
      'addVoiceFile',
      appError('voice-damaged', 'voice', { message: 'The voice file is damaged.' }),
    );
    await store.getState().addVoiceFile(file);
    expect(store.getState().problems).toMatchObject([{ code: 'voice-damaged' }]);
    const calls = bridge.callsOf('addVoiceFile').length;
    const large = new File([new Uint8Array(16_000_001)], 'Large.aloudvoice');
    await store.getState().addVoiceFile(large);
    expect(store.getState().problems.at(-1)?.message).toContain('too large');
    expect(bridge.callsOf('addVoiceFile')).toHaveLength(calls);
  });

  it('is written where the person says, and nothing is said when they give up', async () => {
    await store.getState().saveVoiceFile('Dove');
    expect(store.getState().toast?.text).toContain('/home/me/Dove.aloudvoice');
  });
});
