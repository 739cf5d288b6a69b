/** What a person does with the sound, judged by what is recorded: pause, going to a sentence, speed, replay, WAV. */
import { expect, test, type Locator } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference } from './reference-speech.ts';
import { endOfSound, findSound, rms } from './sound/analysis.ts';
import { RECORDING_RATE } from './sound/pulse.ts';
import { AloudWindow } from './window.ts';

const SENTENCES = [
  'The harbour was quiet that morning. ',
  'Boats lay on the sand in long and even rows. ',
  'A dog trotted along the water line. ',
  'Far out, a bell rang twice and was still.',
];
const TEXT = SENTENCES.join('');

/** Louder than this is sound. */
const AUDIBLE = 60;

let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await window.pickProvider('read-aloud');
  await window.type(TEXT);
});
test.afterEach(async () => {
  await running.close();
});

const button = (name: string): Locator => window.page.getByRole('button', { name });

/** The text that is marked as being heard; '' when none is. */
async function marked(kind: 'heard-sentence' | 'heard-word'): Promise<string> {
  return window.page.evaluate<string>(`[...(CSS.highlights.get('${kind}') ?? [])].join('')`);
}

/** The middle of a word of the answer, in the window's pixels. */
async function placeOf(word: string): Promise<{ x: number; y: number }> {
  return window.page.evaluate<{ x: number; y: number }>(`(() => {
    for (const { firstChild: node } of document.querySelectorAll('[data-o]')) {
      const at = node?.textContent.indexOf('${word}') ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + ${word.length});
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error('The word is not on the page.');
  })()`);
}

/** Waits until a sentence is marked. */
async function untilMarked(sentence: string): Promise<void> {
  await expect.poll(() => marked('heard-sentence'), { intervals: [30] }).toContain(sentence.trim());
}

test('Space pauses and goes on, and of every sentence all is heard', async () => {
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  await running.page.waitForTimeout(1_200);
  await running.page.locator('main').focus();
  await running.page.keyboard.press('Space');
  const pausedAt = Date.now();
  await running.page.waitForTimeout(2_000);
  const soFar = recording.samples();
  const silentAfterMs = recording.timeOf(endOfSound(soFar, AUDIBLE)) - pausedAt;
  expect(silentAfterMs).toBeLessThan(300);
  expect(rms(soFar, recording.sampleAt(pausedAt + 600), RECORDING_RATE)).toBeLessThan(AUDIBLE);
  await running.page.keyboard.press('Space');
  await window.waitFor('complete');
  const heard = await recording.stop();
  const [first, ...rest] = await speakReference(TEXT, 'af_heart');
  if (first === undefined) throw new Error('The command line said nothing.');
  // The pause lies inside the first sentences; those after it are whole.
  expectHeard(heard.subarray(soFar.length), rest.slice(1));
});

test('the mark follows the sentences in order, and a word of the sentence is marked', async () => {
  await window.send();
  for (const sentence of SENTENCES) {
    await untilMarked(sentence);
    // A sentence begins with a moment of silence, in which no word of it is heard yet.
    await expect.poll(() => marked('heard-word'), { intervals: [30] }).not.toBe('');
    expect(TEXT).toContain((await marked('heard-word')).trim());
  }
  await window.waitFor('complete');
  expect(await marked('heard-sentence')).toBe('');
});

test('a click on a sentence is heard from there', async () => {
  await window.send();
  await window.waitFor('speaking');
  await untilMarked(SENTENCES[0] ?? '');
  const recording = await running.card.record();
  const place = await placeOf('trotted');
  await running.page.mouse.click(place.x, place.y);
  await window.waitFor('complete');
  const heard = await recording.stop();
  const reference = await speakReference(TEXT, 'af_heart');
  expectHeard(heard, reference.slice(2));
  const skipped = reference[1];
  if (skipped === undefined) throw new Error('The command line said too little.');
  expect(findSound(heard, skipped.pcm).correlation).toBeLessThan(0.5);
});

test('the next sentence is heard at once, and the one before again', async () => {
  await window.send();
  await untilMarked(SENTENCES[0] ?? '');
  await button('Next sentence').click();
  await untilMarked(SENTENCES[1] ?? '');
  const recording = await running.card.record();
  await button('Previous sentence').click();
  await untilMarked(SENTENCES[0] ?? '');
  await window.waitFor('complete');
  expectHeard(await recording.stop(), await speakReference(TEXT, 'af_heart'));
});

