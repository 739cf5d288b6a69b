import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelPair } from '../common/channel.ts';
import type { LlmReport, LlmRequest } from '../common/ports/llm.ts';
import type { ChatMessage } from '../common/provider.ts';
import { appError, AppFailure } from '../common/result.ts';
import { DEFAULT_READING } from '../common/reading.ts';
import { FakeHousehold, voice } from './testing/household.ts';
import { MAX_IN_FLIGHT, MAX_WAITING } from './speech-queue.ts';

const failure = (message = 'The engine failed.'): ReturnType<typeof appError> =>
  appError('synthesis-failed', 'speech', { message });
const brokenStream = new AppFailure(
  appError('stream-cut', 'provider', { message: 'The server broke off.' }, { retryable: true }),
);

const STORY = [
  'The robot woke up early. ',
  'It found a brush in the yard. ',
  'It painted the old door blue.',
];

async function ticks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
}

describe('a turn', () => {
  it('shows the text, says its sentences in order, once each, and completes', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'complete', error: undefined });
    expect(house.of('turn.delta', 'a').map((event) => event.text)).toEqual(STORY);
    expect(house.speech.said.map((sentence) => sentence.index)).toEqual(house.speech.said.map((_, i) => i));
    expect(house.speech.said.map((sentence) => sentence.spoken).join(' ')).toBe(STORY.join('').trim());
    expect(house.events[0]).toEqual({
      type: 'turn.started',
      turnId: 'a',
      provider: 'built-in',
      model: 'fake/model',
      forgotten: 0,
    });
    expect(house.events.at(-1)?.type).toBe('turn.end');
  });

  it('starts to speak while the answer is still being written', async () => {
    const house = new FakeHousehold();
    house.provider.script = [STORY[0] ?? '', STORY[1] ?? ''];
    house.provider.hangs = true;
    house.send('a');
    await house.until('sentence.done', 'a');
    expect(house.of('turn.text-end', 'a')).toEqual([]);
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard: undefined });
  });

  it('says words as the person’s own dictionary has them, also when it changes in mid-turn', async () => {
    const house = new FakeHousehold();
    house.service.handle({
      type: 'dictionary',
      entries: [{ kind: 'phonemes', word: 'robot', phonemes: 'ɹˈObɑt' }],
    });
    house.provider.script = STORY;
    house.send('a');
    await house.until('turn.sentence', 'a');
    house.service.handle({ type: 'dictionary', entries: [] });
    await house.end('a');
    const [first, second] = house.speech.requests.flatMap((request) =>
      request.type === 'sentence.say' ? [request.sentence] : [],
    );
    expect(first?.pronounced).toEqual([{ start: 4, end: 9, phonemes: 'ɹˈObɑt' }]);
    expect(second?.pronounced).toBeUndefined();
  });

  it('asks the voice to finish only when every sentence is answered, so that a failed one can be said again', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    await house.end('a');
    const kinds = house.speech.requests.map((request) => request.type);
    expect(kinds[0]).toBe('turn.begin');
    expect(kinds.at(-1)).toBe('turn.finish');
    expect(house.speech.asked('turn.finish')).toHaveLength(1);
  });

  it('shows what has no words and does not send it to the voice; the index counts on', async () => {
    const house = new FakeHousehold();
    house.provider.script = [
      'Look at this line of text here.\n\n',
      '---\n\n',
      'And here it goes on, as you see.',
    ];
    house.send('a');
    await house.end('a');
    const shown = house.of('turn.sentence', 'a').map((event) => event.sentence);
    expect(shown.map((sentence) => sentence.index)).toEqual(shown.map((_, i) => i));
    const asked = house.speech.asked('sentence.say').length;
    expect(asked).toBe(shown.filter((sentence) => sentence.spoken !== '').length);
  });

  it('fails plainly when there is nothing to say at all', async () => {
    const house = new FakeHousehold();
    house.provider.script = ['---\n\n***\n'];
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'nothing-to-say' } });
    expect(house.speech.requests).toEqual([]);
  });

  it('fails on an empty answer', async () => {
    const house = new FakeHousehold();
    house.provider.script = [];
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'provider-error' } });
  });

  it.each([
    ['an empty prompt', ' \n', 'prompt-empty'],
    ['a prompt that is too long', 'x'.repeat(100_001), 'prompt-too-long'],
  ])('refuses %s in one sentence and leaves the language model alone', async (_, prompt, code) => {
    const house = new FakeHousehold();
    house.send('a', prompt);
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code } });
    expect(house.provider.requests).toEqual([]);
  });
});

