/** What every script in this folder shares: how it speaks, fails and runs other programs. */
import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { resolve } from 'node:path';
import { errorLine, toAppError } from '../src/common/result.ts';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '..');

/** Tells the person what is being done. On stderr: stdout belongs to what the script is asked for. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a script; its answer is the exit code. A failure is told in one line and gives exit code 1. */
export async function runScript(script: (args: readonly string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await script(process.argv.slice(2));
  } catch (thrown) {
    tell(errorLine(toAppError(thrown, 'system')));
    process.exitCode = 1;
  }
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `inherit`: all three streams are ours. `to-stderr`: no input, both outputs on stderr. `silent`: no input, no output. */
  readonly streams: 'inherit' | 'to-stderr' | 'silent';
  /** After this time the program is ended; no limit when left out. */
  readonly limitMs?: number;
}

const STREAMS: Readonly<Record<RunOptions['streams'], StdioOptions>> = {
  inherit: 'inherit',
  'to-stderr': ['ignore', 2, 2],
  silent: 'ignore',
};

/**
 * Runs a program to its end and returns its exit code; 128 and more when a signal ended it. Signals that ask us to stop
 * are passed on, so that the program decides how to end. Throws when it cannot be started.
 */
export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      stdio: STREAMS[options.streams],
    });
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of passed) process.on(signal, pass);
    const limit =
      options.limitMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.limitMs);
    const settle = (): void => {
      clearTimeout(limit);
      for (const signal of passed) process.off(signal, pass);
    };
    child.on('error', (error) => {
      settle();
      failed(error);
    });
    child.on('close', (code, signal) => {
      settle();
      done(code ?? 128 + (signal === null ? 0 : signalNumber(signal)));
    });
  });
}

/** Runs a short program and returns what it printed, or undefined when it failed or is not there. */
export function outputOf(command: string, args: readonly string[]): string | undefined {
  const end = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return end.status === 0 ? end.stdout : undefined;
}

/** Whether this process may do everything on this machine. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The numbers that shells add to 128. */
function signalNumber(signal: NodeJS.Signals): number {
  const numbers: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  return numbers[signal] ?? 0;
}
