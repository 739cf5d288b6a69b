/** Settings as a file: written without keys, read with care, by the dialogs of main. */
import { expect, test } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, type RunningApp } from './app.ts';
import { AloudWindow } from './window.ts';

let running: RunningApp;
let window: AloudWindow;
let folder: string;
let path: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-settings-'));
  path = join(folder, 'aloud-settings.json');
  running = await launchApp();
  window = new AloudWindow(running.page);
  // The system's own dialogs cannot be pressed from outside: the person's answer stands in for them.
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
});
test.afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

test('are exported without a key, and taken over again', async () => {
  const { page } = window;
  await window.pickProvider('openrouter');
  await page.getByTestId('api-key').fill('sk-or-secret');
  await page.getByTestId('api-key').press('Enter');
  await window.pickVoice('bf_emma');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Export…' }).click();
  await expect(page.getByTestId('toast')).toContainText(path);
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('sk-or-secret');
  expect(JSON.parse(text)).toMatchObject({ voice: 'bf_emma', provider: 'openrouter' });

  await writeFile(path, text.replace('"bf_emma"', '"bm_george"').replace('"system"', '"dark"'));
  await page.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByTestId('toast')).toContainText('taken over');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByTestId('voice')).toHaveValue('bm_george');
});

test('of a file that holds none are refused with the reason, and nothing changes', async () => {
  const { page } = window;
  await writeFile(path, '{"speed": 30}');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByTestId('error')).toContainText('speed');
  await expect(page.getByTestId('error')).toContainText('Nothing was changed');
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeChecked();
});

test('of a stranger cannot lead a key to another address', async () => {
  const { page } = window;
  await window.pickProvider('custom');
  await page.getByTestId('base-url').fill('http://127.0.0.1:9/v1');
  await page.getByTestId('api-key').fill('sk-custom');
  await page.getByTestId('api-key').press('Enter');
  await expect(page.getByTestId('api-key')).toHaveValue('');
  await writeFile(
    path,
    '{"provider":"custom","providers":{"custom":{"baseUrl":"https://collector.example/v1"}}}',
  );
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByTestId('toast')).toContainText('not the address of Custom server');
  await expect(page.getByTestId('base-url')).toHaveValue('http://127.0.0.1:9/v1');
});