describe('the bounds of a turn', () => {
  const manySentences = Array.from(
    { length: 2_000 },
    (_, i) => `This is sentence number ${i} of a long answer. `,
  );

  it('hands the voice only a few sentences at a time', async () => {
    const house = new FakeHousehold();
    house.provider.script = manySentences.slice(0, 60);
    house.send('a');
    await house.end('a');
    expect(house.speech.mostUnanswered).toBeLessThanOrEqual(MAX_IN_FLIGHT);
    expect(house.speech.said).toHaveLength(60);
  });

  it('holds the language model up when very many sentences wait, and goes on as they are said', async () => {
    const house = new FakeHousehold({ speechHeld: true });
    house.provider.script = manySentences;
    house.send('a');
    await ticks(5_000);
    expect(house.provider.pulls).toBeGreaterThan(MAX_WAITING / 2);
    expect(house.provider.pulls).toBeLessThan(MAX_WAITING + MAX_IN_FLIGHT + 10);
    house.speech.release();
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(house.speech.said).toHaveLength(manySentences.length);
  });

  it('can be stopped while the language model is held up', async () => {
    const house = new FakeHousehold({ speechHeld: true });
    house.provider.script = manySentences;
    house.send('a');
    await ticks(3_000);
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard: undefined });
    expect(await house.end('a')).toMatchObject({ outcome: 'stopped' });
    expect(house.provider.aborted).toBe(true);
  });
});

describe('when the language model fails', () => {
  it('before the first text, the turn fails with its reason and the voice hears nothing', async () => {
    const house = new FakeHousehold();
    house.provider.script = [{ type: 'notice', message: 'Trying again.' }, brokenStream];
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'stream-cut' } });
    expect(house.of('turn.notice', 'a')).toMatchObject([{ message: 'Trying again.' }]);
    expect(house.speech.requests).toEqual([]);
  });

  it('after some text, what is whole is said and the turn is incomplete', async () => {
    const house = new FakeHousehold();
    house.provider.script = [...STORY.slice(0, 2), 'It painted the o', brokenStream];
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'incomplete', error: { code: 'stream-cut' } });
    expect(house.speech.said.map((sentence) => sentence.spoken).join(' ')).toBe(
      STORY.slice(0, 2).join('').trim(),
    );
    expect(house.of('turn.text-end', 'a')).toMatchObject([{ error: { code: 'stream-cut' } }]);
  });

  it('shows the part that is not said, so that sentences still tile the answer', async () => {
    const house = new FakeHousehold();
    house.provider.script = [...STORY.slice(0, 2), 'It painted the o', brokenStream];
    house.send('a');
    await house.end('a');
    const shown = house.of('turn.sentence', 'a').map((event) => event.sentence);
    expect(shown.at(-1)).toMatchObject({
      spoken: '',
      text: expect.stringContaining('It painted the o') as string,
    });
  });

  it('before the first whole sentence, the turn fails: nothing of it was heard', async () => {
    const house = new FakeHousehold();
    house.provider.script = ['It painted', brokenStream];
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'stream-cut' } });
    expect(house.speech.requests).toEqual([]);
  });

  it('at its limit of length, the turn is incomplete', async () => {
    const house = new FakeHousehold();
    house.provider.script = [...STORY, { type: 'finish', reason: 'length' }];
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'incomplete', error: { code: 'stream-cut' } });
    expect(house.speech.said.map((sentence) => sentence.spoken).join(' ')).toBe(STORY.join('').trim());
  });
});

