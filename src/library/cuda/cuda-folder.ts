/**
 * Looks through a folder that the person named for ONNX Runtime's CUDA provider and for NVIDIA's libraries. It may be a
 * plain folder with all of them, an unpacked CUDA toolkit, a Python environment into which `onnxruntime-gpu` was
 * installed, or that environment's `site-packages`.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The two files of the runtime's CUDA provider. */
export const PROVIDER_FILES = [
  'libonnxruntime_providers_shared.so',
  'libonnxruntime_providers_cuda.so',
] as const;

export interface CudaFolder {
  /** Folder with both files of the provider. */
  readonly provider: string | undefined;
  /** Folders with libraries of CUDA or cuDNN. */
  readonly libraries: readonly string[];
}

const CUDA_LIBRARY = /^lib(cuda|cublas|cublasLt|cudart|cudnn\w*|cufft|curand|nvrtc|nvJitLink)\.so\.\d/;

/** Places in which they lie, from the folder on; `*` is one name of any kind. */
const PLACES = ['', 'lib', 'lib64', 'targets/x86_64-linux/lib', 'onnxruntime/capi', 'nvidia/*/lib'];
const PYTHON_PLACES = PLACES.map((place) => join('lib/*/site-packages', place));

/** What there is in the folder. Never fails: a folder that is not there has nothing. */
export async function lookForCuda(folder: string): Promise<CudaFolder> {
  const folders: string[] = [];
  for (const place of [...PLACES, ...PYTHON_PLACES]) folders.push(...(await foldersAt(folder, place)));
  let provider: string | undefined;
  const libraries: string[] = [];
  for (const each of folders) {
    const names = await readdir(each).catch((): string[] => []);
    if (PROVIDER_FILES.every((name) => names.includes(name))) provider ??= each;
    if (names.some((name) => CUDA_LIBRARY.test(name))) libraries.push(each);
  }
  return { provider, libraries };
}

async function foldersAt(folder: string, place: string): Promise<string[]> {
  let folders = [folder];
  for (const step of place.split('/').filter((name) => name !== '')) {
    const next: string[] = [];
    for (const each of folders) {
      if (step !== '*') next.push(join(each, step));
      else
        next.push(...(await readdir(each).catch((): string[] => [])).sort().map((name) => join(each, name)));
    }
    folders = next;
  }
  return folders;
}