test('another speed is heard from the next sentence on', async () => {
  const recording = await running.card.record();
  await window.send();
  await untilMarked(SENTENCES[0] ?? '');
  await running.page.getByTestId('speed').selectOption('1.5');
  await window.waitFor('complete');
  const heard = await recording.stop();
  const slow = await speakReference(TEXT, 'af_heart');
  const fast = await speakReference(TEXT, 'af_heart', {}, 1.5);
  const [first] = slow;
  const last = fast.at(-1);
  if (first === undefined || last === undefined) throw new Error('The command line said nothing.');
  expectHeard(heard, [first, ...fast.slice(1)]);
});

test('another output device is found while Aloud runs, takes the voice over, and gives it back when it is gone', async () => {
  const output = running.page.getByTestId('output');
  await expect(output).toBeHidden();
  await running.card.plugInOther();
  await expect(output).toBeVisible();
  const [onCard, onOther] = [await running.card.record(), await running.card.record('other')];
  await window.send();
  await window.waitFor('speaking');
  await output.selectOption({ label: 'Headset' });
  await expect(output).toHaveValue(/./);
  await window.waitFor('complete');
  const [card, other] = [await onCard.stop(), await onOther.stop()];
  const sentences = await speakReference(TEXT, 'af_heart');
  // Where it changed is heard on one, on the other or in parts on both; what comes after it only there.
  expectHeard(other, sentences.slice(-2));
  const last = sentences.at(-1);
  if (last === undefined) throw new Error('The command line said nothing.');
  expect(findSound(card, last.pcm).correlation).toBeLessThan(0.6);

  await window.type(TEXT);
  const back = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  await running.card.unplugOther();
  await expect(running.page.getByText('The output device is gone')).toBeVisible();
  await window.waitFor('complete');
  expectHeard(await back.stop(), sentences.slice(-2));
  await expect(output).toBeHidden();
});

test('the media keys of the keyboard pause, go on, go to the next sentence and stop', async () => {
  await window.send();
  await window.waitFor('speaking');
  const play = running.page.getByTestId('play-pause');
  await running.pressKeys('XF86AudioPlay');
  await expect(play).toHaveAccessibleName('Play (Space)');
  await running.pressKeys('XF86AudioPlay');
  await expect(play).toHaveAccessibleName('Pause (Space)');
  await expect.poll(() => marked('heard-sentence')).toBe(SENTENCES[0]?.trim());
  await running.pressKeys('XF86AudioNext');
  await expect.poll(() => marked('heard-sentence')).toBe(SENTENCES[1]?.trim());
  await running.pressKeys('XF86AudioPrev');
  await expect.poll(() => marked('heard-sentence')).toBe(SENTENCES[0]?.trim());
  await running.pressKeys('XF86AudioStop');
  await window.waitFor('stopped');
});

test('the voice waits while the computer sleeps, and goes on by itself with nothing lost', async () => {
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  await running.page.waitForTimeout(1_000);
  await running.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  const play = running.page.getByTestId('play-pause');
  await expect(play).toHaveAccessibleName('Play (Space)');
  await running.page.waitForTimeout(1_000);
  await running.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect(play).toHaveAccessibleName('Pause (Space)');
  await window.waitFor('complete');
  const heard = await recording.stop();
  // The sentence in which it waited is in two parts.
  expectHeard(heard, (await speakReference(TEXT, 'af_heart')).slice(1));
});

test('mute is silent and the turn goes on', async () => {
  await button('Mute').click();
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  await window.waitFor('complete');
  const heard = await recording.stop();
  expect(rms(heard, 0, heard.length)).toBeLessThan(AUDIBLE);
});

test('an answer is heard again, and its WAV file is what was heard', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aloud-wav-'));
  try {
    await window.send();
    await window.waitFor('speaking');
    await running.page.keyboard.press('Escape');
    await window.waitFor('stopped');
    const recording = await running.card.record();
    await button('Play again').click();
    await window.waitFor('speaking');
    await window.waitFor('stopped');
    expectHeard(await recording.stop(), await speakReference(TEXT, 'af_heart'));

    const path = join(folder, 'answer.wav');
    await running.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await button('Save as WAV').click();
    await expect(running.page.getByTestId('toast')).toContainText(path, { timeout: 60_000 });
    const bytes = await readFile(path);
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset + 44, (bytes.length - 44) >> 1);
    expectHeard(samples, await speakReference(TEXT, 'af_heart'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