describe('when the voice fails', () => {
  it('says a sentence once more before it gives it up', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY.slice(0, 1);
    house.speech.failure = (_, attempt) => (attempt === 1 ? failure() : undefined);
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(house.of('sentence.skipped', 'a')).toEqual([]);
  });

  it('skips a sentence that fails twice, says which and why, and goes on', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.speech.failure = (index) => (index === 1 ? failure('Too strange.') : undefined);
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(house.of('sentence.skipped', 'a')).toMatchObject([
      { index: 1, error: { message: 'Too strange.' } },
    ]);
    const said = house.speech.said.map((sentence) => sentence.index);
    expect(said).toEqual([...said].sort((a, b) => a - b));
    expect(said).not.toContain(1);
  });

  it('stops the turn after three skipped in a row', async () => {
    const house = new FakeHousehold();
    house.provider.script = Array.from({ length: 10 }, (_, i) => `This is sentence number ${i}. `);
    house.speech.failure = (index) => (index >= 2 ? failure() : undefined);
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'synthesis-failed' } });
    expect(house.of('sentence.skipped', 'a')).toHaveLength(3);
    expect(house.speech.requests.at(-1)?.type).toBe('turn.stop');
  });

  it('fails the turn when every sentence of it was skipped', async () => {
    const house = new FakeHousehold();
    house.provider.script = ['Only one sentence here.'];
    house.speech.failure = () => failure();
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'synthesis-failed' } });
  });

  it('does not try every sentence with a voice that cannot be used', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.speech.failure = () =>
      appError('voice-damaged', 'voice', { message: 'The voice file is damaged.' });
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error: { code: 'voice-damaged' } });
    expect(house.of('sentence.skipped', 'a')).toEqual([]);
  });
});

