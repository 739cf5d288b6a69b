/**
 * Everything that a language server has been seen to do wrong, while Aloud speaks: what it wrote before is heard whole and
 * once, what went wrong is said, the window answers all the while, and the next prompt works.
 */
import { expect, test } from '@playwright/test';
import {
  answer,
  chunk,
  COMMENT,
  DONE,
  errorEvent,
  type FakeAnswer,
  FakeOpenAiServer,
  refusal,
} from '../src/assistant/testing/fake-openai-server.ts';
import { watchAnswers } from './answering-window.ts';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference } from './reference-speech.ts';
import { findSound } from './sound/analysis.ts';
import { AloudWindow } from './window.ts';

const FIRST = 'The lighthouse stood on a grey rock. Boats lay on the sand below it. ';
const SECOND = 'A dog trotted along the water line. ';
const NEXT = 'All is well again.';

/** What the server has written when the harm is done. By then the voice is in the middle of it, ms. */
const SPEAKING = [COMMENT, chunk(FIRST), 1_500] as const;
/** The harm needs nothing else of the answer. */
const REST = [chunk(SECOND), chunk('', 'stop'), DONE] as const;

interface Fault {
  readonly name: string;
  readonly answers: readonly FakeAnswer[];
  /** How the turn ends. */
  readonly outcome: 'complete' | 'incomplete' | 'failed';
  /** All that is heard of it. */
  readonly heard: string;
  /** What the person reads. */
  readonly says?: RegExp;
}

const [beforeHole = '', afterHole = ''] = chunk(`${SECOND}#`).split('#');

const FAULTS: readonly Fault[] = [
  {
    name: 'is busy (429) and names no time',
    answers: [refusal(429, 'Rate limited'), { body: [...SPEAKING, ...REST] }],
    outcome: 'complete',
    heard: FIRST + SECOND,
  },
  {
    name: 'is busy (429) and names a time',
    answers: [refusal(429, 'Rate limited', { 'retry-after': '1' }), { body: [...SPEAKING, ...REST] }],
    outcome: 'complete',
    heard: FIRST + SECOND,
  },
  {
    name: 'is overloaded (503) and names no time',
    answers: [refusal(503, 'Overloaded'), { body: [...SPEAKING, ...REST] }],
    outcome: 'complete',
    heard: FIRST + SECOND,
  },
  {
    name: 'is overloaded (503) and names a time',
    answers: [refusal(503, 'Overloaded', { 'retry-after': '1' }), { body: [...SPEAKING, ...REST] }],
    outcome: 'complete',
    heard: FIRST + SECOND,
  },
  {
    name: 'sends one byte at a time',
    answers: [{ body: [...SPEAKING, ...REST], byteByByte: true }],
    outcome: 'complete',
    heard: FIRST + SECOND,
  },
  {
    name: 'breaks a letter of UTF-8 over two packets and never ends it',
    answers: [
      {
        body: [
          ...SPEAKING,
          beforeHole,
          Uint8Array.of(0xe2),
          200,
          Uint8Array.of(0x82),
          afterHole,
          ...REST.slice(1),
        ],
      },
    ],
    outcome: 'complete',
    heard: FIRST + SECOND,
  },
  {
    name: 'cuts the stream in mid-answer',
    // What was written in the same moment in which it is cut does not arrive.
    answers: [{ body: [...SPEAKING, chunk(SECOND), 100], then: 'cut' }],
    outcome: 'incomplete',
    heard: FIRST + SECOND,
    says: /broke off in the middle/,
  },
  {
    name: 'ends the stream without a reason',
    answers: [{ body: [...SPEAKING, chunk(SECOND)] }],
    outcome: 'incomplete',
    heard: FIRST + SECOND,
    says: /broke off in the middle/,
  },
  {
    name: 'sends broken JSON',
    answers: [{ body: [...SPEAKING, 'data: {"choices": [{"del\n\n', ...REST] }],
    outcome: 'incomplete',
    heard: FIRST,
    says: /cannot be read as an answer/,
  },
  {
    name: 'sends 10 MB in one event',
    answers: [{ body: [...SPEAKING, chunk('x'.repeat(10_000_000)), ...REST] }],
    outcome: 'incomplete',
    heard: FIRST,
    says: /far too long for an answer\. Send/,
  },
  {
    name: 'sends an error event',
    answers: [{ body: [...SPEAKING, errorEvent(502, 'Provider disconnected')] }],
    outcome: 'incomplete',
    heard: FIRST,
    says: /Provider disconnected/,
  },
  {
    name: 'writes in another encoding',
    answers: [{ body: [Buffer.from([...REST].join(''), 'utf16le')] }],
    outcome: 'failed',
    heard: '',
    says: /cannot be read as an answer/,
  },
  {
    name: 'stalls in mid-answer',
    answers: [{ body: [...SPEAKING, chunk(SECOND)], then: 'hang' }],
    outcome: 'incomplete',
    heard: FIRST + SECOND,
    says: /has sent nothing for 30 s/,
  },
  {
    name: 'hangs before the first byte',
    answers: [{ then: 'hang' }],
    outcome: 'failed',
    heard: '',
    says: /has sent nothing for 60 s/,
  },
];

