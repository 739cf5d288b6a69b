/** Harm done for real while Aloud speaks: what was said stays, nothing is said twice or out of order, the next prompt works. */
import { expect, test } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answer, FakeOpenAiServer } from '../src/assistant/testing/fake-openai-server.ts';
import { watchAnswers } from './answering-window.ts';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { freezeProcess, isRunning, killProcess, pidOf, sleepAll } from './processes.ts';
import { speakReference } from './reference-speech.ts';
import { findSound } from './sound/analysis.ts';
import { RECORDING_RATE } from './sound/pulse.ts';
import { AloudWindow } from './window.ts';

/** More sound than is made ahead: whatever is done to the voice after the first sentence, it has not made all of it yet. */
const TEXT =
  'Seven ships sailed south. The harbour was quiet that morning. Boats lay on the sand. ' +
  'A dog trotted along the water line. Far out, a bell rang twice. Children ran down to the shore with their buckets. ' +
  'An old man mended his nets in the sun. Towards noon the wind came up from the west. ' +
  'Then the first of the ships turned around and came home.';

let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  // Processes are started again, and what is heard is compared with what another program says of the same text.
  test.setTimeout(300_000);
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await window.pickProvider('read-aloud');
});
test.afterEach(async () => {
  await running.close();
});

/**
 * Reads {@link TEXT} aloud, does the harm as soon as something is heard, and returns the recording of all of it. The window
 * answers all the while, unless the harm is done to itself.
 */
async function speakThrough(harm: () => Promise<void>, isWindowHarmed = false): Promise<Int16Array> {
  const endAnswers = isWindowHarmed ? undefined : await watchAnswers(running);
  await window.type(TEXT);
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  // The first sentence is over by then, its pause included.
  await running.page.waitForTimeout(2_500);
  await harm();
  await window.waitFor('complete', 120_000);
  await endAnswers?.();
  return recording.stop();
}

/** Every sentence whole, in its order, and the first, which was whole before the harm, only once. */
async function expectHeardOnce(heard: Int16Array): Promise<void> {
  const sentences = await speakReference(TEXT, 'af_heart');
  let from = 0;
  for (const sentence of sentences) {
    // By the whole of its sound: the sentence in hand begins twice and is whole once.
    const at = from + findSound(heard.subarray(from), sentence.pcm).offset;
    expectHeard(heard.subarray(Math.max(from, at - RECORDING_RATE / 10)), [sentence]);
    from = at + sentence.pcm.length / 2;
  }
  const [first] = sentences;
  if (first === undefined) throw new Error('The command line said nothing.');
  const { offset } = findSound(heard, first.pcm);
  const rest = heard.subarray(offset + first.pcm.length);
  expect(findSound(rest, first.pcm).correlation).toBeLessThan(0.6);
}

async function expectSpeaksNext(): Promise<void> {
  const next = 'All is well again.';
  await window.pickProvider('read-aloud');
  await window.type(next);
  const recording = await running.card.record();
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  expectHeard(await recording.stop(), await speakReference(next, 'af_heart'));
}

test('the voice is killed in the middle of an answer: all of it is heard, in order, the sentence in hand from its start', async () => {
  const heard = await speakThrough(() => killProcess(running, 'speech'));
  await expectHeardOnce(heard);
  await expectSpeaksNext();
});

test('the voice hangs: it is ended and started again, and all of the answer is heard', async () => {
  const before = await pidOf(running, 'speech');
  const heard = await speakThrough(() => freezeProcess(running, 'speech'));
  expect(await pidOf(running, 'speech')).not.toBe(before);
  await expectHeardOnce(heard);
});

test('processes that hang end with the program', async () => {
  const pids = await Promise.all([pidOf(running, 'assistant'), pidOf(running, 'speech')]);
  await freezeProcess(running, 'assistant');
  await freezeProcess(running, 'speech');
  await running.app.close();
  for (const pid of pids) expect(await isRunning(pid), `process ${pid} runs`).toBe(false);
});