describe('when the voice ends', () => {
  /** Ends the voice as soon as it has sentence `index` in hand. */
  function endAt(house: FakeHousehold, index: number): void {
    house.speech.failure = (at) => {
      if (at === index) house.speech.die();
      return undefined;
    };
  }

  it('in the middle of a sentence, that sentence and those behind it are said when it is back, none twice', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    endAt(house, 1);
    house.send('a');
    const first = house.speech;
    await house.untilSpeechIsGone();
    expect(house.of('turn.end', 'a')).toEqual([]);
    const second = house.connectSpeech();
    expect(await house.end('a')).toMatchObject({ outcome: 'complete', error: undefined });
    const said = [...first.said, ...second.said].map((sentence) => sentence.index);
    expect(said).toEqual(said.map((_, i) => i));
    expect(second.requests[0]).toMatchObject({ type: 'turn.begin', turnId: 'a' });
    expect(house.of('sentence.done', 'a').map((event) => event.index)).toEqual(said);
  });

  it('lets a language model that was held write on: nobody else would tell it', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    endAt(house, 1);
    house.send('a');
    await house.untilSpeechIsGone();
    expect(house.provider.holds.at(-1)).toBe(false);
  });

  it('twice at the same sentence, that one is left out and marked, and the rest is said', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    endAt(house, 1);
    house.send('a');
    await house.untilSpeechIsGone();
    house.connectSpeech();
    endAt(house, 1);
    await house.untilSpeechIsGone();
    const last = house.connectSpeech();
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(house.of('sentence.skipped', 'a')).toMatchObject([
      { index: 1, error: { code: 'synthesis-failed' } },
    ]);
    expect(last.said.map((sentence) => sentence.index)).toEqual(
      house
        .of('turn.sentence', 'a')
        .map((event) => event.sentence.index)
        .filter((index) => index > 1),
    );
  });

  it('once at each of many sentences, none of them is left out', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    const ended = house.end('a');
    const said: number[] = [];
    for (let index = 0; index < 3; index++) {
      endAt(house, index);
      await house.untilSpeechIsGone();
      said.push(...house.speech.said.map((sentence) => sentence.index));
      house.connectSpeech();
    }
    expect(await ended).toMatchObject({ outcome: 'complete' });
    said.push(...house.speech.said.map((sentence) => sentence.index));
    expect(said).toEqual(said.map((_, i) => i));
    expect(house.of('sentence.skipped', 'a')).toEqual([]);
  });

  it('after all is said but before that is confirmed, the turn is finished on the new one', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    const first = house.speech;
    first.onFinish = () => first.die();
    house.send('a');
    await house.untilSpeechIsGone();
    const second = house.connectSpeech();
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(second.requests.map((request) => request.type)).toEqual(['turn.begin', 'turn.finish']);
  });

  it('for good, the turn fails with the reason, and the next one works when the voice is back', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    endAt(house, 1);
    house.send('a');
    await house.untilSpeechIsGone();
    const error = appError('process-gone', 'system', {
      message: 'The voice stopped unexpectedly: it crashed.',
    });
    house.service.handle({ type: 'speech.gone', error });
    expect(await house.end('a')).toMatchObject({ outcome: 'failed', error });
    house.connectSpeech();
    house.send('b');
    expect(await house.end('b')).toMatchObject({ outcome: 'complete' });
  });

  it('a turn whose first sentence comes meanwhile waits for it', async () => {
    const house = new FakeHousehold();
    house.speech.die();
    house.provider.script = STORY;
    house.send('a');
    await house.until('turn.text-end', 'a');
    await ticks(50);
    expect(house.of('turn.end', 'a')).toEqual([]);
    house.connectSpeech();
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
  });

  it('a stop ends the turn that waits for it, and the new one hears nothing of that turn', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    endAt(house, 1);
    house.send('a');
    await house.untilSpeechIsGone();
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard: undefined });
    expect(await house.end('a')).toMatchObject({ outcome: 'stopped' });
    const second = house.connectSpeech();
    await ticks(20);
    expect(second.requests).toEqual([]);
  });
});

describe('stopping', () => {
  const long = Array.from({ length: 12 }, (_, i) => `This is sentence number ${i} here. `);

  it('ends the turn at once: no event after its end, the language model aborted, the voice told', async () => {
    const house = new FakeHousehold();
    house.provider.script = long;
    house.send('a');
    await house.until('sentence.done', 'a');
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard: undefined });
    await house.end('a');
    await ticks(50);
    expect(house.events.at(-1)).toMatchObject({ type: 'turn.end', outcome: 'stopped' });
    expect(house.provider.aborted).toBe(true);
    expect(house.speech.requests.at(-1)).toEqual({ type: 'turn.stop', turnId: 'a' });
  });

  it('ignores a stop for another turn', async () => {
    const house = new FakeHousehold();
    house.send('a');
    house.service.handle({ type: 'turn.stop', turnId: 'x', heard: undefined });
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
  });

  it('remembers whole sentences that were heard and the words of the one that was cut', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a', 'First question');
    await house.end('a');
    const second = house.of('turn.sentence', 'a')[1]?.sentence;
    const audioMs = house.of('sentence.done', 'a')[1]?.audioMs ?? 0;
    house.service.handle({
      type: 'turn.stop',
      turnId: 'a',
      heard: { turnId: 'a', sentenceIndex: 1, sentenceMs: audioMs / 2 },
    });
    house.send('b', 'Second question');
    await house.end('b');
    const words = second?.text.trim().split(/\s+/) ?? [];
    const remembered = house.provider.requests[1]?.messages[2]?.content ?? '';
    expect(remembered).toBe(`${STORY[0] ?? ''}${words.slice(0, Math.floor(words.length / 2)).join(' ')}`);
    expect(house.provider.requests[1]?.messages.map((message) => message.role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
    ]);
  });

  it('silences a turn that has ended but still sounds, and says so', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    await house.end('a');
    house.service.handle({
      type: 'turn.stop',
      turnId: 'a',
      heard: { turnId: 'a', sentenceIndex: 0, sentenceMs: 1 },
    });
    await house.until('turn.end', 'a', (event) => event.outcome === 'stopped');
    await ticks(5);
    expect(house.speech.requests.at(-1)).toEqual({ type: 'turn.stop', turnId: 'a' });
  });

  it('forgets an exchange of which nothing was heard', async () => {
    const house = new FakeHousehold({ speechHeld: true });
    house.provider.script = long;
    house.send('a', 'First question');
    await ticks(20);
    house.service.handle({
      type: 'turn.stop',
      turnId: 'a',
      heard: { turnId: 'a', sentenceIndex: -1, sentenceMs: 0 },
    });
    house.speech.release();
    house.send('b', 'Second question');
    await house.end('b');
    expect(house.provider.requests[1]?.messages.map((message) => message.content)).toEqual([
      'Be brief.',
      'Second question',
    ]);
  });

  it('is what a new prompt does to a running turn', async () => {
    const house = new FakeHousehold();
    house.provider.script = long;
    house.send('a');
    await house.until('turn.sentence', 'a');
    house.send('b');
    expect(await house.end('a')).toMatchObject({ outcome: 'stopped' });
    expect(await house.end('b')).toMatchObject({ outcome: 'complete' });
    const endOfA = house.events.findIndex((event) => event.type === 'turn.end' && event.turnId === 'a');
    expect(house.events.slice(endOfA + 1).filter((event) => event.turnId === 'a')).toEqual([]);
  });
});

