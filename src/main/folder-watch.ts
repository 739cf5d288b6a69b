/** Tells that something in a folder changed, once the changes pause. */
import { mkdirSync, watch } from 'node:fs';

/** A file that is copied in makes many changes; the last one counts, ms. */
const SETTLED_MS = 300;

/**
 * Watches the files of `folder`, which is made if it is not there, so that something can be put into it. Returns the
 * function that ends it. A folder that cannot be watched is not: its content is still read whenever it is asked for.
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    const watcher = watch(folder, { persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLED_MS);
    });
    watcher.on('error', () => watcher.close());
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch {
    return () => undefined;
  }
}
