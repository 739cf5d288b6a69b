/**
 * Where things lie on each platform. Every function is pure in the {@link Surroundings} that it is given, except that
 * {@link modelFolders} asks whether a folder can be written to.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';

/** What the places depend on. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The person's home folder, absolute. */
  readonly home: string;
}

/** The surroundings of this process. */
export function surroundings(): Surroundings {
  return { env: process.env, platform: process.platform, home: homedir() };
}

/** Where Aloud keeps what a person would miss: installed models and their own voices. */
export function dataFolder({ env, home, platform }: Surroundings): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Aloud');
  if (platform === 'win32')
    return join(absolute(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), 'Aloud');
  return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'aloud');
}

/** Where Aloud keeps what can be fetched again. */
export function cacheFolder(around: Surroundings): string {
  const { env, home, platform } = around;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Aloud');
  if (platform === 'win32') return join(dataFolder(around), 'Cache');
  return join(absolute(env['XDG_CACHE_HOME']) ?? join(home, '.cache'), 'aloud');
}

/** Where Electron keeps the app's settings unless told otherwise: `Aloud` in the platform's folder for settings. */
export function settingsFolder({ env, home, platform }: Surroundings): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Aloud');
  if (platform === 'win32')
    return join(absolute(env['APPDATA']) ?? join(home, 'AppData', 'Roaming'), 'Aloud');
  return join(absolute(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'Aloud');
}

/** The folder of the person's own voices: `ALOUD_VOICES_DIR`, else `voices` in the data folder. */
export function ownVoicesFolder(around: Surroundings): string {
  return chosenPath(around.env['ALOUD_VOICES_DIR']) ?? join(dataFolder(around), 'voices');
}

/**
 * The catalog of models: the file that `ALOUD_CATALOG` names, for people behind a mirror, else the one in `programFolder`,
 * the program's own `models` folder.
 */
export function catalogFile({ env }: Pick<Surroundings, 'env'>, programFolder: string): string {
  return chosenPath(env['ALOUD_CATALOG']) ?? join(programFolder, 'catalog.json');
}

/** Where installed models are looked for, first match first, and where new ones are installed. */
export interface ModelFolders {
  readonly lookup: readonly string[];
  /** Always one of `lookup`. */
  readonly install: string;
}

/** What can be done with a folder. */
export type FolderAccess = 'missing' | 'writable' | 'read-only';

/**
 * The folders of installed models: `ALOUD_MODELS_DIR`, else `models` in the data folder. A chosen folder that exists
 * but cannot be written to serves for lookup only; then the data folder comes second and takes the installs.
 */
export function modelFolders(
  around: Surroundings,
  accessOf: (folder: string) => FolderAccess = folderAccess,
): ModelFolders {
  const own = join(dataFolder(around), 'models');
  const chosen = chosenPath(around.env['ALOUD_MODELS_DIR']);
  if (chosen === undefined) return { lookup: [own], install: own };
  if (accessOf(chosen) === 'read-only') return { lookup: [chosen, own], install: own };
  return { lookup: [chosen], install: chosen };
}

/**
 * Where what an engine makes from an installed model once is kept, absolute: beside the model, or in the data folder where
 * that cannot be written to.
 */
export function preparedFolder(
  modelFolder: string,
  around: Surroundings,
  accessOf: (folder: string) => FolderAccess = folderAccess,
): string {
  if (accessOf(modelFolder) === 'writable') return modelFolder;
  return join(dataFolder(around), 'prepared', basename(modelFolder));
}

/**
 * Looks at a folder. One whose mode has no write bit at all is read-only even to root, who could write to it: the mode
 * says that its owner does not want that.
 */
export function folderAccess(folder: string): FolderAccess {
  const facts = statSync(folder, { throwIfNoEntry: false });
  if (facts === undefined) return 'missing';
  if (process.platform !== 'win32' && (facts.mode & 0o222) === 0) return 'read-only';
  try {
    accessSync(folder, constants.W_OK);
    return 'writable';
  } catch {
    return 'read-only';
  }
}

/** The XDG specification wants relative values ignored. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** The absolute path that a variable names; undefined where it names none. */
export function chosenPath(path: string | undefined): string | undefined {
  return path === undefined || path === '' ? undefined : resolve(path);
}