describe('around the turn', () => {
  it('changes the voice from the next sentence on', async () => {
    const house = new FakeHousehold();
    house.provider.script = Array.from({ length: 20 }, (_, i) => `This is sentence number ${i}. `);
    house.speech.failure = (index) => {
      if (index === 4) house.service.handle({ type: 'turn.voice', voice: voice('bella'), speed: 1 });
      return undefined;
    };
    house.send('a');
    await house.end('a');
    const voices = house.speech.said.map((sentence) => sentence.voice);
    expect(voices.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'heart'));
    expect(voices.slice(5 + MAX_IN_FLIGHT).every((id) => id === 'bella')).toBe(true);
    expect(voices.indexOf('bella')).toBe(voices.lastIndexOf('heart') + 1);
  });

  it('goes on telling a window that was opened anew', async () => {
    const house = new FakeHousehold({ speechHeld: true });
    house.provider.script = STORY;
    house.send('a');
    await ticks(5);
    house.events.length = 0;
    house.connectWindow();
    house.speech.release();
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
  });

  it('forgets the conversation when asked to', async () => {
    const house = new FakeHousehold();
    house.send('a', 'First');
    await house.end('a');
    house.service.handle({ type: 'conversation.load', exchanges: [] });
    house.send('b', 'Second');
    await house.end('b');
    expect(house.provider.requests[1]?.messages).toHaveLength(2);
  });

  it('keeps texts that were only read aloud out of the conversation', async () => {
    const house = new FakeHousehold();
    house.send('a', 'A text to read.', { provider: { kind: 'read-aloud', id: 'read-aloud' } });
    await house.end('a');
    house.send('b', 'A question');
    await house.end('b');
    expect(house.provider.requests[1]?.messages.map((message) => message.content)).toEqual([
      'Be brief.',
      'A question',
    ]);
  });

  it('lists a built-in model without asking anyone', async () => {
    const house = new FakeHousehold();
    const provider = { kind: 'built-in', id: 'built-in', model: 'small', modelPath: 'x' } as const;
    house.service.handle({ type: 'models.list', requestId: 'r', provider });
    await ticks(3);
    expect(house.reports).toEqual([{ type: 'models', requestId: 'r', models: ['small'], error: undefined }]);
  });
});

