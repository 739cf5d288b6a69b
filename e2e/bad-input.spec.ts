/** What a person can do wrong, or find broken: each is one clear sentence in the window, and the next prompt works. */
import { expect, test } from '@playwright/test';
import { cp, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, type AppOptions, type RunningApp } from './app.ts';
import { installedModel } from './installed-models.ts';
import { AloudWindow } from './window.ts';

let running: RunningApp | undefined;
let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-bad-'));
});
test.afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(options: AppOptions = {}): Promise<AloudWindow> {
  running = await launchApp(options);
  return new AloudWindow(running.page);
}

/** The window still works: a text is read aloud to its end. */
async function expectSpeaks(window: AloudWindow): Promise<void> {
  await window.pickProvider('read-aloud');
  await window.type('All is well again.');
  await window.send();
  await window.waitFor('complete');
}

test('an empty prompt, a missing key, an unknown host and a server without an address are said, and the conversation stays', async () => {
  const window = await open();
  await window.waitFor('ready');
  await expectSpeaks(window);

  await window.type('   ');
  await window.send();
  expect(await window.error()).toMatch(/prompt/i);

  await window.type('Hello?');
  await window.pickProvider('openrouter');
  await window.send();
  await expect(window.page.getByTestId('error').last()).toContainText('key');

  await window.pickProvider('custom');
  await window.send();
  await expect(window.page.getByTestId('error').last()).toContainText(/address|base URL/i);

  await window.page.getByTestId('base-url').fill('http://no-such-host.invalid/v1');
  await window.page.getByTestId('base-url').blur();
  await window.send();
  await window.waitFor('failed', 60_000);
  await expect(window.page.getByTestId('error').last()).toContainText('no-such-host.invalid');

  await expect(window.page.getByText('All is well again.').first()).toBeVisible();
  await expectSpeaks(window);
});

test('a prompt of 100,000 characters is too long for the built-in model, and that is said', async () => {
  const window = await open();
  await window.waitFor('ready');
  await window.type('word '.repeat(20_000));
  await window.send();
  await window.waitFor('failed', 60_000);
  await expect(window.page.getByTestId('error').last()).toContainText(/too long/i);
  await expectSpeaks(window);
});

test('files that are no voices are listed as unusable with the reason, and the others speak', async () => {
  await writeFile(join(folder, 'short.bin'), Buffer.alloc(1_000));
  await writeFile(join(folder, 'words.bin'), 'This is a text.');
  const notNumbers = Buffer.alloc(510 * 256 * 4);
  notNumbers.writeFloatLE(Number.NaN, 4_000);
  await writeFile(join(folder, 'nan.bin'), notNumbers);
  const window = await open({ env: { ALOUD_VOICES_DIR: folder } });
  await window.waitFor('ready');
  for (const id of ['short', 'words', 'nan']) {
    const option = window.page.getByTestId('voice').locator(`option[value="${id}"]`);
    await expect(option).toBeDisabled();
  }
  await expectSpeaks(window);
});

test('a missing voice model is said with the command that installs it', async () => {
  const window = await open({ env: { ALOUD_MODELS_DIR: folder } });
  await window.waitFor('failed');
  expect(await window.error()).toMatch(/models install kokoro-82m-int8/);
});

test('a damaged voice model is said, and the window stays', async () => {
  const { id, path, name } = await installedModel('kokoro-82m-int8');
  await mkdir(join(folder, id));
  await cp(path, join(folder, id, name));
  await truncate(join(folder, id, name), 1_000_000);
  const window = await open({ env: { ALOUD_MODELS_DIR: folder } });
  await window.waitFor('failed');
  expect(await window.error()).toMatch(/damaged|incomplete/i);
});

test('a missing built-in language model is said, and reading aloud works', async () => {
  const { id, path, name } = await installedModel('kokoro-82m-int8');
  await mkdir(join(folder, id));
  await symlink(path, join(folder, id, name));
  const window = await open({ env: { ALOUD_MODELS_DIR: folder } });
  await window.waitFor('ready');
  await window.send();
  await expect(window.page.getByTestId('error').last()).toContainText('models install smollm2-135m-instruct');
  await expectSpeaks(window);
});

test('a machine without a sound device is told so when it should speak', async () => {
  const window = await open({ soundless: true });
  await window.waitFor('ready');
  await window.pickProvider('read-aloud');
  await window.type('Can you hear me?');
  await window.send();
  await expect(window.page.getByTestId('error').last()).toContainText(/sound|audio/i);
});

test('a damaged settings file is set aside, and that is said', async () => {
  await writeFile(join(folder, 'settings.json'), '{"speed": ');
  const window = await open({ userData: folder });
  await expect(window.page.getByTestId('error').last()).toContainText(/settings/i);
  await window.waitFor('ready');
  await expectSpeaks(window);
});