test('the assistant is killed: its turn is given up and said so, and the next prompt works', async () => {
  await window.type(TEXT);
  await window.send();
  await window.waitFor('speaking');
  const before = await pidOf(running, 'assistant');
  const endAnswers = await watchAnswers(running);
  await killProcess(running, 'assistant');
  await window.waitFor(['failed', 'incomplete']);
  expect(await window.error()).toMatch(/assistant stopped unexpectedly/i);
  expect(await window.answer()).toContain('Seven ships sailed south.');
  await expect.poll(async () => pidOf(running, 'assistant').catch(() => before)).not.toBe(before);
  await endAnswers();
  await expectSpeaksNext();
});

test('the assistant hangs: it is ended and started again, what was shown stays, and the next prompt works', async () => {
  await window.type(TEXT);
  await window.send();
  await window.waitFor('speaking');
  const endAnswers = await watchAnswers(running);
  await freezeProcess(running, 'assistant');
  await expect(window.page.getByTestId('error').last()).toContainText(
    /assistant stopped unexpectedly: it did not answer/i,
    {
      timeout: 60_000,
    },
  );
  await endAnswers();
  expect(await window.answer()).toContain('Seven ships sailed south.');
  await expectSpeaksNext();
});

test('the built-in model hangs while it writes: it is ended, what it wrote stays, and it answers the next prompt', async () => {
  await window.pickProvider('built-in');
  await window.type('Tell me a long story about a lighthouse.');
  await window.send();
  await expect.poll(() => window.answer(), { timeout: 60_000 }).toMatch(/\w+ \w+/);
  const hung = await pidOf(running, 'llm');
  const endAnswers = await watchAnswers(running);
  await freezeProcess(running, 'llm');
  await window.waitFor(['incomplete', 'failed', 'complete'], 120_000);
  await endAnswers();
  expect(await window.answer()).toMatch(/\w+ \w+/);
  await window.type('Say a short word.');
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await expect.poll(() => window.answer(), { timeout: 60_000 }).toMatch(/\w+/);
  expect(await pidOf(running, 'llm')).not.toBe(hung);
});

test('the machine sleeps for 30 s in the middle of an answer: nothing is taken for a hang, and all of it is heard once', async () => {
  const pids = async (): Promise<number[]> =>
    Promise.all((['assistant', 'speech', 'page'] as const).map((name) => pidOf(running, name)));
  const before = await pids();
  const heard = await speakThrough(() => sleepAll(running, 30_000), true);
  expect(await pids()).toEqual(before);
  const sentences = await speakReference(TEXT, 'af_heart');
  // The sentence in hand has the sleep in its middle; each other one is whole, in order, and once.
  let from = 0;
  let whole = 0;
  for (const { pcm } of sentences) {
    const match = findSound(heard.subarray(from), pcm);
    if (match.correlation < 0.9) continue;
    whole++;
    const rest = heard.subarray(from + match.offset + pcm.length);
    expect(findSound(rest, pcm).correlation).toBeLessThan(0.6);
    from += match.offset + pcm.length / 2;
  }
  expect(whole).toBeGreaterThanOrEqual(sentences.length - 1);
  await expectSpeaksNext();
});

test('the built-in model is killed while it writes: what it wrote stays, and the next prompt works', async () => {
  await window.pickProvider('built-in');
  await window.type('Tell me a long story about a lighthouse.');
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await expect.poll(() => window.answer(), { timeout: 60_000 }).toMatch(/\w+ \w+/);
  const endAnswers = await watchAnswers(running);
  await killProcess(running, 'llm');
  await window.waitFor(['incomplete', 'failed', 'complete']);
  // The turn is over at once; the process is started again while the window is watched.
  await running.page.waitForTimeout(2_000);
  await endAnswers();
  expect(await window.answer()).toMatch(/\w+ \w+/);
  await expectSpeaksNext();
});

test('the page is killed: the window comes back and speaks', async () => {
  const loadedAgain = running.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((done) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('did-finish-load', () => done());
      }),
  );
  await killProcess(running, 'page');
  await loadedAgain;
  const state = (): Promise<unknown> =>
    running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `document.querySelector('[data-testid="status"]')?.dataset.state`,
      ),
    );
  await expect.poll(state, { timeout: 60_000 }).toBe('ready');
});

