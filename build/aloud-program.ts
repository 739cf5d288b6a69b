/** The built `aloud` program, run with this process's own streams. */
import { CLI_PROGRAM, ensureBuilt } from './built-app.ts';
import { runProgram } from './script.ts';

/** Builds when needed, runs `aloud` and returns its exit code. Paths in `args` count from where the person stands. */
export async function runAloud(args: readonly string[]): Promise<number> {
  await ensureBuilt();
  // npm changes to the checkout and tells where it was called from.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  return runProgram(process.execPath, [CLI_PROGRAM, ...args], { streams: 'inherit', cwd });
}
