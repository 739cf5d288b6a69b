/** The first steps of a new installation: with nothing installed, with everything there, and with a provider. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { answer, FakeOpenAiServer } from '../src/assistant/testing/fake-openai-server.ts';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { openLocalCatalog, servedModel } from './local-catalog.ts';
import { speakReference } from './reference-speech.ts';
import { AloudWindow } from './window.ts';

/** What a sample of a voice says. */
const SAMPLE = 'The north wind and the sun were disputing which of them was the stronger.';
const VOICE = 'kokoro-82m-int8';
const LANGUAGE_MODEL = 'smollm2-135m-instruct';

let running: RunningApp | undefined;
test.afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function open(options: Parameters<typeof launchApp>[0] = {}): Promise<AloudWindow> {
  running = await launchApp(options);
  return new AloudWindow(running.page);
}

const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

test('with nothing installed one page brings the models, speaks, measures, and is not shown again', async () => {
  test.setTimeout(900_000);
  const catalog = await openLocalCatalog();
  try {
    const quick = await servedModel(catalog, LANGUAGE_MODEL, { type: 'none' });
    const slowVoice = await servedModel(catalog, VOICE, { type: 'slow', bytesPerSecond: 4_000_000 });
    await catalog.write([slowVoice, quick]);
    const window = await open({ env: catalog.env, keepUserData: true });
    const { page } = window;
    const setup = page.getByTestId('setup');
    await expect(setup).toBeVisible();
    // Nothing is in the way of who wants to type at once.
    for (const id of ['prompt', 'send', 'provider', 'voice', 'status'])
      await expect(page.getByTestId(id)).toBeVisible();
    await expect(page.getByTestId('start')).toBeDisabled();
    await expect(page.getByTestId('hear')).toBeDisabled();

    await expect(page.getByTestId('download')).toContainText('190.7 MB');
    await page.getByTestId('download').click();
    const voice = setup.locator(`[data-model="${VOICE}"]`);
    const label = slowVoice.label;
    await expect(voice.getByTestId('install-progress')).toContainText(/MB\/s · \d+ (s|min) left/);
    await voice.getByRole('button', { name: `Pause: ${label}` }).click();
    await expect(voice.getByTestId('install-progress')).toContainText('Paused');
    await expect(setup.locator(`[data-model="${LANGUAGE_MODEL}"]`)).toHaveAttribute(
      'data-state',
      'installed',
    );
    await voice.getByRole('button', { name: `Cancel: ${label}` }).click();
    await expect(page.getByTestId('download')).toContainText('92.4 MB');

    await catalog.write([await servedModel(catalog, VOICE, { type: 'none' }), quick]);
    await page.getByTestId('download').click();
    await expect(voice).toHaveAttribute('data-state', 'installed', { timeout: 60_000 });
    await expect(page.getByTestId('preparation').getByRole('progressbar')).toBeVisible();
    await window.waitFor('ready', 400_000);

    const recording = await running?.card.record();
    await page.getByTestId('hear').click();
    await window.waitFor('speaking', 120_000);
    // A sentence on trial belongs to no conversation: after it the program is ready, as before.
    await window.waitFor('ready', 120_000);
    const heard = await recording?.stop();
    expectHeard(heard ?? new Int16Array(), await speakReference(SAMPLE, 'af_heart'));

    await page.getByTestId('check-speed').click();
    await expect(page.getByTestId('speed-found')).toContainText(/A second of speech is made in \d+\.\d\d s/, {
      timeout: 120_000,
    });
    await expect(page.getByTestId('speed-found')).toContainText(/Kokoro .*\(.*cpu, .*threads?\)/);
    await expect(page.getByTestId('speed-found')).toContainText(/begins to speak with \d+ ms in hand/);
    await page.getByTestId('start').click();
    await expect(setup).toHaveCount(0);
    await expect(page.getByTestId('prompt')).toBeFocused();

    const userData = running?.userData ?? '';
    await running?.close();
    const again = await open({ env: catalog.env, userData });
    await again.waitFor('ready', 120_000);
    await expect(again.page.getByTestId('setup')).toHaveCount(0);
    await expect(again.page.getByTestId('welcome')).toHaveCount(0);
    await again.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await again.page.getByRole('button', { name: 'Set up again' }).click();
    await expect(again.page.getByTestId('setup')).toContainText('Everything that is needed is installed.');
    await expect(again.page.getByTestId('start')).toBeEnabled();
  } finally {
    await running?.close();
    running = undefined;
    await catalog.close();
  }
});

test('with everything installed a small card leaves the prompt usable, and goes for good when it is dismissed', async () => {
  const window = await open({ keepUserData: true });
  const { page } = window;
  await expect(page.getByTestId('welcome')).toBeVisible();
  await window.waitFor('ready');
  await window.pickProvider('read-aloud');
  await window.type('Hello there.');
  await window.send();
  await window.waitFor('complete');
  await expect(page.getByTestId('welcome')).toHaveCount(0);
  await page.getByTestId('new-conversation').click();
  await page.getByTestId('check-speed').click();
  await expect(page.getByTestId('speed-found')).toContainText('A second of speech is made in', {
    timeout: 120_000,
  });
  await page.getByTestId('skip-setup').click();
  await expect(page.getByTestId('welcome')).toHaveCount(0);
  const userData = running?.userData ?? '';
  await running?.close();
  const again = await open({ userData });
  await again.waitFor('ready');
  await expect(again.page.getByTestId('prompt')).toBeVisible();
  await expect(again.page.getByTestId('welcome')).toHaveCount(0);
});

test('a provider is connected from the card: address, key and a real request', async () => {
  const server = new FakeOpenAiServer();
  await server.listen();
  server.answers = [answer('Ready.')];
  try {
    const { page } = await open();
    await page.getByTestId('welcome').getByRole('button', { name: 'Connect a provider' }).click();
    await expect(page.getByTestId('place-provider')).toBeChecked();
    await page.getByTestId('setup-provider').selectOption('custom');
    await page.getByTestId('base-url').fill(server.baseUrl);
    await page.getByTestId('api-key').fill('sk-first');
    await page.getByTestId('test-provider').click();
    await expect(page.getByTestId('trial')).toContainText('answered after');
    expect(server.chats.at(-1)?.headers['authorization']).toBe('Bearer sk-first');
    await expect(page.getByTestId('provider')).toHaveValue('custom');
    await page.getByTestId('place-here').check();
    await expect(page.getByTestId('provider')).toHaveValue('built-in');
    await page.getByTestId('skip-setup').click();
    await expect(page.getByTestId('setup')).toHaveCount(0);
  } finally {
    await server.close();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the first steps, small and whole (${colorScheme})`, async () => {
    const { page } = await open();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.getByTestId('welcome')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('welcome').getByRole('button', { name: 'Connect a provider' }).click();
    await expect(page.getByTestId('setup')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}
