/** The real app, started for a test in a display, a sound card and a settings folder of its own. */
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SoundCard } from './sound/pulse.ts';

const runProgram = promisify(execFile);

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '..');

export interface AppOptions {
  /** Environment variables besides the test's own; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Without a sound card: the sound server's address leads nowhere. */
  readonly soundless?: boolean;
  /** Settings folder to use; a new, empty one when it is left out. */
  readonly userData?: string;
  /** Whether the settings folder stays after the app is closed, to open it again. */
  readonly keepUserData?: boolean;
  /** The window's size. */
  readonly size?: { readonly width: number; readonly height: number };
}

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly card: SoundCard;
  /** Settings folder of this run. */
  readonly userData: string;
  /** Environment that puts another program on the same display. */
  readonly screen: Readonly<Record<string, string>>;
  /** Starts the program once more with these words, as the system does for a link; resolves when that start has ended. */
  startAgain(...words: readonly string[]): Promise<void>;
  /** Presses keys as a keyboard does, whatever program is in front: `ctrl+alt+a`. */
  pressKeys(keys: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the built app and waits for its window. */
export async function launchApp(options: AppOptions = {}): Promise<RunningApp> {
  const card = await SoundCard.open();
  const display = await openDisplay();
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'aloud-user-')));
  const environment: Record<string, string> = {};
  const wanted = {
    ...process.env,
    ...card.environment,
    ...(options.soundless ? { PULSE_SERVER: 'unix:/nowhere/pulse' } : {}),
    ...(display ? { DISPLAY: display.name } : {}),
    OPENROUTER_API_KEY: undefined,
    OPENAI_API_KEY: undefined,
    ...options.env,
  };
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) environment[name] = value;
  const args = ['.', `--user-data-dir=${userData}`, '--disable-gpu', ...(isRoot() ? ['--no-sandbox'] : [])];
  const app = await _electron.launch({
    executablePath: electronPath(),
    args,
    cwd: ROOT,
    env: environment,
  });
  const page = await app.firstWindow();
  const { width, height } = options.size ?? { width: 1000, height: 760 };
  await evenIfForgotten(() =>
    app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
      },
      { width, height },
    ),
  );
  return {
    app,
    page,
    card,
    userData,
    screen: display ? { DISPLAY: display.name } : {},
    startAgain: async (...words) => {
      await runProgram(electronPath(), [...args, ...words], { cwd: ROOT, env: environment });
    },
    pressKeys: async (keys) => {
      await runProgram('xdotool', ['key', keys], { env: environment });
    },
    close: async () => {
      await app.close();
      display?.server.kill('SIGTERM');
      await card.close();
      if (options.keepUserData !== true) await rm(userData, { recursive: true, force: true });
    },
  };
}

/**
 * Asks once more where V8 collected the inspector's promise before it settled, which happens to a process that is busy starting
 * and says nothing of the app. The request must bear being made twice.
 */
async function evenIfForgotten(request: () => Promise<void>): Promise<void> {
  try {
    await request();
  } catch (thrown) {
    if (!(thrown instanceof Error) || !thrown.message.includes('promise was garbage collected')) throw thrown;
    await request();
  }
}

let cachedElectronPath: string | undefined;

/** The Electron program that `npm start` uses. */
function electronPath(): string {
  cachedElectronPath ??= execFileSync('npm', ['run', '-s', 'electron-path'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  return cachedElectronPath;
}

/** A virtual display where the machine has none. */
export async function openDisplay(): Promise<{ name: string; server: ChildProcess } | undefined> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
    return undefined;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const answer = server.stdio[3];
  if (!answer) throw new Error('Xvfb has no answer pipe.');
  const [number] = (await once(answer, 'data')) as [Buffer];
  return { name: `:${number.toString().trim()}`, server };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
