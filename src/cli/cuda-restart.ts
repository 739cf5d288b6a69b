/**
 * CUDA for a command that speaks. The system's loader reads where libraries lie when a program starts and never again, so a
 * command that is to use CUDA starts itself once more with these places set, and passes on what becomes of that.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { EpChoice, EpObstacles } from '../common/engine.ts';
import { readSettings } from '../diagnostics/settings-reading.ts';
import { setUpCuda } from '../library/cuda/cuda-setup.ts';
import { settingsFolder, surroundings } from '../library/paths.ts';

/**
 * Why providers cannot be used. Where CUDA can, and is not asked not to be, this process must have been started for it: if
 * it was not, it starts itself again and this never returns.
 */
export async function cudaForThisProcess(choice: EpChoice = 'auto'): Promise<EpObstacles> {
  if (choice !== 'auto' && choice !== 'cuda') return {};
  const around = surroundings();
  const { settings } = await readSettings(settingsFolder(around));
  const { runtime, env, obstacles } = await setUpCuda(settings.cudaFolder, around);
  if (runtime?.state !== 'ready') return obstacles;
  const [links] = runtime.libraryPath;
  const present = (process.env['LD_LIBRARY_PATH'] ?? '').split(':');
  return links !== undefined && present.includes(links) ? obstacles : restartWith(env);
}

/** Signals that end a command. */
const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

function restartWith(env: Readonly<Record<string, string>>): Promise<never> {
  // The words as they were given to this program, those of Node or Electron included. This is Linux: CUDA is nowhere else.
  const [, ...words] = readFileSync('/proc/self/cmdline', 'utf8').split('\0').slice(0, -1);
  const child = spawn(process.execPath, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of PASSED_ON)
    process.on(signal, () => {
      // A terminal sends Ctrl+C to both.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  return new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
