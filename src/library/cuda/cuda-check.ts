/**
 * Looks at all that a voice needs to run on CUDA: the GPU and its driver, ONNX Runtime's provider, and each library that
 * the provider needs, down to the last. Opens nothing of it: what is missing would only fail one at a time.
 */
import { join } from 'node:path';
import { PROVIDER_FILES } from './cuda-folder.ts';
import type { CudaRuntime } from './cuda-runtime.ts';
import { libraryTree, type LoaderPlaces, type MissingLibrary } from './library-tree.ts';
import type { NvidiaDriver } from './nvidia-driver.ts';

/** One thing that was looked at. */
export interface CudaFinding {
  readonly check: 'GPU' | 'CUDA provider' | 'CUDA libraries';
  readonly ok: boolean;
  /** One sentence. */
  readonly message: string;
  /** What to do, or ''. */
  readonly hint: string;
}

export interface CudaSurroundings {
  readonly driver: NvidiaDriver;
  readonly runtime: CudaRuntime;
  readonly loader: Omit<LoaderPlaces, 'libraryPath'>;
  /** Folders in `LD_LIBRARY_PATH` of this process. */
  readonly libraryPath: readonly string[];
}

/** What the provider opens by name when it first needs it: convolutions and Fourier transforms. Seen in its machine code. */
const OPENED_LATER = ['libcudnn.so.9', 'libcufft.so.12'] as const;

/** The oldest driver that CUDA 13 runs on (NVIDIA, "CUDA Toolkit Release Notes", table of minimum drivers). */
const OLDEST_DRIVER = 580;

/** All findings. On a machine without an NVIDIA GPU, and without anything of CUDA, that is one, and in order. */
export async function checkCuda(around: CudaSurroundings): Promise<readonly CudaFinding[]> {
  const { driver, runtime } = around;
  const gpu = gpuFinding(driver);
  if (runtime.state === 'unusable') {
    if (driver.gpus.length === 0) return [gpu];
    return [
      gpu,
      {
        check: 'CUDA provider',
        ok: false,
        message: `Voices cannot run on CUDA: ${runtime.problem}.`,
        hint: 'Install it with: aloud cuda install',
      },
    ];
  }
  return [
    gpu,
    { check: 'CUDA provider', ok: true, message: `ONNX Runtime’s own, in ${runtime.provider}.`, hint: '' },
    await librariesFinding(around, runtime),
  ];
}

function gpuFinding({ gpus, version }: NvidiaDriver): CudaFinding {
  const check = 'GPU';
  if (version === undefined && gpus.length === 0)
    return { check, ok: true, message: 'There is no NVIDIA driver, so CUDA is not used.', hint: '' };
  const names = gpus.map(({ name, memoryMib }) =>
    memoryMib === undefined ? name : `${name} with ${(memoryMib / 1024).toFixed(1)} GiB`,
  );
  const what = `${names.join(', ') || 'no GPU'}, driver ${version ?? 'of unknown version'}`;
  if (gpus.length === 0)
    return {
      check,
      ok: false,
      message: `NVIDIA’s driver finds ${what}.`,
      hint: 'Check that the GPU is there.',
    };
  if (version !== undefined && Number.parseInt(version, 10) < OLDEST_DRIVER)
    return {
      check,
      ok: false,
      message: `${what}: too old for CUDA 13.`,
      hint: `Install NVIDIA’s driver ${OLDEST_DRIVER} or newer.`,
    };
  return { check, ok: true, message: `${what}.`, hint: '' };
}

async function librariesFinding(
  { loader, libraryPath }: CudaSurroundings,
  runtime: Extract<CudaRuntime, { state: 'ready' }>,
): Promise<CudaFinding> {
  const check = 'CUDA libraries';
  const [, cuda] = PROVIDER_FILES;
  const { missing, found } = await libraryTree(
    join(runtime.provider, cuda),
    { ...loader, libraryPath: [...runtime.libraryPath, ...libraryPath] },
    OPENED_LATER,
  );
  if (missing.length === 0)
    return { check, ok: true, message: `All ${found.size} that the provider needs are there.`, hint: '' };
  const names = missing.map(({ name, neededBy }) => `${name} (${sourceOf(name)}, needed by ${neededBy})`);
  return { check, ok: false, message: `Missing: ${names.join(', ')}.`, hint: hintFor(missing) };
}

function sourceOf(name: string): string {
  if (name === 'libcuda.so.1') return 'NVIDIA’s driver';
  if (/^lib(cublas|cudart|cufft|curand|nv)/.test(name)) return 'CUDA 13';
  return name.startsWith('libcudnn') ? 'cuDNN 9 for CUDA 13' : 'the system';
}

function hintFor(missing: readonly MissingLibrary[]): string {
  const sources = new Set(missing.map(({ name }) => sourceOf(name)));
  const steps = [
    ...(sources.has('NVIDIA’s driver') ? ['install NVIDIA’s driver'] : []),
    ...(sources.has('CUDA 13') || sources.has('cuDNN 9 for CUDA 13')
      ? ['install the libraries with aloud cuda install, or name the folder that holds them (ALOUD_CUDA_DIR)']
      : []),
    ...(sources.has('the system') ? ['install the missing system libraries'] : []),
  ].join('; ');
  return `${steps.charAt(0).toUpperCase()}${steps.slice(1)}.`;
}
