import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAppStore, lastTurn, type AppStore } from './store.ts';
import { FakeBridge } from './testing/fake-bridge.ts';
import { FakePlayer } from './testing/fake-player.ts';

const PROMPT = 'A secret story about Grandmother';
const ANSWER = 'A secret answer about her garden.';

let bridge: FakeBridge;
let player: FakePlayer;
let store: AppStore;
let end: () => void;
let clock: number;

beforeEach(async () => {
  clock = 1_000;
  bridge = new FakeBridge();
  player = new FakePlayer();
  store = createAppStore({
    bridge: bridge.bridge,
    player: player.player,
    now: () => clock,
    epochNow: () => 1_700_000_000_000,
    newId: () => crypto.randomUUID(),
  });
  end = store.getState().start();
  await settled();
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

const turn = () => lastTurn(store.getState());
const figures = () => turn()?.figures;

async function speak(): Promise<string> {
  store.getState().edit(PROMPT);
  await store.getState().send();
  await settled();
  const turnId = turn()?.speechId ?? '';
  clock = 1_080;
  store.getState().onTurnEvent({ type: 'turn.delta', turnId, text: ANSWER });
  clock = 1_100;
  const sentence = { turnId, index: 0, text: ANSWER, spoken: ANSWER, start: 0, end: ANSWER.length };
  store.getState().onTurnEvent({ type: 'turn.sentence', turnId, sentence });
  player.report({ type: 'first-chunk', turnId, atMs: 1_300 });
  player.report({ type: 'first-sound', turnId, atMs: 1_350 });
  for (const [atMs, bufferMs, underruns] of [
    [1_400, 900, 0],
    [1_440, 860, 0],
    [1_600, 700, 0],
    [1_620, 0, 1],
  ] as const) {
    clock = atMs;
    player.report({
      type: 'progress',
      turnId,
      phase: 'playing',
      chunks: 2,
      bufferMs,
      sentenceIndex: 0,
      sentenceMs: 10,
      heardMs: 10,
      underruns,
      contextTimeS: 0,
    });
  }
  return turnId;
}

function finish(turnId: string): void {
  store.getState().onTurnEvent({ type: 'sentence.done', turnId, index: 0, audioMs: 2_000, synthMs: 500 });
  clock = 3_000;
  store.getState().onTurnEvent({ type: 'turn.end', turnId, outcome: 'complete', error: undefined });
  player.report({ type: 'drained', turnId });
}

describe('the figures of a turn', () => {
  it('tell from Send when it got how far', async () => {
    finish(await speak());
    expect(figures()).toMatchObject({
      firstTokenMs: 80,
      firstSentenceMs: 100,
      firstChunkMs: 300,
      firstSoundMs: 350,
      doneMs: 2_000,
    });
  });

  it('follow the buffer, ten points a second and each gap', async () => {
    await speak();
    expect(figures()?.trace.points).toEqual([
      { atMs: 400, bufferMs: 900, isGap: false },
      { atMs: 600, bufferMs: 700, isGap: false },
      { atMs: 620, bufferMs: 0, isGap: true },
    ]);
  });

  it('are kept once, when the turn has ended, without a word of it', async () => {
    const turnId = await speak();
    expect(bridge.callsOf('keepFigures')).toEqual([]);
    finish(turnId);
    await settled();
    expect(bridge.callsOf('keepFigures')).toEqual([
      {
        endedAtMs: 1_700_000_000_000,
        provider: 'built-in',
        engine: 'Kokoro',
        ep: 'cpu',
        outcome: 'complete',
        firstTokenMs: 80,
        firstSentenceMs: 100,
        firstChunkMs: 300,
        firstSoundMs: 350,
        doneMs: 2_000,
        rtf: 0.25,
        underruns: 1,
      },
    ]);
  });

  it('of a stopped turn are kept, those of an answer that is played again are not', async () => {
    await speak();
    store.getState().stop();
    expect(bridge.callsOf('keepFigures')).toMatchObject([{ outcome: 'stopped' }]);
    store.getState().replay(turn()?.id ?? '');
    await settled();
    expect(figures()).toMatchObject({ firstSoundMs: undefined, doneMs: undefined });
    finish(turn()?.speechId ?? '');
    expect(bridge.callsOf('keepFigures')).toHaveLength(1);
  });
});

describe('the report', () => {
  it('holds the figures, and nothing of what was asked and answered', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Aloud/0.1.0 Electron/33' });
    finish(await speak());
    await store.getState().copyFigures();
    const [report] = bridge.callsOf('copyReport');
    expect(report).toContain('Electron/33');
    expect(report).toContain('Voice: Kokoro on cpu');
    expect(report).toContain('firstSound: 350 ms');
    expect(report).toContain('900@400');
    expect(report).toContain('0@620 gap');
    for (const word of `${PROMPT} ${ANSWER}`.split(/\W+/).filter(({ length }) => length > 4))
      expect(report).not.toContain(word);
  });
});
