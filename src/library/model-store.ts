/**
 * The installed models: which there are, where they lie, and how to get more. Looking is quick (sizes only); the
 * content is verified when a model is installed and by {@link ModelStore.verify}.
 */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { findModel, modelSize, readCatalog, type Catalog, type CatalogModel } from './catalog.ts';
import { isOfCatalog, isRecordWhole, readRecord } from './install-record.ts';
import { installModel, isWhole, keptBytes, type InstallOptions } from './installer.ts';
import { discardDownload, failNotOurs, removeModelFolder } from './model-removal.ts';
import { catalogFile, folderAccess, modelFolders, surroundings, type ModelFolders } from './paths.ts';

/**
 * `damaged`: a file is there, but not all files with their right sizes. `outdated`: whole, but of an older catalog; it can
 * be used where it has the files that the newer one names.
 */
export type ModelState = 'installed' | 'outdated' | 'missing' | 'damaged';

/** A model as a list shows it. */
export interface ModelListing {
  readonly id: string;
  readonly kind: CatalogModel['kind'];
  readonly label: string;
  readonly description: string;
  readonly licence: string;
  readonly licenceUrl: string;
  /** Bytes of all its files. */
  readonly size: number;
  readonly state: ModelState;
  /** Where it is installed or damaged; where it would be installed when it is missing. Absolute. */
  readonly folder: string;
  /** Bytes that an interrupted install has received and the next one need not. */
  readonly kept: number;
  /** Whether it lies where this program installs models, and so may remove them. */
  readonly isRemovable: boolean;
}

/** An installed model. */
export interface InstalledModel {
  /** Absolute. */
  readonly folder: string;
  /** Absolute paths, in the catalog's order; at least one. */
  readonly files: readonly string[];
}

export interface ModelStore {
  list(): Promise<ModelListing[]>;
  modelState(id: string): Promise<ModelState>;
  /** The model's folder and files. Throws `model-missing` or `model-damaged`, with the command that installs it. */
  locateModel(id: string): Promise<InstalledModel>;
  /** Like {@link ModelStore.locateModel}, but reads all files and compares their SHA-256. */
  verifyModel(id: string, signal?: AbortSignal): Promise<InstalledModel>;
  /** Installs the model and returns where it is; see {@link installModel} for what it throws. */
  install(id: string, options?: Omit<InstallOptions, 'folder'>): Promise<InstalledModel>;
  /** Deletes an installed or damaged model. Throws `file-unwritable`, also where it may not be removed. */
  remove(id: string): Promise<void>;
  /** Deletes what an interrupted install has received. */
  discard(id: string): Promise<void>;
}

/**
 * Opens the store for the program's own `models` folder. Models that ship with an installed program lie there too; one that
 * the person installed goes before. The catalog is read afresh. Throws `file-unreadable` for the catalog.
 */
export async function openModelStore(
  programFolder: string,
  folders: ModelFolders = modelFolders(surroundings()),
  catalog: string = catalogFile(surroundings(), programFolder),
): Promise<ModelStore> {
  const { lookup, install } = folders;
  return modelStore(await readCatalog(catalog), { lookup: [...lookup, programFolder], install });
}

/** The store of a catalog that is read already. */
export function modelStore(catalog: Catalog, folders: ModelFolders): ModelStore {
  const locate = async (id: string): Promise<InstalledModel> => {
    const model = findModel(catalog, id);
    const { state, folder } = await look(model, folders);
    if (state === 'installed') return installedIn(folder, model);
    if (state === 'outdated' && (await hasFiles(folder, model))) return installedIn(folder, model);
    return failAbsent(model, state);
  };
  return {
    list: () => Promise.all(catalog.models.map((model) => listing(model, folders))),
    modelState: async (id) => (await look(findModel(catalog, id), folders)).state,
    locateModel: locate,
    verifyModel: async (id, signal) => {
      const model = findModel(catalog, id);
      const found = await locate(id);
      for (const file of model.files) {
        if (!(await isWhole(join(found.folder, file.name), file, signal))) failAbsent(model, 'damaged');
      }
      return found;
    },
    install: async (id, options = {}) => {
      const model = findModel(catalog, id);
      return installedIn(await installModel(model, { ...options, folder: folders.install }), model);
    },
    remove: async (id) => {
      const model = findModel(catalog, id);
      const { state, folder } = await look(model, folders);
      if (state === 'missing') return;
      if (!isRemovable(folder, folders)) failNotOurs(model.label, folder);
      await removeModelFolder(folder);
    },
    discard: (id) => discardDownload(findModel(catalog, id), join(folders.install, id)),
  };
}

interface Look {
  readonly state: ModelState;
  readonly folder: string;
}

async function look(model: CatalogModel, folders: ModelFolders): Promise<Look> {
  const found: Look[] = [];
  for (const parent of folders.lookup) {
    const folder = join(parent, model.id);
    found.push({ state: await stateIn(folder, model), folder });
  }
  for (const best of ['installed', 'outdated', 'damaged'] as const) {
    const there = found.find(({ state }) => state === best);
    if (there !== undefined) return there;
  }
  return { state: 'missing', folder: join(folders.install, model.id) };
}

async function stateIn(folder: string, model: CatalogModel): Promise<ModelState> {
  const found = await Promise.all(
    model.files.map(async (file) => {
      const facts = await stat(join(folder, file.name)).catch(() => undefined);
      return { present: facts !== undefined, whole: facts?.isFile() === true && facts.size === file.size };
    }),
  );
  const record = await readRecord(folder);
  if (found.every(({ whole }) => whole))
    return record === undefined || isOfCatalog(record, model) ? 'installed' : 'outdated';
  if (record !== undefined && !isOfCatalog(record, model) && (await isRecordWhole(folder, record)))
    return 'outdated';
  return found.some(({ present }) => present) ? 'damaged' : 'missing';
}

/** Whether the files that the catalog names are there, whatever is in them. */
async function hasFiles(folder: string, { files }: CatalogModel): Promise<boolean> {
  for (const { name } of files)
    if ((await stat(join(folder, name)).catch(() => undefined))?.isFile() !== true) return false;
  return true;
}

function isRemovable(folder: string, { install }: ModelFolders): boolean {
  return dirname(folder) === install && folderAccess(install) === 'writable';
}

async function listing(model: CatalogModel, folders: ModelFolders): Promise<ModelListing> {
  const { id, kind, label, description, licence, licenceUrl } = model;
  const there = await look(model, folders);
  return {
    id,
    kind,
    label,
    description,
    licence,
    licenceUrl,
    size: modelSize(model),
    ...there,
    kept: await keptBytes(model, join(folders.install, id)),
    isRemovable: there.state !== 'missing' && isRemovable(there.folder, folders),
  };
}

function installedIn(folder: string, model: CatalogModel): InstalledModel {
  return { folder, files: model.files.map(({ name }) => join(folder, name)) };
}

const ABSENCE = {
  missing: ['model-missing', PHRASES.models.notInstalled],
  damaged: ['model-damaged', PHRASES.models.damaged],
  outdated: ['model-mismatch', PHRASES.models.older],
} as const;

function failAbsent(model: CatalogModel, state: keyof typeof ABSENCE): never {
  const [code, what] = ABSENCE[state];
  return fail(code, 'model', FAILURES.install.unusable(model.label, what, model.id));
}