describe('before a prompt is there', () => {
  const warm = (house: FakeHousehold, answer?: string): void =>
    house.service.handle({
      type: 'llm.warm',
      modelPath: 'fake.gguf',
      context:
        answer === undefined
          ? undefined
          : { systemPrompt: 'Be brief.', exchanges: [{ turnId: 'z', prompt: 'Who?', answer }] },
    });
  function withModel(): { house: FakeHousehold; asked: LlmRequest[] } {
    const house = new FakeHousehold();
    const [ours, theirs] = channelPair<LlmRequest, LlmReport>();
    const asked: LlmRequest[] = [];
    theirs.onMessage((request) => asked.push(request));
    house.service.connectLlm(ours);
    return { house, asked };
  }
  const modelPath = 'fake.gguf';
  const after = (prompt: string, answer: string): ChatMessage[] => [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: prompt },
    { role: 'assistant', content: answer },
    { role: 'user', content: '' },
  ];

  it('the built-in model is loaded, and reads what the prompt will follow on', async () => {
    const { house, asked } = withModel();
    warm(house);
    warm(house, 'A robot.');
    await ticks(5);
    const messages = after('Who?', 'A robot.');
    expect(asked).toEqual([
      { type: 'warm', modelPath, messages: [] },
      { type: 'warm', modelPath, messages },
    ]);
  });

  it('an answer that is complete is followed on at once, a stopped one not', async () => {
    const { house, asked } = withModel();
    house.provider.script = ['It is blue.'];
    house.send('a', 'Which colour?');
    await house.end('a');
    await ticks(5);
    const messages = after('Which colour?', 'It is blue.');
    expect(asked).toEqual([{ type: 'warm', modelPath, messages }]);
    house.provider.hangs = true;
    house.send('b');
    await house.until('turn.delta', 'b');
    house.service.handle({ type: 'turn.stop', turnId: 'b', heard: undefined });
    await house.end('b');
    await ticks(5);
    expect(asked).toHaveLength(1);
  });

  it('nothing is read for an answer of a server', async () => {
    const { house, asked } = withModel();
    house.provider.script = ['It is blue.'];
    const server = { kind: 'openai-compatible', id: 'openrouter', model: 'm' } as const;
    house.send('a', 'Which colour?', {
      provider: { ...server, baseUrl: 'https://a.example/v1', key: 'k' },
    });
    await house.end('a');
    await ticks(5);
    expect(asked).toEqual([]);
  });

  it('nothing is read while a turn runs, whose voice may need the core', async () => {
    const { house, asked } = withModel();
    house.provider.script = STORY;
    house.provider.hangs = true;
    house.send('a');
    await house.until('sentence.done', 'a');
    warm(house, 'A robot.');
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard: undefined });
    await house.end('a');
    warm(house, 'A robot.');
    await ticks(5);
    expect(asked.map((request) => request.type === 'warm' && request.messages.length)).toEqual([0, 4]);
  });
});

