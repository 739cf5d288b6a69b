/**
 * The turn of docs/turn.md, run in random orders of everything that can happen to it: prompts, stops, jumps, other voices, a
 * voice that dies, stays away or cannot say a sentence, a language model that breaks off.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { appError, AppFailure } from '../common/result.ts';
import { FakeHousehold, voice } from './testing/household.ts';
import type { FakeSpeech } from './testing/fake-speech.ts';

/** What is known without looking into the program. */
interface Model {
  turns: number;
  /** Whether a voice is there. */
  voiceThere: boolean;
}

/** The program, and everything that was seen of it. */
interface Real {
  readonly house: FakeHousehold;
  readonly voices: FakeSpeech[];
  /** Turns of which sentences were asked for again: there a sentence may be said more than once. */
  readonly jumped: Set<string>;
}

type Step = fc.AsyncCommand<Model, Real>;

const GONE = appError('process-gone', 'system', { message: 'The voice stopped unexpectedly.' });

function step(
  name: string,
  run: (model: Model, real: Real) => Promise<void> | void,
  check: (model: Readonly<Model>) => boolean = () => true,
): Step {
  return {
    check,
    run: async (model, real) => {
      await run(model, real);
      await ticks(1);
    },
    toString: () => name,
  };
}

async function ticks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
}

function connectVoice(model: Model, { house, voices }: Real, failsAt: number): void {
  const speech = house.connectSpeech();
  speech.failure = (index) =>
    index === failsAt ? appError('synthesis-failed', 'speech', { message: 'It cannot be said.' }) : undefined;
  voices.push(speech);
  model.voiceThere = true;
}

const send = fc.record({
  sentences: fc.nat(6),
  breaksOff: fc.boolean(),
  failsAt: fc.integer({ min: -1, max: 5 }),
});

const steps = [
  fc.nat(40).map((count) => step(`wait ${count}`, () => ticks(count))),
  send.map(({ sentences, breaksOff, failsAt }) =>
    step(`send ${sentences}${breaksOff ? ' broken' : ''}`, (model, real) => {
      const { house } = real;
      const text = Array.from({ length: sentences }, (_, i) => `This is sentence ${i} of it. `);
      const broken = new AppFailure(appError('stream-cut', 'provider', { message: 'The server broke off.' }));
      house.provider.script = breaksOff ? [...text, broken] : text;
      house.speech.failure = (index) =>
        index === failsAt
          ? appError('synthesis-failed', 'speech', { message: 'It cannot be said.' })
          : undefined;
      house.send(`${++model.turns}`);
    }),
  ),
  fc.boolean().map((knowsHeard) =>
    step('stop', (model, real) => {
      const turnId = `${model.turns}`;
      const heard = knowsHeard ? { turnId, sentenceIndex: 0, sentenceMs: 10 } : undefined;
      real.house.service.handle({ type: 'turn.stop', turnId, heard });
    }),
  ),
  fc.nat(4).map((from) =>
    step(`jump to ${from}`, (model, { house, jumped }) => {
      jumped.add(`${model.turns}`);
      house.service.handle({
        type: 'turn.resay',
        turnId: `${model.turns}`,
        from,
        offset: 0,
        voice: voice('bella'),
        speed: 1,
      });
    }),
  ),
  fc.constant(
    step('another voice', (_, { house }) =>
      house.service.handle({ type: 'turn.voice', voice: voice('bella'), speed: 2 }),
    ),
  ),
  fc.constant(
    step(
      'the voice dies',
      (model, { house }) => {
        house.speech.die();
        model.voiceThere = false;
      },
      ({ voiceThere }) => voiceThere,
    ),
  ),
  fc.integer({ min: -1, max: 5 }).map((failsAt) =>
    step(
      'the voice is back',
      (model, real) => connectVoice(model, real, failsAt),
      ({ voiceThere }) => !voiceThere,
    ),
  ),
  fc.constant(
    step(
      'the voice stays away',
      (_, { house }) => house.service.handle({ type: 'speech.gone', error: GONE }),
      ({ voiceThere }) => !voiceThere,
    ),
  ),
];

async function expectInvariants(model: Model, real: Real): Promise<void> {
  const { house, voices, jumped } = real;
  for (let turn = 1; turn <= model.turns; turn++) {
    const turnId = `${turn}`;
    const end = await house.end(turnId);
    expect(['complete', 'stopped', 'incomplete', 'failed']).toContain(end.outcome);
    const mine = house.events.filter((event) => event.turnId === turnId);
    if (jumped.has(turnId)) continue;
    // Only a stop while the sound still plays is told after the end.
    const after = mine.slice(mine.findIndex((event) => event.type === 'turn.end') + 1);
    expect(after.every((event) => event.type === 'turn.end' && event.outcome === 'stopped')).toBe(true);
    const shown = house.of('turn.sentence', turnId).map(({ sentence }) => sentence.index);
    expect(shown).toEqual(shown.map((_, i) => i));
    const done = house.of('sentence.done', turnId).map(({ index }) => index);
    expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
    const skipped = new Set(house.of('sentence.skipped', turnId).map(({ index }) => index));
    expect(done.some((index) => skipped.has(index))).toBe(false);
    if (end.outcome === 'complete') expect(done.length + skipped.size).toBe(shown.length);
  }
  for (const { requests } of voices) {
    for (const [at, request] of requests.entries()) {
      if (request.type !== 'turn.stop') continue;
      const later = requests
        .slice(at)
        .flatMap((each) => (each.type === 'sentence.say' ? [each.sentence] : []));
      expect(later.some(({ turnId }) => turnId === request.turnId)).toBe(false);
    }
  }
}

it('keeps order, says nothing twice, is silent after a stop, and ends each turn in one of four ways', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 25 }), async (commands) => {
      const house = new FakeHousehold();
      const real: Real = { house, voices: [house.speech], jumped: new Set() };
      const model: Model = { turns: 0, voiceThere: true };
      await fc.asyncModelRun(() => ({ model, real }), commands);
      if (!model.voiceThere) connectVoice(model, real, -1);
      await ticks(50);
      await expectInvariants(model, real);
    }),
    { numRuns: 150 },
  );
});
