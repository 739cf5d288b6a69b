import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appError } from '../common/result.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import type { PlayerEvent } from './player/player.ts';
import {
  afterPlayerEvent,
  afterTurnEvent,
  failTurn,
  heardOf,
  isWaitingForVoice,
  newTurn,
  stopTurn,
  type Turn,
} from './turn-state.ts';

const ID = '0b4f8f3e-4f6c-4e0e-9d0b-6a3f0d6c2a11';
const OTHER = '7d1b7a54-5f5b-4c53-8a65-0c8d3e2f9b22';
const cut = appError('stream-cut', 'llm', { message: 'The connection broke off.' });

function turn(): Turn {
  return newTurn({ id: ID, prompt: 'Hello?', provider: 'built-in', sentAt: 1_000 });
}

const delta = (text: string, turnId = ID): TurnEvent => ({ type: 'turn.delta', turnId, text });
const done: TurnEvent = { type: 'sentence.done', turnId: ID, index: 0, audioMs: 900, synthMs: 100 };
const ending = (outcome: 'complete' | 'stopped' | 'incomplete' | 'failed'): TurnEvent => ({
  type: 'turn.end',
  turnId: ID,
  outcome,
  error: outcome === 'incomplete' || outcome === 'failed' ? cut : undefined,
});
const drained: PlayerEvent = { type: 'drained', turnId: ID };
const firstChunk: PlayerEvent = { type: 'first-chunk', turnId: ID, atMs: 1_250 };
const firstSound: PlayerEvent = { type: 'first-sound', turnId: ID, atMs: 1_300 };
const progress = (heardMs: number, phase: 'playing' | 'buffering' = 'playing'): PlayerEvent => ({
  type: 'progress',
  turnId: ID,
  phase,
  chunks: 3,
  bufferMs: 640,
  sentenceIndex: 0,
  sentenceMs: heardMs,
  heardMs,
  underruns: 1,
  contextTimeS: 0,
});

type Event = TurnEvent | PlayerEvent;
const PLAYER_TYPES = ['progress', 'first-chunk', 'first-sound', 'drained', 'failed'];
const isPlayerEvent = (event: Event): event is PlayerEvent => PLAYER_TYPES.includes(event.type);

function after(...events: Event[]): Turn {
  return events.reduce(
    (state, event) => (isPlayerEvent(event) ? afterPlayerEvent(state, event) : afterTurnEvent(state, event)),
    turn(),
  );
}

describe('the state of a turn', () => {
  it('is streaming from Send on, and speaking from the first sound on', () => {
    expect(turn().state).toBe('streaming');
    expect(after(delta('A'), firstChunk).state).toBe('streaming');
    expect(after(delta('A'), firstChunk, firstSound).state).toBe('speaking');
    expect(after(progress(30)).state).toBe('speaking');
    expect(after(progress(0)).state).toBe('streaming');
  });

  it.each(['complete', 'incomplete'] as const)(
    'is %s only when the assistant is done and all was played',
    (outcome) => {
      expect(after(done, firstSound, ending(outcome)).state).toBe('speaking');
      expect(after(done, firstSound, drained).state).toBe('speaking');
      expect(after(done, firstSound, ending(outcome), drained).state).toBe(outcome);
      expect(after(done, firstSound, drained, ending(outcome)).state).toBe(outcome);
    },
  );

  it('is complete without the player when there was nothing to say', () => {
    expect(after(delta('***'), ending('complete')).state).toBe('complete');
  });

  it('is complete only after the sound when the last word overtakes the first chunk', () => {
    expect(after(done, ending('complete'), firstChunk).state).toBe('streaming');
    expect(after(done, ending('complete'), firstChunk, firstSound, drained).state).toBe('complete');
  });

  it.each(['stopped', 'failed'] as const)('is %s at once', (outcome) => {
    expect(after(done, firstSound, ending(outcome)).state).toBe(outcome);
  });

  it('takes no event after its end, and none of another turn', () => {
    const stopped = stopTurn(after(delta('One. '), firstSound, progress(40)));
    for (const event of [delta('Two.'), ending('failed'), done]) {
      expect(afterTurnEvent(stopped, event)).toBe(stopped);
    }
    for (const event of [progress(900), drained, firstSound])
      expect(afterPlayerEvent(stopped, event)).toBe(stopped);
    expect(failTurn(stopped, cut)).toBe(stopped);
    expect(after(delta('elsewhere', OTHER)).answer).toBe('');
  });

  it('ends one way only, in whatever order things happen', () => {
    const events = [delta('a'), done, firstChunk, firstSound, progress(10), drained, ending('complete')];
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
        expect(after(...order).state).toBe('complete');
      }),
    );
  });
});

