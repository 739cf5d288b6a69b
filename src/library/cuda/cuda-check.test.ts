import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCuda, type CudaFinding } from './cuda-check.ts';
import { prepareCuda } from './cuda-runtime.ts';
import { readElfFile } from './elf-file.ts';
import { parseDriverVersion, parseSmi, readNvidiaDriver, type NvidiaDriver } from './nvidia-driver.ts';
import { cudaIn, providerIn, writeLibraries } from './testing/cuda-tree.ts';
import type { ElfMaking } from './testing/make-elf.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'aloud-cuda-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const DRIVER: NvidiaDriver = { version: '580.95.05', gpus: [{ name: 'NVIDIA L4', memoryMib: 23_034 }] };
const NO_DRIVER: NvidiaDriver = { version: undefined, gpus: [] };

/** The findings on a machine with these libraries in the folder `cuda` and in the system's. */
async function findings(
  libraries: Readonly<Record<string, ElfMaking>>,
  driver: NvidiaDriver = DRIVER,
): Promise<readonly CudaFinding[]> {
  await writeLibraries(root, libraries);
  return checkCuda({
    driver,
    runtime: await prepareCuda({
      named: [join(root, 'cuda')],
      usual: join(root, 'usual'),
      runtime: { version: '1.30.0', library: join(root, 'libonnxruntime.so.1') },
      cacheFolder: join(root, 'cache'),
    }),
    loader: { cache: new Map(), defaults: [join(root, 'system')], read: readElfFile },
    libraryPath: [],
  });
}

const WHOLE = {
  ...providerIn('cuda'),
  ...cudaIn('cuda'),
  'cuda/libcudnn.so.9': {},
  'system/libcuda.so.1': {},
};

function without(...names: readonly string[]): Readonly<Record<string, ElfMaking>> {
  return Object.fromEntries(Object.entries(WHOLE).filter(([path]) => !names.includes(path)));
}

describe('the check of CUDA', () => {
  it('tells the GPU, its memory, its driver, the provider and that nothing is missing', async () => {
    expect(await findings(WHOLE)).toEqual([
      { check: 'GPU', ok: true, message: 'NVIDIA L4 with 22.5 GiB, driver 580.95.05.', hint: '' },
      {
        check: 'CUDA provider',
        ok: true,
        message: `ONNX Runtime’s own, in ${join(root, 'cuda')}.`,
        hint: '',
      },
      { check: 'CUDA libraries', ok: true, message: 'All 7 that the provider needs are there.', hint: '' },
    ]);
  });

  it.each([
    ['cuda/libcudnn.so.9', 'libcudnn.so.9 (cuDNN 9 for CUDA 13, needed by libonnxruntime_providers_cuda.so)'],
    ['cuda/libcublas.so.13', 'libcublas.so.13 (CUDA 13, needed by libonnxruntime_providers_cuda.so)'],
    ['system/libcuda.so.1', 'libcuda.so.1 (NVIDIA’s driver, needed by libonnxruntime_providers_cuda.so)'],
  ])('names the one that is missing: %s', async (path, named) => {
    const [, , libraries] = await findings(without(path));
    expect(libraries).toMatchObject({ ok: false, message: `Missing: ${named}.` });
  });

  it('names all that are missing at once, and where each comes from', async () => {
    const [, , libraries] = await findings(without('cuda/libcudnn.so.9', 'system/libcuda.so.1'));
    expect(libraries?.message).toContain('libcuda.so.1');
    expect(libraries?.message).toContain('libcudnn.so.9');
    expect(libraries?.hint).toBe(
      'Install NVIDIA’s driver; install the libraries with aloud cuda install, or name the folder that holds them (ALOUD_CUDA_DIR).',
    );
  });

  it('names what a needed library needs in its turn', async () => {
    const [, , libraries] = await findings({ ...WHOLE, 'cuda/libcudnn.so.9': { needed: ['libz.so.1'] } });
    expect(libraries?.message).toBe('Missing: libz.so.1 (the system, needed by libcudnn.so.9).');
  });

  it('says what keeps the provider away where there is a GPU, and no more than that there is none where not', async () => {
    expect(await findings({})).toMatchObject([
      { check: 'GPU', ok: true },
      {
        check: 'CUDA provider',
        ok: false,
        message: `Voices cannot run on CUDA: there is no libonnxruntime_providers_cuda.so in ${join(root, 'cuda')}.`,
        hint: 'Install it with: aloud cuda install',
      },
    ]);
    expect(await findings({}, NO_DRIVER)).toEqual([
      { check: 'GPU', ok: true, message: 'There is no NVIDIA driver, so CUDA is not used.', hint: '' },
    ]);
  });

  it('says when the driver is too old or finds no GPU', async () => {
    const old = await findings(WHOLE, { ...DRIVER, version: '550.54.14' });
    expect(old[0]).toMatchObject({
      ok: false,
      message: expect.stringContaining('too old for CUDA 13') as string,
    });
    const none = await findings(WHOLE, { version: '580.95.05', gpus: [] });
    expect(none[0]).toMatchObject({ ok: false, message: 'NVIDIA’s driver finds no GPU, driver 580.95.05.' });
  });
});

describe('NVIDIA’s driver', () => {
  it('tells of itself through its command', async () => {
    expect(parseSmi('NVIDIA H100 80GB HBM3, 81559, 580.95.05\nNVIDIA T4, [N/A], 580.95.05\n')).toEqual({
      version: '580.95.05',
      gpus: [
        { name: 'NVIDIA H100 80GB HBM3', memoryMib: 81_559 },
        { name: 'NVIDIA T4', memoryMib: undefined },
      ],
    });
    expect(
      parseSmi('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'),
    ).toEqual({
      version: undefined,
      gpus: [],
    });
    const command = join(root, 'nvidia-smi');
    await writeFile(command, '#!/bin/sh\necho "NVIDIA L4, 23034, 580.95.05"\n');
    await chmod(command, 0o755);
    if (process.platform !== 'win32')
      expect(await readNvidiaDriver(join(root, 'proc'), command)).toEqual(DRIVER);
  });

  it('tells of itself in /proc where the command is not there', async () => {
    const proc = join(root, 'proc');
    await mkdir(join(proc, 'gpus', '0000:01:00.0'), { recursive: true });
    const line =
      'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build  (dvs-builder)  Tue Sep 23\nGCC version: gcc 12\n';
    await writeFile(join(proc, 'version'), line);
    await writeFile(
      join(proc, 'gpus', '0000:01:00.0', 'information'),
      'Model: \t\t NVIDIA L4\nIRQ:   \t\t 33\n',
    );
    expect(await readNvidiaDriver(proc, join(root, 'no-command'))).toEqual({
      version: '580.95.05',
      gpus: [{ name: 'NVIDIA L4', memoryMib: undefined }],
    });
    expect(parseDriverVersion('NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12')).toBe(
      '535.183.01',
    );
    expect(await readNvidiaDriver(join(root, 'none'), join(root, 'no-command'))).toEqual(NO_DRIVER);
  });
});
