/**
 * Why an execution provider cannot be there at all, as far as that can be seen without trying it. ONNX Runtime leaves out a
 * provider that its build lacks without an error, and one whose libraries are missing writes to stderr: both are found here.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listSupportedBackends } from 'onnxruntime-node';
import type { EpName } from '../common/engine.ts';
import { PHRASES } from '../common/strings/phrases.ts';

/** What the answer depends on. */
export interface EpSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names of the providers in this build of the runtime. */
  readonly backends: readonly string[];
  /** Folder of the runtime's own library in its package. */
  readonly libraryFolder: string;
  readonly exists: (path: string) => boolean;
}

/** The libraries without which the runtime cannot load its CUDA provider. */
const CUDA_LIBRARIES = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so'] as const;

/** Variables that name a Vulkan driver, on which WebGPU runs where there is no device file of a GPU. */
const VULKAN_DRIVER = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'] as const;

/** One clause that says why the provider cannot be tried; undefined when it can. */
export function epObstacle(ep: EpName, around: EpSurroundings = epSurroundings()): string | undefined {
  if (!around.backends.includes(ep)) return PHRASES.ep.notInBuild(ep);
  if (around.platform !== 'linux') return undefined;
  if (ep === 'cuda') {
    const folder = runtimeFolder(around);
    const missing = CUDA_LIBRARIES.filter((name) => !around.exists(join(folder, name)));
    if (missing.length > 0) return PHRASES.ep.filesMissing(missing.join(' and '), folder);
  }
  // A GPU shows as a device file; without one, the search for it writes to stderr and finds nothing.
  if (
    ep === 'webgpu' &&
    !around.exists('/dev/dri') &&
    !around.exists('/dev/nvidia0') &&
    VULKAN_DRIVER.every((name) => (around.env[name] ?? '') === '')
  )
    return PHRASES.ep.noGpu;
  return undefined;
}

/** Path of the runtime's CUDA provider, as this process would load it. */
export function cudaProviderPath(around: EpSurroundings = epSurroundings()): string {
  return join(runtimeFolder(around), CUDA_LIBRARIES[1]);
}

/**
 * Folder from which the loader took the runtime's library: the first of its path that holds it, else the package's own. The
 * runtime looks for its CUDA provider there and nowhere else.
 */
function runtimeFolder({ env, exists, libraryFolder }: EpSurroundings): string {
  const path = (env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return path.find((folder) => exists(join(folder, 'libonnxruntime.so.1'))) ?? libraryFolder;
}

/** Those of this process, or of one that is started with other variables. */
export function epSurroundings(env: EpSurroundings['env'] = process.env): EpSurroundings {
  const { platform, arch } = process;
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return {
    platform,
    env,
    backends: listSupportedBackends().map(({ name }) => name),
    libraryFolder: join(dirname(entry), '..', 'bin', 'napi-v6', platform, arch),
    exists: existsSync,
  };
}