describe('waiting for the voice', () => {
  const started = (index: number, rtf?: number): TurnEvent => ({
    type: 'sentence.started',
    turnId: ID,
    index,
    rtf,
  });
  const made = (index: number): TurnEvent => ({
    type: 'sentence.done',
    turnId: ID,
    index,
    audioMs: 2_000,
    synthMs: 3_000,
  });
  const dry = progress(1_000, 'buffering');

  it('is said before the first sound where the voice is slower than the ear, and not where it is quick', () => {
    expect(isWaitingForVoice(after(delta('a'), started(0, 1.4)))).toBe(true);
    expect(isWaitingForVoice(after(delta('a'), started(0, 0.3)))).toBe(false);
    expect(isWaitingForVoice(after(delta('a'), started(0)))).toBe(false);
    expect(isWaitingForVoice(after(delta('a'), started(0, 1.4), firstChunk, firstSound))).toBe(false);
  });

  it('is said when the player ran dry while the voice is at work, until it plays again or the turn ends', () => {
    const ran = [delta('a'), started(0, 0.3), firstChunk, firstSound, progress(900)];
    expect(isWaitingForVoice(after(...ran))).toBe(false);
    expect(isWaitingForVoice(after(...ran, dry))).toBe(true);
    expect(isWaitingForVoice(after(...ran, dry, progress(1_010)))).toBe(false);
    expect(isWaitingForVoice(after(...ran, dry, ending('failed')))).toBe(false);
  });

  it('is not said while the language model is waited for', () => {
    const ran = [delta('a'), started(0, 1.4), firstChunk, firstSound, progress(900), made(0), dry];
    expect(isWaitingForVoice(after(...ran))).toBe(false);
    expect(isWaitingForVoice(after(...ran, started(1, 1.5)))).toBe(true);
  });

  it('shows in the figures as the real-time factor of all that was made', () => {
    expect(after(started(0), made(0), started(1), made(1)).figures.rtf).toBe(1.5);
  });
});

describe('what is shown of a turn', () => {
  it('is the deltas joined, the model, and the figures counted from Send', () => {
    const state = after(
      { type: 'turn.started', turnId: ID, provider: 'built-in', model: 'smollm2', forgotten: 0 },
      delta('Once '),
      firstChunk,
      delta('upon'),
      firstSound,
      progress(120),
    );
    expect(state.answer).toBe('Once upon');
    expect(state.model).toBe('smollm2');
    expect(state.figures).toMatchObject({
      chunks: 3,
      bufferMs: 640,
      underruns: 1,
      firstChunkMs: 250,
      firstSoundMs: 300,
      rtf: undefined,
    });
  });

  it('is the error as soon as the text broke off, while speaking goes on', () => {
    const state = after(delta('One. '), done, firstSound, { type: 'turn.text-end', turnId: ID, error: cut });
    expect(state).toMatchObject({ state: 'speaking', error: cut });
  });

  it('is a notice until the text goes on', () => {
    const waiting: TurnEvent = { type: 'turn.notice', turnId: ID, message: 'Trying again.' };
    expect(after(waiting).notice).toBe('Trying again.');
    expect(after(waiting, delta('Now')).notice).toBe('');
  });

  it('names the sentences that were left out', () => {
    expect(after({ type: 'sentence.skipped', turnId: ID, index: 2, error: cut }).skipped).toEqual([
      { index: 2, error: cut },
    ]);
  });

  it('empties the buffer figure when it ends: nothing is queued any more', () => {
    expect(stopTurn(after(progress(40))).figures.bufferMs).toBe(0);
  });
});

describe('what was heard', () => {
  it('is what the player handed over, less what is on its way to the ear', () => {
    expect(heardOf(after(progress(140)), 40)).toEqual({ turnId: ID, sentenceIndex: 0, sentenceMs: 100 });
    expect(heardOf(after(progress(20)), 40).sentenceMs).toBe(0);
    expect(heardOf(turn(), 40)).toEqual({ turnId: ID, sentenceIndex: -1, sentenceMs: 0 });
  });
});
