/** Disks that are full or read-only under the running app, and a voice whose file goes while it speaks. */
import { expect, test, type Locator } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canMountTinyDisk, mountTinyDisk, type TinyDisk } from '../src/common/testing/tiny-disk.ts';
import { watchAnswers } from './answering-window.ts';
import { launchApp, ROOT, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference } from './reference-speech.ts';
import { AloudWindow } from './window.ts';

const TEXT =
  'Seven ships sailed south. The harbour was quiet that morning. Boats lay on the sand. ' +
  'A dog trotted along the water line. Far out, a bell rang twice.';
const NEXT = 'All is well again.';

/** Room for what Chromium keeps in a profile. */
const DISK_KILOBYTES = 120_000;

let running: RunningApp;
let window: AloudWindow;

async function open(userData: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  running = await launchApp({ userData, keepUserData: true, env });
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await window.pickProvider('read-aloud');
}

/** Reads the text aloud, does the harm in the middle of it, and shows that all of it is heard and the window answers. */
async function expectHeardThrough(text: string, voice: string, harm: () => Promise<void>): Promise<void> {
  await window.type(text);
  const recording = await running.card.record();
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('speaking');
  const endAnswers = await watchAnswers(running);
  await harm();
  await window.waitFor('complete');
  await endAnswers();
  expectHeard(await recording.stop(), await speakReference(text, voice));
}

const harmless = async (): Promise<void> => undefined;

const conversation = (begin: string): Locator =>
  running.page.getByTestId('conversations').getByRole('button', { name: new RegExp(`^${begin}`) });

test.describe('the disk of settings and conversations', () => {
  test.skip(!canMountTinyDisk(), 'Only root can mount a disk.');
  let disk: TinyDisk;
  test.beforeEach(() => {
    test.setTimeout(300_000);
    disk = mountTinyDisk(DISK_KILOBYTES);
  });
  test.afterEach(async () => {
    await running.close();
    disk.close();
  });

  test('fills up while Aloud speaks: all is heard, it is said, and what was said meanwhile is kept once there is room', async () => {
    const userData = join(disk.folder, 'user');
    await open(userData);
    await expectHeardThrough(TEXT, 'af_heart', async () => disk.fill());
    await expect(running.page.getByText('Your conversations cannot be saved now')).toBeVisible();
    await running.page.getByRole('button', { name: 'Mute' }).click();
    await expect(running.page.getByText('The settings could not be saved.')).toBeVisible();
    await running.page.getByRole('button', { name: 'Sound on' }).click();
    await running.page.getByTestId('new-conversation').click();
    await expectHeardThrough(NEXT, 'af_heart', harmless);
    disk.makeRoom();
    await running.close();

    await open(userData);
    await conversation('Seven ships').click();
    expect(await window.answer()).toBe(TEXT);
    await conversation(NEXT).click();
    expect(await window.answer()).toBe(NEXT);
    await expect(running.page.getByRole('alert')).toHaveCount(0);
  });

  test('lets neither be written: both are read, it is said, and what is said is heard', async () => {
    const userData = join(disk.folder, 'user');
    await open(userData);
    await expectHeardThrough(NEXT, 'af_heart', harmless);
    await running.page.getByTestId('speed').selectOption('1.25');
    const settings = join(userData, 'settings.json');
    await expect.poll(() => readFile(settings, 'utf8')).toContain('"speed": 1.25');
    await running.close();

    const files = [settings, join(userData, 'conversations.db')];
    for (const file of files) makeReadOnly(file);
    try {
      const before = await readFile(settings, 'utf8');
      await open(userData);
      await expect(running.page.getByText('Your conversations cannot be saved now')).toBeVisible();
      await expect(running.page.getByTestId('speed')).toHaveValue('1.25');
      await conversation(NEXT).click();
      expect(await window.answer()).toBe(NEXT);
      await running.page.getByTestId('speed').selectOption('1');
      await expect(running.page.getByText('The settings could not be saved.')).toBeVisible();
      await window.type('Is anyone there?');
      await window.send();
      await window.waitFor(['streaming', 'speaking']);
      await window.waitFor('complete');
      expect(await readFile(settings, 'utf8')).toBe(before);
      await running.close();
    } finally {
      for (const file of files) makeWritable(file);
    }
  });
});

/** The file as a mount of its own that takes no writes: root passes by permissions. */
function makeReadOnly(file: string): void {
  execFileSync('mount', ['--bind', file, file], { stdio: 'pipe' });
  execFileSync('mount', ['-o', 'remount,bind,ro', file], { stdio: 'pipe' });
}

function makeWritable(file: string): void {
  execFileSync('umount', ['-l', file], { stdio: 'pipe' });
}

test('the file of the voice goes, and comes back as another thing, while it speaks: all is heard in it, and another voice is chosen and heard', async () => {
  test.setTimeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'aloud-voice-goes-'));
  const voices = join(folder, 'voices');
  const file = join(voices, 'guest.bin');
  await mkdir(voices);
  await copyFile(join(ROOT, 'voices', 'am_puck.bin'), file);
  try {
    await open(join(folder, 'user'), { ALOUD_VOICES_DIR: voices });
    await window.pickVoice('guest');
    await expectHeardThrough(TEXT, 'am_puck', () => rm(file));
    await writeFile(file, 'no voice');
    await window.pickVoice('af_heart');
    await expectHeardThrough(NEXT, 'af_heart', harmless);
  } finally {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  }
});
