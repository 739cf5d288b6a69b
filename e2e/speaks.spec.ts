import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference } from './reference-speech.ts';
import { endOfSound, findSound, firstSound, rms } from './sound/analysis.ts';
import { RECORDING_RATE } from './sound/pulse.ts';
import { AloudWindow } from './window.ts';

/** Louder than this is sound; the null sink itself is digital silence. */
const AUDIBLE = 60;

let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
});
test.afterEach(async () => {
  await running.close();
});

test('the built-in model answers the default prompt and every sentence of it is heard, whole and in order', async () => {
  test.setTimeout(600_000);
  const recording = await running.card.record();
  const sentAt = await window.send();
  await window.waitFor('complete', 500_000);
  const firstChunkMs = await window.figure('first-chunk-ms');
  const firstSoundMs = await window.figure('first-sound-ms');
  expect(await window.figure('chunk-count')).toBeGreaterThan(0);
  const heard = await recording.stop();
  const heardFirst = recording.timeOf(firstSound(heard, AUDIBLE)) - sentAt;
  const gaps = await window.figure('underruns');
  console.log(
    `first chunk ${firstChunkMs} ms, first sound ${firstSoundMs} ms, recorded ${Math.round(heardFirst)} ms, ${gaps} gaps`,
  );
  expect(firstChunkMs).toBeGreaterThan(0);
  expect(firstSoundMs).toBeGreaterThanOrEqual(firstChunkMs);
  // The figure on screen is the ear's: it agrees with the recording but for the sink's own buffer.
  expect(Math.abs(heardFirst - firstSoundMs)).toBeLessThan(300);

  const sentences = await speakReference(await window.answer(), 'af_heart');
  expect(sentences.length).toBeGreaterThan(0);
  expectHeard(heard, sentences);
});

test('Escape gives silence at once, and the next prompt is spoken', async () => {
  await window.pickProvider('read-aloud');
  await window.type(
    'The harbour was quiet that morning. Boats lay on the sand, and nobody had come down to them yet. ' +
      'A dog trotted along the water line. Far out, a bell rang twice and was still.',
  );
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('speaking');
  await running.page.waitForTimeout(1_500);
  const stoppedAt = Date.now();
  await running.page.keyboard.press('Escape');
  await window.waitFor('stopped');
  await running.page.waitForTimeout(1_500);
  const soFar = recording.samples();
  const silentAfterMs = recording.timeOf(endOfSound(soFar, AUDIBLE)) - stoppedAt;
  console.log(`silent ${Math.round(silentAfterMs)} ms after Escape`);
  expect(rms(soFar, recording.sampleAt(stoppedAt - 1_000), RECORDING_RATE)).toBeGreaterThan(AUDIBLE);
  // 10 ms of ramp and 50 ms of grace, and what the sound server had taken already.
  expect(silentAfterMs).toBeLessThan(300);

  const next = 'This is the second prompt.';
  await window.type(next);
  await window.send();
  await window.waitFor('complete');
  const heard = (await recording.stop()).subarray(soFar.length);
  expectHeard(heard, await speakReference(next, 'af_heart'));
});

test('the voice is the one picked', async () => {
  const text = 'Seven ships sailed south.';
  await window.pickProvider('read-aloud');
  const heardWith: Record<string, Int16Array> = {};
  for (const voice of ['af_heart', 'bm_george']) {
    await window.pickVoice(voice);
    await window.type(text);
    const recording = await running.card.record();
    await window.send();
    await window.waitFor(['streaming', 'speaking']);
    await window.waitFor('complete');
    heardWith[voice] = await recording.stop();
  }
  for (const voice of ['af_heart', 'bm_george']) {
    const other = voice === 'af_heart' ? 'bm_george' : 'af_heart';
    const [reference] = await speakReference(text, voice);
    if (!reference) throw new Error('The command line said nothing.');
    expectHeard(heardWith[voice] ?? new Int16Array(), [reference]);
    expect(findSound(heardWith[other] ?? new Int16Array(), reference.pcm).correlation).toBeLessThan(0.5);
  }
});
