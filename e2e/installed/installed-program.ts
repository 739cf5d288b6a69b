/**
 * Aloud as a package installed it, in a root folder of its own, used by a person without rights. Its window is driven over
 * Chromium's own protocol, because the fuses of an installed Aloud keep Node's inspector away.
 */
import { chromium, type Page } from '@playwright/test';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDisplay } from '../app.ts';
import { SoundCard } from '../sound/pulse.ts';

/** User and group of the person in the root folder; `test-installed.ts` makes them. */
export const PERSON = 1_000;
const DEBUG_PORT = 9_333;

/** The root folder into which the package was installed. */
export function installedRoot(): string {
  const root = process.env['ALOUD_INSTALLED_ROOT'];
  if (!root) throw new Error('ALOUD_INSTALLED_ROOT is not set; run: npm run test:installed');
  return root;
}

function asPerson(environment: Readonly<Record<string, string>>, command: readonly string[]): string[] {
  const variables = Object.entries({ HOME: '/home/person', PATH: '/usr/bin:/bin', ...environment });
  return [
    `--userspec=${PERSON}:${PERSON}`,
    installedRoot(),
    'env',
    '-i',
    ...variables.map(([name, value]) => `${name}=${value}`),
    ...command,
  ];
}

/** Runs the installed command `aloud` to its end and gives what it printed; throws when it fails. */
export async function runInstalled(...words: readonly string[]): Promise<string> {
  const command = asPerson({}, ['aloud', ...words]);
  const { stdout } = await promisify(execFile)('chroot', command, { encoding: 'utf8', maxBuffer: 64 << 20 });
  return stdout;
}

export interface InstalledWindow {
  readonly page: Page;
  readonly card: SoundCard;
  /** The id of the program's main process. */
  readonly pid: number;
  close(): Promise<void>;
}

/** Opens the window of the installed program, with a display and a sound card of its own. */
export async function openInstalledWindow(): Promise<InstalledWindow> {
  const root = installedRoot();
  // The sound server's socket must lie where the program can see it.
  const runtime = await mkdtemp(join(root, 'tmp', 'sound-'));
  const card = await SoundCard.open(runtime);
  for (const folder of [runtime, join(runtime, 'pulse')]) await chmod(folder, 0o755);
  const inside = `/${relative(root, runtime)}`;
  const display = await openDisplay();
  const environment = {
    PULSE_SERVER: `unix:${inside}/pulse/native`,
    PULSE_SINK: card.sink,
    DISPLAY: display?.name ?? process.env['DISPLAY'] ?? '',
  };
  const program = spawn(
    'chroot',
    asPerson(environment, ['aloud', `--remote-debugging-port=${DEBUG_PORT}`, '--disable-gpu']),
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const browser = await connect();
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined || program.pid === undefined) throw new Error('The program opened no window.');
  return {
    page,
    card,
    pid: program.pid,
    close: async () => {
      const gone = once(program, 'exit');
      await page.close();
      await gone;
      await browser.close();
      display?.server.kill('SIGTERM');
      await card.close();
      await rm(runtime, { recursive: true, force: true });
    },
  };
}

async function connect(): Promise<Awaited<ReturnType<typeof chromium.connectOverCDP>>> {
  for (let tries = 0; ; tries++) {
    try {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${DEBUG_PORT}`);
      if (browser.contexts()[0]?.pages()[0] !== undefined) return browser;
      await browser.close();
    } catch (thrown) {
      if (tries > 60) throw thrown;
    }
    await sleep(500);
  }
}
