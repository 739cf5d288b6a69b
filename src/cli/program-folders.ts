/** Where the program's own data lie, seen from the built `out/main/cli.js`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';

/** Absolute paths of the data tables and of the voices that ship. */
export interface ProgramFolders {
  readonly models: string;
  readonly voices: string;
  /** The built entry file of the speech thread. */
  readonly speechThread: string;
}

/**
 * In a checkout the folders lie beside `out/`; in an installed program the code is in an archive and they lie beside
 * that (`resources/`).
 */
export function programFolders(): ProgramFolders {
  const outMain = import.meta.dirname;
  const checkout = join(outMain, '..', '..');
  const root = existsSync(join(checkout, 'models', 'catalog.json')) ? checkout : join(checkout, '..');
  return {
    models: join(root, 'models'),
    voices: join(root, 'voices'),
    speechThread: join(outMain, 'speech-thread.js'),
  };
}

/** Aloud's version, as its package says. Throws `file-unreadable` when that is missing. */
export async function programVersion(): Promise<string> {
  const path = join(import.meta.dirname, '..', '..', 'package.json');
  try {
    return z.object({ version: z.string() }).parse(JSON.parse(await readFile(path, 'utf8'))).version;
  } catch (cause) {
    return fail('file-unreadable', 'system', FAILURES.program.fileUnreadable(path), { cause });
  }
}
