import { mkdir, mkdtemp, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookForCuda } from './cuda-folder.ts';
import { loaderPath, prepareCuda, type CudaRuntime } from './cuda-runtime.ts';
import { isOfVersion } from './provider-version.ts';
import { readElfFile } from './elf-file.ts';
import { runtimeFiles } from './runtime-files.ts';
import { cudaIn, providerIn, writeLibraries } from './testing/cuda-tree.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'aloud-cuda-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const prepare = (folders: readonly string[]): Promise<CudaRuntime> =>
  prepareCuda({
    named: folders.map((folder) => join(root, folder)),
    usual: join(root, 'usual'),
    runtime: { version: '1.30.0', library: join(root, 'runtime', 'libonnxruntime.so.1') },
    cacheFolder: join(root, 'cache'),
  });

describe('a folder with CUDA in it', () => {
  it.each([
    ['a plain folder', 'cuda', 'cuda', 'cuda'],
    ['a toolkit with the provider beside it', 'cuda', '', 'targets/x86_64-linux/lib'],
    [
      'an environment of Python',
      'venv',
      'lib/python3.12/site-packages/onnxruntime/capi',
      'lib/python3.12/site-packages/nvidia/cu13/lib',
    ],
    ['its packages', 'site-packages', 'onnxruntime/capi', 'nvidia/cu13/lib'],
  ])('may be %s', async (_, folder, provider, libraries) => {
    const inside = (place: string): string => join(folder, place === folder ? '' : place);
    await writeLibraries(root, { ...providerIn(inside(provider)), ...cudaIn(inside(libraries)) });
    expect(await lookForCuda(join(root, folder))).toEqual({
      provider: join(root, inside(provider)),
      libraries: [join(root, inside(libraries))],
    });
  });

  it('has nothing when it is not there, or holds half of a provider', async () => {
    expect(await lookForCuda(join(root, 'nowhere'))).toEqual({ provider: undefined, libraries: [] });
    await writeLibraries(root, { 'half/libonnxruntime_providers_cuda.so': {} });
    expect((await lookForCuda(join(root, 'half'))).provider).toBeUndefined();
  });
});

describe('CUDA for the runtime', () => {
  it('is a folder with the runtime’s library beside the provider, first in the loader’s path', async () => {
    await writeLibraries(root, { ...providerIn('cuda/onnxruntime/capi'), ...cudaIn('toolkit/lib64') });
    const ready = await prepare(['cuda', 'toolkit']);
    if (ready.state !== 'ready') throw new Error(ready.problem);
    const [links = '', ...more] = ready.libraryPath;
    expect(await readlink(join(links, 'libonnxruntime.so.1'))).toBe(
      join(root, 'runtime/libonnxruntime.so.1'),
    );
    expect(await readlink(join(links, 'libonnxruntime_providers_cuda.so'))).toBe(
      join(root, 'cuda/onnxruntime/capi/libonnxruntime_providers_cuda.so'),
    );
    expect(more).toEqual([join(root, 'toolkit/lib64')]);
    expect(loaderPath(ready, '/opt/lib:')).toBe(`${links}:${more.join('')}:/opt/lib`);
    expect(loaderPath(ready)).toBe(`${links}:${more.join('')}`);
    expect(await prepare(['cuda', 'toolkit'])).toEqual(ready);
  });

  it('comes from the usual folder where the named one lacks it', async () => {
    await writeLibraries(root, { ...cudaIn('toolkit/lib64'), ...providerIn('usual/onnxruntime/capi') });
    const ready = await prepare(['toolkit']);
    expect(ready).toMatchObject({ state: 'ready', provider: join(root, 'usual/onnxruntime/capi') });
    expect(ready.state === 'ready' && ready.libraryPath.slice(1)).toEqual([join(root, 'toolkit/lib64')]);
  });

  it('has a folder of links for each provider, so that two programs do not change each other’s', async () => {
    await writeLibraries(root, { ...providerIn('one'), ...providerIn('two') });
    const [one, two] = [await prepare(['one']), await prepare(['two'])];
    if (one.state !== 'ready' || two.state !== 'ready') throw new Error('not ready');
    expect(one.libraryPath[0]).not.toBe(two.libraryPath[0]);
  });

  it('takes the place of links that lead elsewhere', async () => {
    await writeLibraries(root, providerIn('cuda'));
    const first = await prepare(['cuda']);
    if (first.state !== 'ready') throw new Error(first.problem);
    const link = join(first.libraryPath[0] ?? '', 'libonnxruntime.so.1');
    await rm(link);
    await writeFile(link, 'an older copy');
    expect(await prepare(['cuda'])).toEqual(first);
    expect(await readlink(link)).toBe(join(root, 'runtime/libonnxruntime.so.1'));
  });

  it('is not there, and says why, without a provider, with one of another version, or where nothing can be written', async () => {
    expect(await prepare([])).toEqual({
      state: 'unusable',
      problem: 'ONNX Runtime’s CUDA provider is not installed',
    });
    await mkdir(join(root, 'empty'));
    expect(await prepare(['empty'])).toEqual({
      state: 'unusable',
      problem: `there is no libonnxruntime_providers_cuda.so in ${join(root, 'empty')}`,
    });
    await writeLibraries(root, providerIn('older', '1.29.0'));
    expect(await prepare(['older'])).toEqual({
      state: 'unusable',
      problem: `${join(root, 'older/libonnxruntime_providers_cuda.so')} is not of ONNX Runtime 1.30.0, which Aloud uses`,
    });
    await writeLibraries(root, providerIn('cuda'));
    await writeFile(join(root, 'cache'), 'a file');
    expect(await prepare(['cuda'])).toMatchObject({
      state: 'unusable',
      problem: expect.stringContaining('cannot be made') as string,
    });
    await rm(join(root, 'cache'));
    await writeLibraries(root, { ...providerIn('a:b'), ...cudaIn('a:b') });
    expect(await prepare(['a:b'])).toMatchObject({ problem: expect.stringContaining('colon') as string });
  });
});

describe('the version of a provider', () => {
  it('is found wherever it stands, and only as a text of its own', async () => {
    const path = join(root, 'lib.so');
    const at = async (before: number, text: string): Promise<boolean> => {
      await writeFile(path, Buffer.concat([Buffer.alloc(before, 65), Buffer.from(text)]));
      return isOfVersion(path, '1.30.0');
    };
    for (const before of [0, 100, (1 << 20) - 4, 1 << 20, (1 << 21) - 7])
      expect(await at(before, '\x001.30.0\0')).toBe(true);
    expect(await at(10, '1.30.0\0')).toBe(false);
    expect(await at(10, '\x001.30.01\0')).toBe(false);
    expect(await isOfVersion(join(root, 'nowhere'), '1.30.0')).toBe(false);
  });
});

it('goes with the runtime that is installed', async () => {
  const { version, library } = runtimeFiles();
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await isOfVersion(library, version)).toBe(true);
  expect((await readElfFile(library))?.soname).toBe('libonnxruntime.so.1');
});