describe('in any order of events', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ticks: fc.nat(30) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), sentences: fc.nat(12) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), heard: fc.boolean() }) },
    fc.record({ do: fc.constant('voice' as const) }),
    fc.record({ do: fc.constant('die' as const) }),
    fc.record({ do: fc.constant('break' as const) }),
  );

  it('each turn ends once, nothing follows its end, and sentences are said in order and once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 14 }),
        fc.infiniteStream(fc.nat(9)),
        async (steps, dice) => {
          const house = new FakeHousehold();
          const fails = (): boolean => dice.next().value === 0;
          let speech = house.speech;
          speech.failure = () => (fails() ? failure() : undefined);
          const said = [speech];
          let turns = 0;
          for (const action of steps) {
            const current = `${turns}`;
            if (action.do === 'wait') await ticks(action.ticks);
            if (action.do === 'send') {
              const text = Array.from(
                { length: action.sentences },
                (_, i) => `This is sentence ${i} of it. `,
              );
              house.provider.script = fails() ? [...text, brokenStream] : text;
              house.send(`${++turns}`);
            }
            if (action.do === 'stop') {
              const heard = { turnId: current, sentenceIndex: 0, sentenceMs: 10 };
              house.service.handle({
                type: 'turn.stop',
                turnId: current,
                heard: action.heard ? heard : undefined,
              });
            }
            if (action.do === 'voice')
              house.service.handle({ type: 'turn.voice', voice: voice('bella'), speed: 2 });
            if (action.do === 'die') {
              speech.die();
              speech = house.connectSpeech();
              speech.failure = () => (fails() ? failure() : undefined);
              said.push(speech);
            }
          }
          for (let turn = 1; turn <= turns; turn++) await house.end(`${turn}`);
          await ticks(20);
          for (let turn = 1; turn <= turns; turn++) {
            const mine = house.events.filter((event) => event.turnId === `${turn}`);
            const firstEnd = mine.findIndex((event) => event.type === 'turn.end');
            // Only a stop after the end, when sound may still play, is answered once more.
            expect(
              mine.slice(firstEnd + 1).every((e) => e.type === 'turn.end' && e.outcome === 'stopped'),
            ).toBe(true);
            const shown = house.of('turn.sentence', `${turn}`).map((event) => event.sentence.index);
            expect(shown).toEqual(shown.map((_, i) => i));
          }
          for (const { requests } of said) {
            const order = requests.flatMap((r) => (r.type === 'sentence.say' ? [r.sentence] : []));
            const fresh = order.filter(
              (s, i) => order.findIndex((o) => o.turnId === s.turnId && o.index === s.index) === i,
            );
            for (const [i, sentence] of fresh.entries()) {
              const before = fresh[i - 1];
              if (before?.turnId === sentence.turnId) expect(sentence.index).toBeGreaterThan(before.index);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('says of code, tables and emoji what the person chose', async () => {
  const house = new FakeHousehold();
  house.provider.script = ['Here it is 🎉.\n```js\nlet a;\n```\n'];
  const reading = { ...DEFAULT_READING, codeBlocks: 'skip', nameEmoji: true } as const;
  house.send('a', 'Go.', { reading });
  await house.end('a');
  expect(house.speech.said.map(({ spoken }) => spoken)).toEqual(['Here it is party popper.']);
});

describe('hearing from elsewhere', () => {
  const resay = (house: FakeHousehold, from: number, offset: number): void =>
    house.service.handle({
      type: 'turn.resay',
      turnId: 'a',
      from,
      offset,
      voice: voice('bella'),
      speed: 1.5,
    });
  const spoken = (house: FakeHousehold): string[] =>
    house.speech.said.map(({ index, voice: id }) => `${index} ${id}`);

  it('says the sentences from one on again, in the new voice, though the turn was said to its end', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    await house.end('a');
    house.events.length = 0;
    resay(house, 1, STORY[0]?.length ?? 0);
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(spoken(house)).toEqual(['0 heart', '1 heart', '2 heart', '1 bella', '2 bella']);
    expect(house.of('turn.sentence', 'a').map(({ sentence }) => sentence.index)).toEqual([1, 2]);
  });

  it('is not ended by the end that was on its way when it was asked for', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.speech.onFinish = () => {
      house.speech.onFinish = () => undefined;
      resay(house, 1, STORY[0]?.length ?? 0);
    };
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(spoken(house)).toEqual(['0 heart', '1 heart', '2 heart', '1 bella', '2 bella']);
  });

  it('goes on after a sentence whose failure was on its way when it was asked for again', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    let jumped = false;
    house.speech.failure = (index) => {
      if (index !== 0) return undefined;
      if (!jumped) resay(house, 0, 0);
      jumped = true;
      return appError('synthesis-failed', 'speech', { message: 'It cannot be said.' });
    };
    house.send('a');
    expect(await house.end('a')).toMatchObject({ outcome: 'complete' });
    expect(house.of('sentence.skipped', 'a').map(({ index }) => index)).toEqual([0]);
    expect(spoken(house)).toEqual(['1 bella', '2 bella']);
  });

  it('passes over sentences that were not handed to the voice yet', async () => {
    const house = new FakeHousehold({ speechHeld: true });
    const many = Array.from({ length: 20 }, (_, i) => `This is sentence number ${i} of them. `);
    house.provider.script = many;
    house.send('a');
    await ticks(200);
    const offset = many.slice(0, 15).join('').length;
    resay(house, MAX_IN_FLIGHT, offset);
    house.speech.release();
    await house.end('a');
    expect(house.speech.said.map(({ index }) => index)).toEqual([0, 1, 2, 15, 16, 17, 18, 19]);
  });

  it('keeps what was heard beyond the place to which the listener went back', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    await house.end('a');
    house.speech.hold();
    resay(house, 0, 0);
    house.service.handle({
      type: 'turn.stop',
      turnId: 'a',
      heard: { turnId: 'a', sentenceIndex: 1, sentenceMs: 60_000 },
    });
    house.send('b');
    await ticks(5);
    const answers = house.provider.requests[1]?.messages.filter(({ role }) => role === 'assistant');
    expect(answers?.[0]?.content.trim()).toBe(STORY.slice(0, 2).join('').trim());
  });

  it.each([
    ['while it was being said', false],
    ['after all of it was said', true],
  ])('does nothing to a turn that was stopped %s', async (_when, saidWhole) => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    if (saidWhole) await house.end('a');
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard: undefined });
    await house.end('a');
    await ticks(5);
    house.events.length = 0;
    resay(house, 0, 0);
    await ticks(50);
    expect(house.events).toEqual([]);
  });
});