let running: RunningApp;
let window: AloudWindow;
let server: FakeOpenAiServer;

test.beforeAll(async () => {
  server = new FakeOpenAiServer();
  await server.listen();
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await window.pickProvider('custom');
  await useServer(server.baseUrl);
});
test.afterAll(async () => {
  await running.close();
  await server.close();
});

async function useServer(baseUrl: string): Promise<void> {
  const field = running.page.getByTestId('base-url');
  await field.fill(baseUrl);
  await field.blur();
}

/** Sends a prompt and waits for the end of its turn. */
async function ask(prompt: string, outcome: Fault['outcome']): Promise<void> {
  const before = server.chats.length;
  await window.type(prompt);
  await window.send();
  // The turn before was complete, too: this one has begun when the server was asked.
  if (outcome === 'complete') await expect.poll(() => server.chats.length).toBeGreaterThan(before);
  await window.waitFor(outcome, 90_000);
}

/** All of the text, in order, and its first sentence only once. */
async function expectHeardOnce(heard: Int16Array, text: string): Promise<void> {
  const sentences = await speakReference(text, 'af_heart');
  expectHeard(heard, sentences);
  const [first] = sentences;
  if (first === undefined) throw new Error('The command line said nothing.');
  const { offset } = findSound(heard, first.pcm);
  expect(findSound(heard.subarray(offset + first.pcm.length), first.pcm).correlation).toBeLessThan(0.6);
}

for (const { name, answers, outcome, heard, says } of FAULTS) {
  test(`a server that ${name}`, async () => {
    test.setTimeout(240_000);
    const recording = await running.card.record();
    const endAnswers = await watchAnswers(running);
    server.answers = [...answers];
    await ask('Tell me about the lighthouse.', outcome);
    if (says !== undefined) expect(await window.error()).toMatch(says);
    else await expect(running.page.getByTestId('error')).toBeHidden();
    const written = heard === '' ? '' : await window.answer();
    for (const sentence of heard.split(/(?<=\.) /)) expect(written).toContain(sentence.trim());
    server.answers = [answer(NEXT)];
    await ask('And now?', 'complete');
    await endAnswers();
    await expectHeardOnce(await recording.stop(), heard + NEXT);
  });
}

test('a server that refuses the connection', async () => {
  test.setTimeout(120_000);
  const recording = await running.card.record();
  const endAnswers = await watchAnswers(running);
  await useServer('http://127.0.0.1:9/v1');
  await ask('Tell me about the lighthouse.', 'failed');
  expect(await window.error()).toMatch(/127\.0\.0\.1:9/);
  await useServer(server.baseUrl);
  server.answers = [answer(NEXT)];
  await ask('And now?', 'complete');
  await endAnswers();
  await expectHeardOnce(await recording.stop(), NEXT);
});
