/** Voice and built-in model leave memory when nobody uses them for as long as is set, and are back when a prompt is typed. */
import { expect, test } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { hasProcess, pidOf, type ProcessName } from './processes.ts';
import { speakReference } from './reference-speech.ts';
import { AloudWindow } from './window.ts';

/** As short a time as a settings file may name, for the test's sake: 9 s. */
const KEEP_LOADED_MINUTES = 0.15;

const RESTING_PROCESSES = ['speech', 'llm'] as const satisfies readonly ProcessName[];

let userData: string;
let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  userData = await mkdtemp(join(tmpdir(), 'aloud-rest-'));
  await writeFile(
    join(userData, 'settings.json'),
    JSON.stringify({ keepLoadedMinutes: KEEP_LOADED_MINUTES }),
  );
  running = await launchApp({ userData });
  window = new AloudWindow(running.page);
});
test.afterEach(async () => {
  await running.close();
  await rm(userData, { recursive: true, force: true });
});

/** Memory that a process holds for itself, MB. */
async function memoryMb(name: ProcessName): Promise<number> {
  const status = await readFile(`/proc/${await pidOf(running, name)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Whether both processes are gone, or both are there. */
async function expectBoth(there: boolean): Promise<void> {
  for (const name of RESTING_PROCESSES)
    await expect.poll(() => hasProcess(running, name), { timeout: 60_000 }).toBe(there);
}

test('voice and model rest, their memory is free, and typing a prompt loads them before it is sent', async () => {
  await window.waitFor('ready');
  await expectBoth(true);
  const held = await Promise.all(RESTING_PROCESSES.map(memoryMb));
  console.log(`speech and model held ${held.map(Math.round).join(' and ')} MB`);
  await window.waitFor('resting');
  await expect(running.page.getByTestId('status')).toContainText('loads again with your next prompt');
  await expectBoth(false);

  const prompt = 'Back again after a rest.';
  await window.pickProvider('read-aloud');
  await window.type(prompt);
  await window.waitFor('ready');
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('complete');
  expectHeard(await recording.stop(), await speakReference(prompt, 'af_heart'));
});

test('a prompt that is sent while all rests is answered, and an answer before it is heard again', async () => {
  await window.pickProvider('read-aloud');
  const prompt = 'Nobody typed anything before this.';
  await window.type(prompt);
  await window.waitFor('resting');
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('complete');
  const sentences = await speakReference(prompt, 'af_heart');
  expectHeard(await recording.stop(), sentences);

  await window.waitFor('resting');
  const again = await running.card.record();
  await running.page.getByRole('button', { name: 'Play again' }).last().click();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  expectHeard(await again.stop(), sentences);
});
