/**
 * Installs CUDA for ONNX Runtime from PyPI, with the person's own pip, into a folder of its own: the provider in the runtime's
 * very version, and NVIDIA's libraries. Nothing is installed but finished wheels, and nothing in them is run.
 */
import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { failWriting } from '../download-failures.ts';
import { PYTHON_COMMANDS } from '../pip-download.ts';

/**
 * Wheels with NVIDIA's libraries, of the releases that the provider's own package asks for (extras `cuda` and `cudnn` of
 * onnxruntime-gpu 1.30.0, and cuBLAS, which it needs too). NVIDIA's licence for CUDA and cuDNN holds for them.
 */
const NVIDIA_WHEELS = [
  'nvidia-cublas~=13.0',
  'nvidia-cuda-runtime~=13.0',
  'nvidia-cuda-nvrtc~=13.0',
  'nvidia-cufft~=12.0',
  'nvidia-curand~=10.0',
  'nvidia-cudnn-cu13~=9.0',
] as const;

/** The wheels for a version of the runtime. */
export function cudaWheels(runtimeVersion: string): readonly string[] {
  return [`onnxruntime-gpu==${runtimeVersion}`, ...NVIDIA_WHEELS];
}

export interface CudaInstall {
  /** Absolute; what is in it is replaced when everything has come. */
  readonly folder: string;
  readonly runtimeVersion: string;
  readonly python?: readonly string[];
  readonly signal: AbortSignal;
}

/** Python whose wheels are taken: the provider in them is the same library for each, and pip may be of an older one. */
const WHEEL_TAGS = ['--python-version', '3.11', '--implementation', 'cp'];

/** Platforms of the wheels, the newest first: pip takes those that are named, and no others. */
const PLATFORMS = ['2_28', '2_27', '2_17', '2_12'].map((glibc) => `manylinux_${glibc}_x86_64`);

/**
 * Installs it. pip's progress goes to this program's stderr. Throws `AppFailure`: `download-failed`, `file-unwritable` or
 * `disk-full`, `cancelled`; what was there before stays then.
 */
export async function installCuda(install: CudaInstall): Promise<void> {
  const { folder, runtimeVersion, signal, python = PYTHON_COMMANDS } = install;
  const fresh = `${folder}.installing`;
  // Where pip unpacks: the system's own folder for such files often lies in memory, and 6 GB do not fit.
  const scratch = `${folder}.unpacking`;
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    await mkdir(scratch, { recursive: true });
  } catch (thrown) {
    failWriting(thrown, fresh);
  }
  const words = [
    ...['-m', 'pip', 'install', '--target', fresh, '--no-deps', '--only-binary', ':all:', '--no-compile'],
    ...['--disable-pip-version-check', '--no-input', ...WHEEL_TAGS],
    ...PLATFORMS.flatMap((platform) => ['--platform', platform]),
    ...cudaWheels(runtimeVersion),
  ];
  try {
    await runPip(python, words, scratch, signal);
    await putInPlace(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Renames the new folder into the place of the old one, which stays when that fails. Throws `file-unwritable` or `disk-full`. */
async function putInPlace(fresh: string, folder: string): Promise<void> {
  const old = `${folder}.old`;
  try {
    await rm(old, { recursive: true, force: true });
    const had = await rename(folder, old).then(
      () => true,
      (thrown: unknown) => {
        if (hasCode(thrown, 'ENOENT')) return false;
        throw thrown;
      },
    );
    try {
      await rename(fresh, folder);
    } catch (thrown) {
      if (had) await rename(old, folder);
      throw thrown;
    }
  } catch (thrown) {
    failWriting(thrown, folder);
  }
  // What cannot be deleted now is deleted by the next installation.
  await rm(old, { recursive: true, force: true }).catch(() => undefined);
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

async function runPip(
  commands: readonly string[],
  words: readonly string[],
  scratch: string,
  signal: AbortSignal,
): Promise<void> {
  for (const command of commands) {
    const env = { ...process.env, TMPDIR: scratch };
    const code = await new Promise<number | null | Error>((resolve) => {
      const child = spawn(command, words, { stdio: ['ignore', 2, 2], signal, env });
      child.once('error', resolve);
      child.once('close', resolve);
    });
    if (signal.aborted) fail('cancelled', 'model', FAILURES.cuda.stopped);
    if (code === 0) return;
    if (code instanceof Error) {
      if (hasCode(code, 'ENOENT')) continue;
      fail('download-failed', 'model', FAILURES.cuda.notStarted(command, code.message));
    }
    fail('download-failed', 'model', FAILURES.cuda.pipFailed, { retryable: true });
  }
  fail('download-failed', 'model', FAILURES.cuda.noPip);
}
