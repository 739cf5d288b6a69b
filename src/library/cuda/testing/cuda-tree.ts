/** Folders with files of CUDA as the loader sees them: each a library without code. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PROVIDER_FILES } from '../cuda-folder.ts';
import { makeElf, type ElfMaking } from './make-elf.ts';

/** Writes libraries at paths below `root`. */
export async function writeLibraries(
  root: string,
  libraries: Readonly<Record<string, ElfMaking>>,
): Promise<void> {
  for (const [path, making] of Object.entries(libraries)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), makeElf(making));
  }
}

/** A provider as version 1.30 has it, below `folder`. */
export function providerIn(folder: string, version = '1.30.0'): Readonly<Record<string, ElfMaking>> {
  const [shared, cuda] = PROVIDER_FILES;
  return {
    [join(folder, shared)]: { soname: shared },
    [join(folder, cuda)]: {
      text: version,
      needed: ['libcublasLt.so.13', 'libcublas.so.13', 'libcurand.so.10', 'libcudart.so.13', 'libcuda.so.1'],
    },
  };
}

/** CUDA's libraries below `folder`, without the driver's. */
export function cudaIn(folder: string): Readonly<Record<string, ElfMaking>> {
  const names = ['libcublasLt.so.13', 'libcurand.so.10', 'libcudart.so.13', 'libcufft.so.12'];
  return {
    ...Object.fromEntries(names.map((name) => [join(folder, name), {}])),
    [join(folder, 'libcublas.so.13')]: { needed: ['libcublasLt.so.13'] },
  };
}