test('a process that ends again and again is not started for ever: "Start again" starts it', async () => {
  await running.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
  const endAnswers = await watchAnswers(running);
  for (let kill = 0; kill < 4; kill++) {
    await expect.poll(() => pidOf(running, 'speech').catch(() => 0), { timeout: 30_000 }).toBeGreaterThan(0);
    await window.waitFor('ready');
    await killProcess(running, 'speech');
    await window.waitFor(['starting', 'failed']);
  }
  await window.waitFor('ready');
  await endAnswers();
  await expectSpeaksNext();
});

test('the sound device is taken away while it speaks: the answer waits, and goes on by itself when it is back', async () => {
  await window.type(TEXT);
  await window.send();
  await window.waitFor('speaking');
  await running.page.waitForTimeout(2_000);
  const endAnswers = await watchAnswers(running);
  await running.card.unplug();
  await expect(running.page.getByText('There is no output device.')).toBeVisible();
  const play = running.page.getByTestId('play-pause');
  await expect(play).toHaveAccessibleName('Play (Space)');
  // Pressing Play without a device changes nothing: it still goes on by itself.
  await play.click();
  await expect(play).toHaveAccessibleName('Play (Space)');
  await running.page.waitForTimeout(1_500);
  await running.card.plugIn();
  const recording = await running.card.record();
  await window.waitFor('complete');
  await endAnswers();
  const heard = await recording.stop();
  const sentences = await speakReference(TEXT, 'af_heart');
  // The sentence in which it was taken away is heard from where it was; those after it are whole, in order and once.
  const last = sentences.slice(-4);
  expectHeard(heard, last);
  await expectSpeaksNext();
});

test('a second start while it speaks takes nothing from the first: not its sound, its settings or its conversations', async () => {
  const userData = await running.app.evaluate(({ app }) => app.getPath('userData'));
  const heard = await speakThrough(() => running.startAgain());
  expectHeard(heard, await speakReference(TEXT, 'af_heart'));
  await running.page.getByRole('button', { name: 'Mute' }).click();
  await expect(running.page.getByRole('button', { name: 'Sound on' })).toBeVisible();
  await expect.poll(() => readFile(join(userData, 'settings.json'), 'utf8')).toContain('"muted": true');
  expect((await readdir(userData)).filter((name) => name.includes('.damaged-'))).toEqual([]);
  await running.startAgain();
  await expect(running.page.getByTestId('answer')).toContainText('came home');
  await expect(running.page.getByRole('alert')).toHaveCount(0);
});

test('a window that is busy does not make the voice stutter', async () => {
  const heard = await speakThrough(async () => {
    await running.page.evaluate(() => {
      setInterval(() => {
        const until = performance.now() + 200;
        while (performance.now() < until);
      }, 1_000);
    });
  }, true);
  expectHeard(heard, await speakReference(TEXT, 'af_heart'));
});

test('an answer of 200,000 characters that is written at once: speech starts, memory is bounded, a stop ends it', async () => {
  const server = new FakeOpenAiServer();
  await server.listen();
  const sentence = 'The lighthouse keeper counted the ships again. ';
  const texts = Array.from({ length: Math.ceil(200_000 / sentence.length) }, () => sentence);
  server.answers = [answer(...texts)];
  try {
    await window.pickProvider('custom');
    await window.page.getByTestId('base-url').fill(server.baseUrl);
    await window.page.getByTestId('base-url').blur();
    await window.type('Go on for ever.');
    await window.send();
    await window.waitFor('speaking');
    const firstSoundMs = await window.figure('first-sound-ms');
    const endAnswers = await watchAnswers(running);
    await running.page.waitForTimeout(5_000);
    await endAnswers();
    console.log(`first sound after ${firstSoundMs} ms`);
    const kilobytes = await running.app.evaluate((electron) =>
      electron.app
        .getAppMetrics()
        .map(({ name = 'page', type, memory }) => ({ name, type, kb: memory.workingSetSize })),
    );
    console.log(
      kilobytes.map(({ name, type, kb }) => `${type} ${name}: ${Math.round(kb / 1024)} MB`).join('; '),
    );
    const assistant = kilobytes.find(({ name }) => name === 'Aloud assistant');
    expect(assistant?.kb).toBeLessThan(300 * 1024);
    await running.page.keyboard.press('Escape');
    await window.waitFor('stopped');
  } finally {
    await server.close();
  }
});
