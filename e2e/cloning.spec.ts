/** Higgs Audio in the real app, with the small model of the fixtures: noise, but its own noise, through the whole path. */
import { expect, test } from '@playwright/test';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { launchApp, ROOT, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { installedModel } from './installed-models.ts';
import { speakReference } from './reference-speech.ts';
import { findSound } from './sound/analysis.ts';
import { AloudWindow } from './window.ts';

const FIXTURES = join(ROOT, 'src/speech/engines/higgs-audio/fixtures/tiny');
/** With this model and voice each sentence of it lasts half a second and more; random weights often end at once. */
const TEXT = 'The narrow window drifts at dawn, and the engine waits. The jolly harbour wanders in the rain.';
const CLONED = 'LJ001-0003';

let models: string;
let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  models = await mkdtemp(join(tmpdir(), 'aloud-models-'));
  for (const id of ['kokoro-82m-int8', 'smollm2-135m-instruct'])
    await symlink(dirname((await installedModel(id)).path), join(models, id));
  running = await launchApp({ env: { ALOUD_MODELS_DIR: models } });
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
});
test.afterEach(async () => {
  await running.close();
  await rm(models, { recursive: true });
});

/** Presses "Add a model folder" on the page of voices and answers the folder dialog as a person would. */
async function addModelFolder(path: string): Promise<void> {
  await running.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await running.page.getByTestId('add-model-folder').click();
}

/** Goes to the page of voices, or back. In a narrow window the sidebar must be shown first. */
async function pressVoices(): Promise<void> {
  const show = running.page.getByRole('button', { name: 'Show the sidebar' });
  if (await show.isVisible()) await show.click();
  await running.page.getByRole('button', { name: 'Voices', exact: true }).click();
}

test('a recording is cloned once a model folder was added, and its sound is that of the command line', async () => {
  test.setTimeout(180_000);
  const option = running.page.getByTestId('voice').locator(`option[value="${CLONED}"]`);
  await expect(option).toHaveAttribute('disabled', '');
  const { page } = running;
  await pressVoices();
  await addModelFolder(join(ROOT, 'src'));
  await expect(page.getByText('is no model folder: it has no model.json.').first()).toBeVisible();
  await addModelFolder(FIXTURES);
  await expect(page.locator('[data-model="tiny-random-higgs-v2"]')).toContainText('random weights');
  await pressVoices();
  await expect(option).not.toHaveAttribute('disabled', '');

  await window.pickProvider('read-aloud');
  await window.pickVoice(CLONED);
  await window.type(TEXT);
  const recording = await running.card.record();
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  const heard = await recording.stop();
  const cloned = await speakReference(TEXT, CLONED, { ALOUD_MODELS_DIR: models });
  expectHeard(heard, cloned);

  // Another reference makes another sound: the prompt with the recording is what is heard.
  const [, other] = await speakReference(TEXT, 'LJ001-0005', { ALOUD_MODELS_DIR: models });
  if (other === undefined) throw new Error('The command line said nothing.');
  // The same words share some of their noise (about half); what is heard itself correlates above 0.95.
  expect(findSound(heard, other.pcm).correlation).toBeLessThan(0.8);

  // Back to Kokoro: the engine changes with the voice.
  await window.pickVoice('af_heart');
  await window.type('Seven ships sailed south.');
  const next = await running.card.record();
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  expectHeard(await next.stop(), await speakReference('Seven ships sailed south.', 'af_heart'));
});
