/** The models page, as a person uses it: install, pause, go on, cancel, update, remove, with a server on this machine. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator } from '@playwright/test';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogModel } from '../src/library/catalog.ts';
import { bytesOf, fileOf, modelOf } from '../src/library/testing/catalog-entry.ts';
import type { Fault } from '../src/library/testing/model-server.ts';
import { launchApp, type RunningApp } from './app.ts';
import { installedModel } from './installed-models.ts';
import { openLocalCatalog, type LocalCatalog } from './local-catalog.ts';
import { AloudWindow } from './window.ts';

const CONTENT = bytesOf(6_000_000);
const LABEL = 'Small test model';

let catalog: LocalCatalog;
let running: RunningApp | undefined;

test.beforeEach(async () => {
  catalog = await openLocalCatalog();
});
test.afterEach(async () => {
  await running?.close();
  running = undefined;
  await catalog.close();
});

/** A model that is served with a fault. */
function served(fault: Fault, content = CONTENT, seen = content): CatalogModel {
  const file = fileOf('weights.bin', content, [{ type: 'url', url: catalog.server.serve(seen, fault) }]);
  return modelOf(content, [], { id: 'small-model', kind: 'llm', label: LABEL, files: [file] });
}

/** Opens the app on its models page; the model's card. */
async function open(options: Parameters<typeof launchApp>[0] = {}): Promise<Locator> {
  running = await launchApp({ ...options, env: { ...catalog.env, ...options.env } });
  await running.page.getByRole('button', { name: 'Models', exact: true }).click();
  return running.page.locator('[data-model="small-model"]');
}

const button = (card: Locator, name: string): Locator =>
  card.getByRole('button', { name: `${name}: ${LABEL}` });

async function received(card: Locator): Promise<number> {
  return Number(await card.getByRole('progressbar').getAttribute('aria-valuenow'));
}

async function filesOfModel(): Promise<string[]> {
  return (await readdir(join(catalog.modelsFolder, 'small-model')).catch(() => [])).sort();
}

test('a model is installed with its progress, paused, gone on with after a restart, and shown where it lies', async () => {
  await catalog.write([served({ type: 'slow', bytesPerSecond: 1_000_000 })]);
  let card = await open({ keepUserData: true });
  await expect(card).toHaveAttribute('data-state', 'missing');
  await expect(card).toContainText('6.0 MB');
  await expect(card).toContainText('Licence: MIT');
  await button(card, 'Install').click();
  await expect(card.getByTestId('install-progress')).toContainText(/of 6\.0 MB · .* MB\/s · \d+ s left/);
  await expect.poll(() => received(card)).toBeGreaterThan(10);
  await button(card, 'Pause').click();
  await expect(card.getByTestId('install-progress')).toContainText('Paused');
  const before = await received(card);
  expect(before).toBeLessThan(100);
  expect(await filesOfModel()).toEqual(['weights.bin.part']);

  const userData = running?.userData ?? '';
  await running?.close();
  await catalog.write([served({ type: 'none' })]);
  card = await open({ userData });
  await expect(card.getByTestId('install-progress')).toContainText('Paused');
  expect(await received(card)).toBeGreaterThanOrEqual(before);
  await button(card, 'Resume').click();
  await expect(card).toHaveAttribute('data-state', 'installed');
  expect(catalog.server.ranges.at(-1)).toMatch(/^bytes=\d+-$/);
  expect((await readFile(join(catalog.modelsFolder, 'small-model', 'weights.bin'))).equals(CONTENT)).toBe(
    true,
  );

  await expect(card.getByTestId('model-folder')).toContainText(join(catalog.modelsFolder, 'small-model'));
  await running?.app.evaluate(({ shell }) => {
    shell.showItemInFolder = (path: string) => Object.assign(globalThis, { shownFolder: path });
  });
  await button(card, 'Show in folder').click();
  await expect
    .poll(() => running?.app.evaluate(() => Reflect.get(globalThis, 'shownFolder') as unknown))
    .toBe(join(catalog.modelsFolder, 'small-model'));
});

test('a cancelled install leaves nothing on the disk', async () => {
  await catalog.write([served({ type: 'slow', bytesPerSecond: 1_000_000 })]);
  const card = await open();
  await button(card, 'Install').click();
  await expect.poll(() => received(card)).toBeGreaterThan(5);
  await button(card, 'Cancel').click();
  await expect(button(card, 'Install')).toBeVisible();
  expect(await readdir(catalog.modelsFolder)).toEqual([]);
});

