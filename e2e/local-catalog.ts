/** A catalog whose models come from a server on this machine, as someone behind a mirror would write it. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findModel, readCatalog, type CatalogModel } from '../src/library/catalog.ts';
import { startModelServer, type Fault, type ModelServer } from '../src/library/testing/model-server.ts';
import { ROOT } from './app.ts';
import { installedModel } from './installed-models.ts';

export interface LocalCatalog {
  readonly server: ModelServer;
  /** An empty folder for models. */
  readonly modelsFolder: string;
  /** Environment of an app that uses catalog and folder. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes the catalog (anew); the app reads it whenever it looks. */
  write(models: readonly CatalogModel[]): Promise<void>;
  close(): Promise<void>;
}

/** A model as the program's own catalog has it, installed here already, and served with a fault. */
export async function servedModel(catalog: LocalCatalog, id: string, fault: Fault): Promise<CatalogModel> {
  const model = findModel(await readCatalog(join(ROOT, 'models', 'catalog.json')), id);
  const content = await readFile((await installedModel(id)).path);
  const url = catalog.server.serve(content, fault);
  return { ...model, files: model.files.map((file) => ({ ...file, sources: [{ type: 'url', url }] })) };
}

/** Opens one in a new folder, or in `root`, which is deleted when it is closed. */
export async function openLocalCatalog(root?: string): Promise<LocalCatalog> {
  const server = await startModelServer();
  const folder = root ?? (await mkdtemp(join(tmpdir(), 'aloud-catalog-')));
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'catalog.json');
  const modelsFolder = join(folder, 'models');
  return {
    server,
    modelsFolder,
    env: { ALOUD_CATALOG: path, ALOUD_MODELS_DIR: modelsFolder },
    write: (models) => writeFile(path, JSON.stringify({ version: 1, models })),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
