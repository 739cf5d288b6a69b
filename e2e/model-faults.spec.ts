/** Harm done to the files of the models while Aloud speaks: the answer is heard, what is wrong is said, and nothing crashes. */
import { expect, test } from '@playwright/test';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { preparedFolder, surroundings } from '../src/library/paths.ts';
import { watchAnswers } from './answering-window.ts';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { installedModel } from './installed-models.ts';
import { killProcess } from './processes.ts';
import { speakReference } from './reference-speech.ts';
import { AloudWindow } from './window.ts';

const VOICE = 'kokoro-82m-int8';
const LLM = 'smollm2-135m-instruct';

const TEXT =
  'Seven ships sailed south. The harbour was quiet that morning. Boats lay on the sand. ' +
  'A dog trotted along the water line. Far out, a bell rang twice. Children ran down to the shore with their buckets. ' +
  'An old man mended his nets in the sun. Towards noon the wind came up from the west.';

let folder: string;
let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  test.setTimeout(300_000);
  folder = await mkdtemp(join(tmpdir(), 'aloud-harmed-'));
  for (const id of [VOICE, LLM]) {
    const from = dirname((await installedModel(id)).path);
    await mkdir(join(folder, id));
    for (const name of await readdir(from)) await cp(join(from, name), join(folder, id, name));
    const prepared = preparedFolder(from, surroundings());
    if (id === VOICE && prepared !== from)
      for (const name of await readdir(prepared)) await cp(join(prepared, name), join(folder, id, name));
  }
  running = await launchApp({ env: { ALOUD_MODELS_DIR: folder } });
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
});
test.afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

/** Does something to each large file of a model. */
async function harm(id: string, to: (path: string) => Promise<void>): Promise<void> {
  for (const name of await readdir(join(folder, id)))
    if (/\.(onnx|gguf)$/.test(name)) await to(join(folder, id, name));
}

const HARMS: Readonly<Record<string, (path: string) => Promise<void>>> = {
  deleted: (path) => rm(path),
  truncated: async (path) => truncate(path, Math.floor((await stat(path)).size / 2)),
  swapped: async (path) => {
    await writeFile(`${path}.other`, 'Another file altogether.');
    await rename(`${path}.other`, path);
  },
};

async function expectSpeaks(text: string): Promise<void> {
  await window.pickProvider('read-aloud');
  await window.type(text);
  const recording = await running.card.record();
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  expectHeard(await recording.stop(), await speakReference(text, 'af_heart'));
}

for (const [what, doHarm] of Object.entries(HARMS)) {
  test(`the files of the voice model are ${what} while it speaks: the answer and the next one are heard, and a new start says what is wrong`, async () => {
    await window.pickProvider('read-aloud');
    await window.type(TEXT);
    const recording = await running.card.record();
    await window.send();
    await window.waitFor('speaking');
    const endAnswers = await watchAnswers(running);
    await harm(VOICE, doHarm);
    await window.waitFor('complete');
    await endAnswers();
    expectHeard(await recording.stop(), await speakReference(TEXT, 'af_heart'));
    await expectSpeaks('All is well again.');

    await killProcess(running, 'speech');
    await window.waitFor('failed', 120_000);
    const said = running.page.getByRole('contentinfo').getByText('voice model');
    await expect(said.first()).toContainText(/not installed|damaged|incomplete/);
  });

  test(`the file of the built-in model is ${what} while it writes: what was said stays, what is wrong is said, and reading aloud works`, async () => {
    await window.send();
    await window.waitFor('speaking');
    const endAnswers = await watchAnswers(running);
    await harm(LLM, doHarm);
    await running.page.waitForTimeout(3_000);
    await endAnswers();
    await running.page.keyboard.press('Escape');
    await window.waitFor(['stopped', 'incomplete', 'complete']);
    expect((await window.answer()).length).toBeGreaterThan(20);

    await window.type('And what then?');
    await window.send();
    await window.waitFor(['failed', 'incomplete']);
    expect(await window.error()).toMatch(/model/i);
    await expectSpeaks('All is well again.');
  });
}
