/**
 * Makes CUDA usable for ONNX Runtime on Linux. The runtime looks for its CUDA provider beside its own library only, and that
 * lies in the program, where nothing can be added. So a folder of links is made with the runtime's library and the provider
 * side by side, and put first into the path by which the loader of a new process finds libraries; NVIDIA's own follow it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lookForCuda, PROVIDER_FILES } from './cuda-folder.ts';
import { isOfVersion } from './provider-version.ts';
import { RUNTIME_LIBRARY, type RuntimeFiles } from './runtime-files.ts';
import { PHRASES } from '../../common/strings/phrases.ts';

export type CudaRuntime =
  | {
      readonly state: 'ready';
      /** Folder of the provider. */
      readonly provider: string;
      /**
       * What must stand first in `LD_LIBRARY_PATH` when the process that runs voice models starts; the first is the folder of
       * links.
       */
      readonly libraryPath: readonly string[];
    }
  | {
      readonly state: 'unusable';
      /** Why, a clause without a full stop. */
      readonly problem: string;
    };

export interface CudaPlaces {
  /** Folders that the person named. Absolute. */
  readonly named: readonly string[];
  /** Folder in which it may have been installed: it serves for what the named ones lack. Absolute. */
  readonly usual: string;
  readonly runtime: RuntimeFiles;
  /** Folder for what can be made again; absolute, need not exist. */
  readonly cacheFolder: string;
}

/** Finds the provider and the libraries, and says where the links would be. Changes nothing and never throws. */
export async function findCuda({ named, usual, runtime, cacheFolder }: CudaPlaces): Promise<CudaRuntime> {
  const found = await Promise.all([...named, usual].map(lookForCuda));
  const own = await lookForCuda(dirname(runtime.library));
  const provider = [...found, own].find((each) => each.provider !== undefined)?.provider;
  if (provider === undefined) return { state: 'unusable', problem: absent(named) };
  const [, cuda] = PROVIDER_FILES;
  if (!(await isOfVersion(join(provider, cuda), runtime.version)))
    return {
      state: 'unusable',
      problem: PHRASES.cuda.otherRuntime(join(provider, cuda), runtime.version),
    };
  const key = createHash('sha256').update(`${runtime.library}\0${provider}`).digest('hex').slice(0, 12);
  const links = join(cacheFolder, `cuda-${key}`);
  const libraryPath = [links, ...new Set(found.flatMap((each) => each.libraries))];
  const split = libraryPath.find((folder) => folder.includes(':'));
  return split === undefined
    ? { state: 'ready', provider, libraryPath }
    : { state: 'unusable', problem: PHRASES.cuda.colon(split) };
}

/** The same, and makes the links. Never throws. */
export async function prepareCuda(places: CudaPlaces): Promise<CudaRuntime> {
  const found = await findCuda(places);
  if (found.state === 'unusable') return found;
  const [links = ''] = found.libraryPath;
  try {
    await mkdir(links, { recursive: true });
    await linkTo(places.runtime.library, join(links, RUNTIME_LIBRARY));
    for (const name of PROVIDER_FILES) await linkTo(join(found.provider, name), join(links, name));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { state: 'unusable', problem: PHRASES.cuda.linksNotMade(links, reason) };
  }
  return found;
}

/** `LD_LIBRARY_PATH` for a process that shall find them; `before` is what the variable held. */
export function loaderPath(
  { libraryPath }: { readonly libraryPath: readonly string[] },
  before = '',
): string {
  return [...libraryPath, ...before.split(':').filter((folder) => folder !== '')].join(':');
}

function absent(folders: readonly string[]): string {
  const [, cuda] = PROVIDER_FILES;
  return folders.length === 0
    ? PHRASES.cuda.noProvider
    : PHRASES.cuda.noProviderIn(cuda, folders.join(' or '));
}

/** Makes the link, in the place of one that leads elsewhere. A process that looks meanwhile finds one or the other. */
async function linkTo(target: string, path: string): Promise<void> {
  if ((await readlink(path).catch(() => undefined)) === target) return;
  const fresh = `${path}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(target, fresh);
  await rename(fresh, path);
}
