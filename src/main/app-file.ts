/** Which file an address of the page's own protocol names. */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The file that a URL names, or undefined when it is not one inside `folder` (links are followed before the check). */
export async function resolveAppFile(folder: string, url: string): Promise<string | undefined> {
  const { host, pathname } = new URL(url);
  if (host !== 'aloud') return undefined;
  try {
    const path = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
