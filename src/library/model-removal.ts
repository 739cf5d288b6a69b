/** Taking models, and what was received of them, off the disk. */
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { CatalogModel } from './catalog.ts';
import { errorCode } from './download-failures.ts';
import { withLock } from './install-lock.ts';
import { LOCK_FILE, unfinishedOf } from './installer.ts';

/**
 * Deletes a model's folder with all that lies in it. First it gets another name, so that a model is there whole or not at
 * all, wherever the program ends. Throws `file-unwritable`.
 */
export async function removeModelFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  const aside = join(parent, `${REMOVED}${basename(folder)}-${randomUUID()}`);
  try {
    await rename(folder, aside);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return;
    fail('file-unwritable', 'model', FAILURES.removal.failed(folder, errorCode(cause) ?? String(cause)), {
      cause,
    });
  }
  // What a removal left that was cut off is deleted with it.
  for (const name of await readdir(parent)) {
    if (!name.startsWith(REMOVED)) continue;
    const left = join(parent, name);
    await rm(left, { recursive: true, force: true }).catch((cause: unknown) =>
      fail('file-unwritable', 'model', FAILURES.removal.leftOver(left), { cause }),
    );
  }
}

/** How the names of folders begin that are being deleted. */
const REMOVED = '.removed-';

/** Refuses to remove a model that another hand has put where it is. */
export function failNotOurs(label: string, folder: string): never {
  return fail('file-unwritable', 'model', FAILURES.removal.notOurs(label, folder));
}

/** Deletes what an interrupted install has received; nothing where another process installs the model just now. */
export async function discardDownload(model: CatalogModel, folder: string): Promise<void> {
  if ((await readdir(folder).catch(() => undefined)) === undefined) return;
  const busy = new AbortController();
  try {
    await withLock(join(folder, LOCK_FILE), { signal: busy.signal, onWait: () => busy.abort() }, async () => {
      for (const file of model.files) {
        const { part, wheels } = unfinishedOf(folder, file);
        await rm(part, { force: true });
        await rm(wheels, { recursive: true, force: true });
      }
    });
    // A folder that holds something else stays.
    await rmdir(folder).catch(() => undefined);
  } catch (thrown) {
    if (!busy.signal.aborted) throw thrown;
  }
}