test('a wrong checksum is said, nothing is put in place, and it can be tried again', async () => {
  await catalog.write([served({ type: 'none' }, CONTENT, bytesOf(CONTENT.length, 3))]);
  const card = await open();
  await button(card, 'Install').click();
  await expect(card.getByTestId('install-error')).toContainText('wrong checksum');
  expect(await filesOfModel()).toEqual([]);
  await expect(card).toHaveAttribute('data-state', 'missing');
  await catalog.write([served({ type: 'none' })]);
  await button(card, 'Try again').click();
  await expect(card).toHaveAttribute('data-state', 'installed');
});

test('a model for which there is no room says how much it needs', async () => {
  const model = served({ type: 'none' });
  const files = model.files.map((file) => ({ ...file, size: 2e15 }));
  await catalog.write([{ ...model, files }]);
  const card = await open();
  await button(card, 'Install').click();
  await expect(card.getByTestId('install-error')).toContainText(/needs [\d,]+ MB of free space/);
});

test('a folder that cannot be written to is named', async () => {
  await catalog.write([served({ type: 'none' })]);
  await writeFile(catalog.modelsFolder, 'a file where the folder should be');
  const card = await open();
  await button(card, 'Install').click();
  await expect(card.getByTestId('install-error')).toContainText('cannot be written');
});

test('a newer version in the catalog is offered and replaces the old one; a removed model is gone', async () => {
  await catalog.write([served({ type: 'none' })]);
  const card = await open();
  await button(card, 'Install').click();
  await expect(card).toHaveAttribute('data-state', 'installed');

  const newer = bytesOf(5_000_000, 8);
  await catalog.write([served({ type: 'none' }, newer)]);
  await running?.page.getByRole('button', { name: 'Models', exact: true }).click();
  await running?.page.getByRole('button', { name: 'Models', exact: true }).click();
  await expect(card).toHaveAttribute('data-state', 'outdated');
  await button(card, 'Update').click();
  await expect(card).toHaveAttribute('data-state', 'installed');
  expect((await readFile(join(catalog.modelsFolder, 'small-model', 'weights.bin'))).equals(newer)).toBe(true);

  await button(card, 'Remove').click();
  const question = running?.page.getByRole('dialog');
  await expect(question ?? card).toContainText(join(catalog.modelsFolder, 'small-model'));
  await running?.page.keyboard.press('Escape');
  expect(await filesOfModel()).not.toEqual([]);
  await button(card, 'Remove').click();
  await running?.page.getByTestId('remove-model').click();
  await expect(card).toHaveAttribute('data-state', 'missing');
  expect(await readdir(catalog.modelsFolder)).toEqual([]);
});

test('the voice that speaks is only removed after that was said, and Aloud then says what it lacks', async () => {
  const { id, path, name } = await installedModel('kokoro-82m-int8');
  await mkdir(join(catalog.modelsFolder, id), { recursive: true });
  await symlink(path, join(catalog.modelsFolder, id, name));
  const card = await open({ env: { ALOUD_CATALOG: undefined } });
  await expect(card).toHaveCount(0);
  const page = running?.page;
  if (page === undefined) throw new Error('The app does not run.');
  const voice = page.locator(`[data-model="${id}"]`);
  await expect(voice.getByTestId('preparation').getByRole('progressbar')).toBeVisible();
  const window = new AloudWindow(page);
  await window.waitFor('ready', 120_000);
  await expect(voice.getByTestId('preparation')).toHaveCount(0);
  await voice.getByRole('button', { name: /^Remove/ }).click();
  await expect(page.getByRole('dialog')).toContainText('until it is installed again, Aloud cannot speak');
  await page.getByTestId('remove-model').click();
  await expect(voice).toHaveAttribute('data-state', 'missing');
  await window.waitFor('failed');
  expect(await window.error()).toContain('not installed');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the models page and its question (${colorScheme})`, async () => {
    await catalog.write([
      served({ type: 'slow', bytesPerSecond: 1_000_000 }),
      { ...served({ type: 'none' }), id: 'other' },
    ]);
    const card = await open();
    const page = running?.page;
    if (page === undefined) throw new Error('The app does not run.');
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const other = page.locator('[data-model="other"]');
    await button(other, 'Install').click();
    await expect(other).toHaveAttribute('data-state', 'installed');
    await button(card, 'Install').click();
    await expect.poll(() => received(card)).toBeGreaterThan(2);
    const findings = async (): Promise<string[]> => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    };
    expect(await findings()).toEqual([]);
    await button(card, 'Pause').click();
    await expect(card.getByTestId('install-progress')).toContainText('Paused');
    await button(other, 'Remove').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findings()).toEqual([]);
  });
}
