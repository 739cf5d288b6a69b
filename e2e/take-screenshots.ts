/** Takes the pictures of the README and the guide from the running app: `npm run screenshots`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { launchApp, ROOT, type RunningApp } from './app.ts';
import { openLocalCatalog, servedModel, type LocalCatalog } from './local-catalog.ts';
import { AloudWindow } from './window.ts';

/** Another folder may be named: then every size and theme is shown, for a look that is not kept. */
const look = process.argv[2];
const folder = look ?? join(ROOT, 'docs', 'images');

/** The pictures that README and guide show. */
const KEPT = [
  'window',
  'stopped',
  'voices',
  'recording',
  'welcome',
  'first-run',
  'models',
  'settings',
  'figures',
];

const ANSWER = `Sound travels as **pressure waves**. When a string moves, it pushes the air next to it, and that air pushes the air beyond.

## Why a room sounds warm

- Curtains and carpets take up high notes.
- Wood gives back the low ones.

The time until an echo is gone is called the *reverberation time*. Sabine measured it with a stopwatch and organ pipes:

\`\`\`ts
const seconds = (0.161 * volume) / absorption;
\`\`\`

A concert hall has about two seconds of it, and a living room half a second.`;

/** Opens the app as pictures want it. */
async function show(options: Parameters<typeof launchApp>[0] = {}): Promise<RunningApp> {
  const opened = await launchApp({ size: { width: 1280, height: 800 }, ...options });
  await opened.page.emulateMedia({ colorScheme: 'light' });
  return opened;
}

/** The first steps and the page of models, with one model there and the other on its way from a server of this machine. */
async function openInstalling(catalog: LocalCatalog): Promise<RunningApp> {
  const voice = await servedModel(catalog, 'kokoro-82m-int8', { type: 'slow', bytesPerSecond: 1_500_000 });
  const llm = await servedModel(catalog, 'smollm2-135m-instruct', { type: 'none' });
  await catalog.write([voice, llm]);
  return show({ env: catalog.env });
}

const catalog = await openLocalCatalog(join(tmpdir(), 'aloud'));
let running = await openInstalling(catalog);
let { page } = running;

async function shot(name: string): Promise<void> {
  if (look === undefined && !KEPT.includes(name)) return;
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What is shown now at all sizes in both themes, for a look; the first is at 1280×800 and light. */
async function shots(name: string): Promise<void> {
  await shot(name);
  if (look === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1280, 800],
      [900, 600],
      [480, 700],
    ] as const) {
      await resize(width, height);
      if (width < 760) await page.getByRole('button', { name: 'Hide the sidebar' }).click();
      await shot(`${name}-${width}-${colorScheme}`);
      if (width < 760) await page.getByRole('button', { name: 'Show the sidebar' }).click();
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await resize(1280, 800);
}

async function resize(width: number, height: number): Promise<void> {
  await running.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
  await page.waitForTimeout(400);
}

await mkdir(folder, { recursive: true });
try {
  await page.getByTestId('download').click();
  await page.locator('[data-model="smollm2-135m-instruct"][data-state="installed"]').waitFor();
  await page.waitForTimeout(8_000);
  await shots('first-run');
  await page.getByRole('button', { name: 'Models', exact: true }).click();
  await shots('models');
  await running.close();

  running = await show();
  ({ page } = running);
  const window = new AloudWindow(page);
  await window.waitFor('ready');
  await page.getByTestId('welcome').waitFor();
  await shots('welcome');
  await page.getByTestId('skip-setup').click();
  await shot('empty');
  await window.pickProvider('read-aloud');
  for (const text of ['What is a good name for a boat?', 'How do bees find their way home?']) {
    await window.type(text);
    await window.send();
    await window.waitFor('speaking');
    await page.getByTestId('stop').click();
    await page.getByTestId('new-conversation').click();
  }
  await window.type(ANSWER);
  await window.send();
  await window.waitFor('speaking');
  // Far enough into the answer that text, figures and the drawn sound are all there.
  await page.waitForTimeout(6_000);
  await shot('window');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await shot('window-dark');
  await resize(900, 600);
  await shot('window-900');
  await resize(480, 700);
  await shot('window-480-open');
  await page.getByRole('button', { name: 'Hide the sidebar' }).click();
  await shot('window-480');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForTimeout(300);
  await shot('window-480-light');
  await resize(1280, 800);
  await page.getByTestId('stop').click();
  await page.getByRole('button', { name: 'Show the sidebar' }).click();
  await page.waitForTimeout(400);
  await shot('stopped');
  await page.getByRole('button', { name: 'Figures', exact: true }).click();
  await page.waitForTimeout(500);
  await shot('figures');
  await page.getByTestId('new-conversation').click();
  await page.getByRole('button', { name: 'Voices', exact: true }).click();
  await page.waitForTimeout(300);
  await shot('voices');
  await page.getByTestId('add-recording').click();
  await page.getByTestId('recording-file').setInputFiles(join(ROOT, 'voices/LJ001-0005.wav'));
  await page.getByTestId('waveform').waitFor();
  await page.getByTestId('trim-start').press('PageUp');
  await page.getByTestId('voice-name').fill('Linda');
  await page.waitForTimeout(300);
  await shot('recording');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Diagnostics', exact: true }).first().click();
  await page.getByText(/^\d+ checks, /).waitFor();
  await shot('diagnostics');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.waitForTimeout(300);
  await shot('settings');
} finally {
  await running.close();
  await catalog.close();
}
