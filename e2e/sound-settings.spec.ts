/** Volume, pause and overlap of sentences as they are set and as they are recorded; the picture of the sound. */
import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference, type ReferenceSentence } from './reference-speech.ts';
import { findSound, rms } from './sound/analysis.ts';
import { RECORDING_RATE } from './sound/pulse.ts';
import { AloudWindow } from './window.ts';

const TEXT =
  'The harbour was quiet that morning. Boats lay on the sand in long and even rows. A dog trotted along the water line.';

let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await window.pickProvider('read-aloud');
});
test.afterEach(async () => {
  await running.close();
});

/** Reads {@link TEXT} aloud and gives what is recorded of it; `meanwhile` is done once the voice has begun. */
async function speak(meanwhile: () => Promise<void> = async () => undefined): Promise<Int16Array> {
  await window.type(TEXT);
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  await meanwhile();
  await window.waitFor('complete');
  return recording.stop();
}

/**
 * Pauses the player in the first sentence until the others lie ready: how fast this machine's voice is has no part in what is
 * heard after that.
 */
async function untilAllIsReady(): Promise<void> {
  await running.page.locator('main').focus();
  await running.page.keyboard.press('Space');
  await running.page.waitForTimeout(8_000);
  await running.page.keyboard.press('Space');
}

/** How loud a sentence is in the recording, as a factor of the sound that was made. */
function loudness(heard: Int16Array, { pcm }: ReferenceSentence): number {
  const { offset } = findSound(heard, pcm);
  return rms(heard, offset, pcm.length) / rms(pcm, 0, pcm.length);
}

/** Time from the end of the second sentence to the beginning of the third, ms; below 0 where both are heard at once. */
function pauseMs(heard: Int16Array, [, second, third]: readonly ReferenceSentence[]): number {
  if (second === undefined || third === undefined) throw new Error('The command line said too little.');
  const begin = findSound(heard, second.pcm).offset;
  const samples = findSound(heard, third.pcm).offset - (begin + second.pcm.length);
  return (samples / RECORDING_RATE) * 1_000;
}

test('half the volume is a quarter of the amplitude, and the whole of it is the sound as it was made', async () => {
  const reference = await speakReference(TEXT, 'af_heart');
  const slider = running.page.getByRole('slider', { name: 'Volume' });
  await slider.press('End');
  const loud = await speak();
  expectHeard(loud, reference);
  await slider.press('Home');
  for (let i = 0; i < 5; i++) await slider.press('PageUp');
  await expect(slider).toHaveAttribute('aria-valuenow', '50');
  const quiet = await speak();
  for (const sentence of reference) {
    expect(loudness(loud, sentence)).toBeCloseTo(1, 1);
    expect(loudness(quiet, sentence)).toBeCloseTo(0.25, 1);
  }
});

test('the pause and the overlap of sentences are those that are set', async () => {
  const { page } = running;
  const reference = await speakReference(TEXT, 'af_heart');
  const set = async (label: string, value: number): Promise<void> => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('slider', { name: label }).fill(String(value));
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
  };
  const usual = pauseMs(await speak(untilAllIsReady), reference);
  await set('Pause between sentences', 800);
  const long = pauseMs(await speak(untilAllIsReady), reference);
  await set('Overlap of sentences', 60);
  const overlap = pauseMs(await speak(untilAllIsReady), reference);
  console.log(`pauses of ${usual.toFixed(1)}, ${long.toFixed(1)} and ${overlap.toFixed(1)} ms`);
  expect(Math.abs(usual - 150)).toBeLessThan(60);
  expect(Math.abs(long - 800)).toBeLessThan(60);
  expect(Math.abs(overlap + 60)).toBeLessThan(60);
});

/** How often the picture of the sound changes in a second, in frames; asked of the page itself. */
function changesInASecond(): Promise<{ frames: number; changes: number }> {
  return running.page.evaluate<{ frames: number; changes: number }>(`(async () => {
    const canvas = document.querySelector('[data-testid="visualizer"]');
    let before;
    let frames = 0;
    let changes = 0;
    for (const end = performance.now() + 1_000; performance.now() < end; frames++) {
      await new Promise(requestAnimationFrame);
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      for (let i = 3; i < data.length; i += 4) sum = (sum * 31 + data[i]) | 0;
      if (before !== undefined && sum !== before) changes++;
      before = sum;
    }
    return { frames, changes };
  })()`);
}

test('the picture of the sound moves with every frame while there is sound, stands still in silence, and is calm on request', async () => {
  const { page } = running;
  expect((await changesInASecond()).changes).toBe(0);
  await window.type(TEXT);
  await window.send();
  await window.waitFor('speaking');
  const { frames, changes } = await changesInASecond();
  console.log(`${changes} changes in ${frames} frames`);
  // Twenty frames a second at least, drawn by the processor of a shared machine; nearly all show something new.
  expect(frames).toBeGreaterThan(20);
  expect(changes).toBeGreaterThan(frames * 0.8);
  await window.waitFor('complete');
  await expect.poll(async () => (await changesInASecond()).changes).toBe(0);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await window.type(TEXT);
  await window.send();
  await window.waitFor('speaking');
  const calm = await changesInASecond();
  expect(calm.changes).toBeGreaterThan(0);
  expect(calm.changes).toBeLessThanOrEqual(3);
});
