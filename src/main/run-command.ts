/** The installed program as the command line `aloud`: no window, and the exit code is the command's. */
import { app } from 'electron';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toAppError } from '../common/result.ts';

/** Runs the command and ends the program. */
export async function runCommand(words: readonly string[]): Promise<void> {
  // Node's warnings are about the inside of the program; a command says only what it is asked for.
  process.removeAllListeners('warning');
  // The built-in model's library makes a process of its own, which Electron allows from then on.
  await app.whenReady();
  const program = join(import.meta.dirname, 'cli.js');
  process.argv = [process.execPath, program, ...words];
  try {
    await import(pathToFileURL(program).href);
    app.exit(Number(process.exitCode ?? 0));
  } catch (thrown) {
    process.stderr.write(`${toAppError(thrown, 'system').message}\n`);
    app.exit(1);
  }
}
