/** Unpacks a zip file with its file modes. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Unpacks the entries for which `place` gives a path, relative to `folder`; it gets an entry's own name. Directories are
 * made as files need them; symbolic links are not supported and become small files.
 */
export async function unzip(
  archive: string,
  folder: string,
  place: (name: string) => string | undefined,
): Promise<void> {
  const zip = await openPromise(archive, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (path === undefined) continue;
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
    }
  } finally {
    zip.close();
  }
}