describe('a replay', () => {
  const replay = (house: FakeHousehold, from: number): void =>
    house.service.handle({
      type: 'turn.replay',
      replay: {
        turnId: 'r',
        text: STORY.join(''),
        from,
        voice: voice('emma'),
        speed: 1,
        pauseMs: 150,
        crossfadeMs: 0,
        reading: DEFAULT_READING,
      },
    });

  it('says a text from the sentence on in which the offset lies, without a language model', async () => {
    const house = new FakeHousehold();
    replay(house, (STORY[0]?.length ?? 0) + 3);
    expect(await house.end('r')).toMatchObject({ outcome: 'complete' });
    expect(house.speech.said.map(({ index }) => index)).toEqual([1, 2]);
    expect(house.provider.requests).toEqual([]);
  });

  it('stops the turn that runs, and is no part of the conversation nor of what is kept', async () => {
    const house = new FakeHousehold({ speechHeld: true });
    house.provider.script = STORY;
    house.send('a');
    await ticks(20);
    replay(house, 0);
    expect(await house.end('a')).toMatchObject({ outcome: 'stopped' });
    house.speech.release();
    await house.end('r');
    expect(house.reports.filter((report) => report.type === 'turn.record' && report.turnId === 'r')).toEqual(
      [],
    );
  });
});

describe('what is kept of a turn', () => {
  it('is its answer when it ends, and what was heard of it when it is stopped', async () => {
    const house = new FakeHousehold();
    house.provider.script = STORY;
    house.send('a');
    await house.end('a');
    const answer = STORY.join('');
    const first = STORY[0] ?? '';
    const records = (): unknown[] => house.reports.filter((report) => report.type === 'turn.record');
    expect(records().at(-1)).toMatchObject({
      turnId: 'a',
      answer,
      heardEnd: answer.length,
      outcome: 'complete',
    });
    const heard = { turnId: 'a', sentenceIndex: 0, sentenceMs: 60_000 };
    house.service.handle({ type: 'turn.stop', turnId: 'a', heard });
    expect(records().at(-1)).toMatchObject({ answer, heardEnd: first.trimEnd().length, outcome: 'stopped' });
  });
});
