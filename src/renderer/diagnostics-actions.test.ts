import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../common/diagnostics.ts';
import { appError } from '../common/result.ts';
import { createAppStore, type AppStore } from './store.ts';
import { FakeBridge } from './testing/fake-bridge.ts';
import { FakePlayer } from './testing/fake-player.ts';

const FULL: CheckResult = {
  id: 'disk space',
  title: 'Disk',
  state: 'failed',
  detail: 'Full.',
  remedy: 'Make room.',
};

let bridge: FakeBridge;
let player: FakePlayer;
let store: AppStore;
let end: () => void;

beforeEach(() => {
  bridge = new FakeBridge();
  player = new FakePlayer();
  store = createAppStore({
    bridge: bridge.bridge,
    player: player.player,
    now: () => 0,
    epochNow: () => 0,
    newId: () => crypto.randomUUID(),
  });
  end = store.getState().start();
});
afterEach(() => end());

describe('the checks of the machine', () => {
  it('show each result as it is made, and all of them at the end', async () => {
    bridge.checks = [FULL];
    const made = store.getState().diagnose(false);
    expect(store.getState()).toMatchObject({ isChecking: true, checks: [] });
    bridge.notify({ type: 'check', result: FULL });
    expect(store.getState().checks).toEqual([FULL]);
    await made;
    bridge.notify({ type: 'check', result: FULL });
    expect(store.getState()).toMatchObject({ isChecking: false, checks: [FULL] });
  });

  it('are not made twice at once', async () => {
    await Promise.all([store.getState().diagnose(false), store.getState().diagnose(true)]);
    expect(bridge.callsOf('diagnose')).toHaveLength(1);
  });

  it('count the devices that there are, not the name of the default one', async () => {
    const output = (id: string) => ({ id, label: id });
    player.report({ type: 'outputs', outputs: [output(''), output('a'), output('b')] });
    await store.getState().diagnose(false);
    player.report({ type: 'outputs', outputs: [output('')] });
    await store.getState().diagnose(true);
    player.report({ type: 'outputs', outputs: [] });
    await store.getState().diagnose(false);
    expect(bridge.callsOf('diagnose')).toEqual([
      { outputs: 2, askProvider: false },
      { outputs: 1, askProvider: true },
      { outputs: 0, askProvider: false },
    ]);
  });

  it('that cannot be made say why, and may be tried again', async () => {
    bridge.refuse('diagnose', appError('process-gone', 'system', { message: 'It stopped.' }));
    await store.getState().diagnose(false);
    expect(store.getState()).toMatchObject({ isChecking: false, problems: [{ message: 'It stopped.' }] });
  });
});
