/**
 * The models of the window: which there are, and installing, pausing and removing them. Installs run here in main: what takes
 * time in them is waiting for the network and the disk, and a sum is computed a piece at a time.
 */
import { statfs, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { InstallTask, ModelEntry, ModelShelf } from '../common/model.ts';
import type { WindowNotice } from '../common/ports/bridge.ts';
import { appError, err, ok, toAppError, type AppError, type Result } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { listAddedModels } from '../library/added-models.ts';
import type { InstallOptions, InstallProgress } from '../library/installer.ts';
import { failNotOurs, removeModelFolder } from '../library/model-removal.ts';
import type { ModelListing, ModelStore } from '../library/model-store.ts';
import { folderAccess, type ModelFolders } from '../library/paths.ts';
import { Speedometer } from '../library/speedometer.ts';

/** How often progress is told at most, ms. */
const TELL_EVERY_MS = 250;

export interface ModelLibraryOptions {
  /** Opens the store, with the catalog as it is now. */
  readonly store: () => Promise<ModelStore>;
  readonly folders: () => ModelFolders;
  /** What a model in a folder is used for now. */
  readonly useOf: (model: Pick<ModelListing, 'id' | 'folder'>) => ModelEntry['use'];
  /** A model's files are others than before: it was installed, updated or removed. */
  readonly onChanged: (id: string) => void;
  readonly notify: (notice: WindowNotice) => void;
  /** How installs are done; `env` must hold no secrets, as pip gets it. */
  readonly install: Pick<InstallOptions, 'env' | 'timing' | 'python' | 'freeBytes'>;
}

/** An install that was asked for and has not succeeded yet. */
interface Running {
  task: InstallTask;
  readonly abort: AbortController;
  /** Resolves when the install has ended, however. Never rejects. */
  ended: Promise<void>;
}

export class ModelLibrary {
  private readonly options: ModelLibraryOptions;
  private readonly running = new Map<string, Running>();
  /** Installs that were paused or failed, by id. */
  private readonly resting = new Map<string, InstallTask>();

  constructor(options: ModelLibraryOptions) {
    this.options = options;
  }

  /** All models as they are now. */
  async shelf(): Promise<Result<ModelShelf>> {
    try {
      const store = await this.options.store();
      const folders = this.options.folders();
      const listed = (await store.list()).map((listing) => this.entryOf(listing));
      const known = new Set(listed.map(({ id }) => id));
      const added = (await this.addedEntries(folders)).filter(({ id }) => !known.has(id));
      return ok({
        models: [...listed, ...added],
        folder: folders.install,
        freeBytes: await freeBytes(folders.install),
      });
    } catch (thrown) {
      return err(toAppError(thrown, 'model'));
    }
  }

  /** Starts an install, an update or a repair, or goes on with one. It ends some time later, which is told by notices. */
  async install(id: string): Promise<Result<null>> {
    if (this.running.has(id)) return ok(null);
    try {
      const store = await this.options.store();
      const listing = (await store.list()).find((model) => model.id === id);
      if (listing === undefined) return unknownModel(id);
      if (!this.running.has(id)) this.begin(store, listing);
      return ok(null);
    } catch (thrown) {
      return err(toAppError(thrown, 'model'));
    }
  }

  /** Stops an install; what was received is kept. */
  async pause(id: string): Promise<Result<null>> {
    await this.halt(id);
    return ok(null);
  }

  /** Ends an install and deletes what was received. */
  async cancel(id: string): Promise<Result<null>> {
    await this.halt(id);
    this.resting.delete(id);
    try {
      await (await this.options.store()).discard(id);
      return ok(null);
    } catch (thrown) {
      return err(toAppError(thrown, 'model'));
    } finally {
      this.tell(id, undefined);
    }
  }

  /** Deletes a model from the disk. */
  async remove(id: string): Promise<Result<null>> {
    if (this.running.has(id))
      return err(appError('request-invalid', 'model', FAILURES.models.beingInstalled));
    const found = await this.find(id);
    if (!found.ok) return found;
    try {
      if (found.value.origin === 'catalog') await (await this.options.store()).remove(id);
      else await this.removeAdded(found.value);
    } catch (thrown) {
      return err(toAppError(thrown, 'model'));
    } finally {
      this.options.onChanged(id);
      this.options.notify({ type: 'models-changed' });
    }
    return ok(null);
  }

  /** Where a model lies; the nearest folder above it that is there when it is not installed. */
  async folderOf(id: string): Promise<Result<string>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    let { folder } = found.value;
    while (folderAccess(folder) === 'missing' && dirname(folder) !== folder) folder = dirname(folder);
    return ok(folder);
  }

  /** Stops all installs, as the program ends. */
  stop(): void {
    for (const { abort } of this.running.values()) abort.abort();
  }

  private begin(store: ModelStore, { id, size, kept }: ModelListing): void {
    const abort = new AbortController();
    const speedometer = new Speedometer();
    let toldAt = -Infinity;
    let toldPhase = '';
    const take = ({ phase, received, total }: InstallProgress): void => {
      speedometer.note(received, performance.now());
      const { bytesPerSecond } = speedometer;
      running.task = { state: 'running', phase, received, total, bytesPerSecond };
      if (phase === toldPhase && performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      toldPhase = phase;
      this.tell(id, running.task);
    };
    const running: Running = {
      task: { state: 'running', phase: 'downloading', received: kept, total: size, bytesPerSecond: 0 },
      abort,
      ended: Promise.resolve(),
    };
    this.running.set(id, running);
    this.resting.delete(id);
    this.tell(id, running.task);
    running.ended = store
      .install(id, { ...this.options.install, signal: abort.signal, onProgress: take })
      .then(
        () => this.end(id, undefined),
        (thrown: unknown) => this.end(id, toAppError(thrown, 'model')),
      );
  }

  private end(id: string, error: AppError | undefined): void {
    const running = this.running.get(id);
    this.running.delete(id);
    if (running === undefined) return;
    const { received, total } = running.task;
    if (error === undefined) {
      this.tell(id, undefined);
      this.options.onChanged(id);
      this.options.notify({ type: 'models-changed' });
      return;
    }
    const task: InstallTask =
      error.code === 'cancelled'
        ? { state: 'paused', received, total }
        : { state: 'failed', received, total, error };
    this.resting.set(id, task);
    this.tell(id, task);
  }

  private async halt(id: string): Promise<void> {
    const running = this.running.get(id);
    running?.abort.abort();
    await running?.ended;
  }

  private tell(id: string, task: InstallTask | undefined): void {
    this.options.notify({ type: 'model-task', id, task });
  }

  private async find(id: string): Promise<Result<ModelEntry>> {
    const shelf = await this.shelf();
    if (!shelf.ok) return shelf;
    const found = shelf.value.models.find((model) => model.id === id);
    return found === undefined ? unknownModel(id) : ok(found);
  }

  private entryOf(listing: ModelListing): ModelEntry {
    const { id, kind, label, description, licence, licenceUrl, size, state, folder, kept, isRemovable } =
      listing;
    const paused: InstallTask | undefined =
      kept > 0 ? { state: 'paused', received: kept, total: size } : undefined;
    return {
      ...{ id, origin: 'catalog', kind, label, description, licence, licenceUrl, size, state, folder },
      useClauses: [],
      problem: state === 'damaged' ? PHRASES.models.notWhole(folder) : '',
      use: state === 'missing' ? 'none' : this.options.useOf(listing),
      isRemovable,
      task: this.running.get(id)?.task ?? this.resting.get(id) ?? paused,
    };
  }

  private async addedEntries(folders: ModelFolders): Promise<ModelEntry[]> {
    const { usable, damaged } = await listAddedModels(folders);
    const isRemovable = (folder: string): boolean =>
      dirname(folder) === folders.install && folderAccess(folders.install) === 'writable';
    const common = { origin: 'added', kind: 'speech', description: '', task: undefined } as const;
    return [
      ...usable.map(({ id, folder, size, model: { licence } }) => ({
        ...{ ...common, id, label: id, folder, size, state: 'installed' as const, problem: '' },
        licence: licence.name,
        licenceUrl: licence.url ?? '',
        useClauses: licence.useClauses,
        use: this.options.useOf({ id, folder }),
        isRemovable: isRemovable(folder),
      })),
      ...damaged.map(({ id, folder, problem }) => ({
        ...{ ...common, id, label: id, folder, size: 0, state: 'damaged' as const, problem },
        ...{ licence: '', licenceUrl: '', useClauses: [], use: 'none' as const },
        isRemovable: isRemovable(folder),
      })),
    ];
  }

  private async removeAdded({ folder, isRemovable, id }: ModelEntry): Promise<void> {
    if (!isRemovable) failNotOurs(`model ${id}`, folder);
    await removeModelFolder(folder);
  }
}

function unknownModel(id: string): Result<never> {
  return err(appError('model-unknown', 'model', FAILURES.models.gone(id)));
}

async function freeBytes(folder: string): Promise<number | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      await readdir(at);
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch {
      if (dirname(at) === at) return undefined;
    }
  }
}
