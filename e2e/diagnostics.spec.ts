/** The Diagnostics page as a person meets it: every check with its result, and a damaged file found with what to do. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { copyFile, mkdir, mkdtemp, open, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { launchApp, type RunningApp } from './app.ts';
import { installedModel } from './installed-models.ts';
import { AloudWindow } from './window.ts';

const CHECKS = [
  'runtime versions',
  'processor',
  'execution provider',
  'model catalog',
  'model kokoro-82m-int8',
  'model smollm2-135m-instruct',
  'prepared voice',
  'voice variant',
  'voices',
  'sound output',
  'disk space',
  'settings file',
  'conversations file',
  'provider',
];

let running: RunningApp | undefined;

test.afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function openDiagnostics(env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  running = await launchApp({ env });
  await new AloudWindow(running.page).waitFor(['ready', 'failed']);
  await running.page.getByRole('button', { name: 'Diagnostics', exact: true }).click();
  await expect(running.page.getByTestId('diagnosis')).toHaveText(/^\d+ checks, /);
  return running;
}

test('every check is shown with its result, in both themes without a finding of axe', async () => {
  const { app, page } = await openDiagnostics();
  for (const id of CHECKS) await expect(page.locator(`[data-check="${id}"]`)).toBeVisible();
  for (const id of CHECKS)
    if (id !== 'processor' && id !== 'provider')
      await expect(page.locator(`[data-check="${id}"]`)).toHaveAttribute('data-state', 'ok');
  await expect(page.locator('[data-check="runtime versions"]')).toContainText(
    /Electron \d+.*ONNX Runtime \d/,
  );
  await expect(page.locator('[data-check="execution provider"]')).toContainText(/Kokoro \S+ runs on cpu/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await page.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const report = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toMatch(/^\[ok\] Prepared voice: Ready in /m);
  expect(report).not.toContain(homedir());
  expect(report).not.toContain(`/${userInfo().username}/`);
});

test('a server is asked only when the person asks for that', async () => {
  const { page } = await openDiagnostics();
  await expect(page.locator('[data-check="provider"]')).toContainText('Not asked');
  await page.getByRole('button', { name: 'Diagnostics', exact: true }).click();
  await new AloudWindow(page).pickProvider('ollama');
  await page.getByRole('button', { name: 'Diagnostics', exact: true }).click();
  await page.getByRole('button', { name: 'Ask the provider' }).click();
  await expect(page.getByTestId('diagnosis')).toHaveText(/1 of them need/);
  await expect(page.locator('[data-check="provider"]')).toHaveAttribute('data-state', 'failed');
  await expect(page.locator('[data-check="provider"]')).toContainText('11434');
});

test('one wrong byte in a model file is found, and the remedy installs it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aloud-damaged-'));
  try {
    const voice = await installedModel('kokoro-82m-int8');
    const model = await installedModel('smollm2-135m-instruct');
    await symlink(dirname(voice.path), join(folder, voice.id));
    await mkdir(join(folder, model.id));
    const damaged = join(folder, model.id, model.name);
    await copyFile(model.path, damaged);
    const file = await open(damaged, 'r+');
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: 50_000_000 });
    await file.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, 50_000_000);
    await file.close();
    const { page } = await openDiagnostics({ ALOUD_MODELS_DIR: folder });
    const check = page.locator(`[data-check="model ${model.id}"]`);
    await expect(check).toHaveAttribute('data-state', 'failed');
    await expect(check).toContainText(`${model.name} has another content than was published`);
    await expect(check).toContainText(`aloud models install ${model.id}`);
    await expect(page.getByTestId('diagnosis')).toHaveText(/1 of them need/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
