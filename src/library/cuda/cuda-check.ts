/**
 * Looks at all that a voice needs to run on CUDA: the GPU and its driver, ONNX Runtime's provider, and each library that
 * the provider needs, down to the last. Opens nothing of it: what is missing would only fail one at a time.
 */
import { join } from 'node:path';
import { PROVIDER_FILES } from './cuda-folder.ts';
import type { CudaRuntime } from './cuda-runtime.ts';
import { libraryTree, type LoaderPlaces, type MissingLibrary } from './library-tree.ts';
import type { NvidiaDriver } from './nvidia-driver.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

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
        check: FINDINGS.cuda.provider,
        ok: false,
        message: FINDINGS.cuda.unusable(runtime.problem),
        hint: FINDINGS.cuda.install,
      },
    ];
  }
  return [
    gpu,
    { check: FINDINGS.cuda.provider, ok: true, message: FINDINGS.cuda.own(runtime.provider), hint: '' },
    await librariesFinding(around, runtime),
  ];
}

function gpuFinding({ gpus, version }: NvidiaDriver): CudaFinding {
  const check = 'GPU';
  if (version === undefined && gpus.length === 0)
    return { check, ok: true, message: FINDINGS.cuda.noDriver, hint: '' };
  const names = gpus.map(({ name, memoryMib }) =>
    memoryMib === undefined ? name : FINDINGS.cuda.gpuWith(name, (memoryMib / 1024).toFixed(1)),
  );
  const what = FINDINGS.cuda.gpus(names.join(', '), version);
  if (gpus.length === 0)
    return {
      check,
      ok: false,
      message: FINDINGS.cuda.driverFinds(what),
      hint: FINDINGS.cuda.checkGpu,
    };
  if (version !== undefined && Number.parseInt(version, 10) < OLDEST_DRIVER)
    return {
      check,
      ok: false,
      message: FINDINGS.cuda.tooOld(what),
      hint: FINDINGS.cuda.newerDriver(OLDEST_DRIVER),
    };
  return { check, ok: true, message: `${what}.`, hint: '' };
}

async function librariesFinding(
  { loader, libraryPath }: CudaSurroundings,
  runtime: Extract<CudaRuntime, { state: 'ready' }>,
): Promise<CudaFinding> {
  const check = FINDINGS.cuda.libraries;
  const [, cuda] = PROVIDER_FILES;
  const { missing, found } = await libraryTree(
    join(runtime.provider, cuda),
    { ...loader, libraryPath: [...runtime.libraryPath, ...libraryPath] },
    OPENED_LATER,
  );
  if (missing.length === 0) return { check, ok: true, message: FINDINGS.cuda.allThere(found.size), hint: '' };
  const names = missing.map(({ name, neededBy }) =>
    FINDINGS.cuda.neededBy(name, FINDINGS.cuda.sources[sourceOf(name)], neededBy),
  );
  return { check, ok: false, message: FINDINGS.cuda.missing(names.join(', ')), hint: hintFor(missing) };
}

/** Whose a library is. */
type Source = 'driver' | 'cuda' | 'cudnn' | 'system';

function sourceOf(name: string): Source {
  if (name === 'libcuda.so.1') return 'driver';
  if (/^lib(cublas|cudart|cufft|curand|nv)/.test(name)) return 'cuda';
  return name.startsWith('libcudnn') ? 'cudnn' : 'system';
}

function hintFor(missing: readonly MissingLibrary[]): string {
  const sources = new Set(missing.map(({ name }) => sourceOf(name)));
  const steps = [
    ...(sources.has('driver') ? [FINDINGS.cuda.installDriver] : []),
    ...(sources.has('cuda') || sources.has('cudnn') ? [FINDINGS.cuda.installLibraries] : []),
    ...(sources.has('system') ? [FINDINGS.cuda.installSystemLibraries] : []),
  ].join('; ');
  return `${steps.charAt(0).toUpperCase()}${steps.slice(1)}.`;
}
