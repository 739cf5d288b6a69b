/** The models that the machine has, for tests that copy or break them. */
import { basename, join } from 'node:path';
import { openModelStore } from '../src/library/model-store.ts';
import { ROOT } from './app.ts';

/** A one-file model of the catalog as it is installed. */
export async function installedModel(id: string): Promise<{ id: string; path: string; name: string }> {
  const store = await openModelStore(join(ROOT, 'models'));
  const [path = ''] = (await store.locateModel(id)).files;
  return { id, path, name: basename(path) };
}
