import fc from 'fast-check';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readElf, readElfFile, type ElfFacts } from './elf-file.ts';
import { makeElf } from './testing/make-elf.ts';

const RUNTIME = join(
  dirname(createRequire(import.meta.url).resolve('onnxruntime-node')),
  '../bin/napi-v6/linux/x64',
);

const read = (bytes: Uint8Array): Promise<ElfFacts | undefined> =>
  readElf(async (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)));

describe('the facts of a library file', () => {
  it('are those of the runtime’s own files', async () => {
    expect(await readElfFile(join(RUNTIME, 'libonnxruntime.so.1'))).toMatchObject({
      soname: 'libonnxruntime.so.1',
      runpath: ['$ORIGIN'],
      rpath: [],
      machine: 62,
    });
    expect((await readElfFile(join(RUNTIME, 'onnxruntime_binding.node')))?.needed).toEqual([
      'libonnxruntime.so.1',
      'libstdc++.so.6',
      'libm.so.6',
      'libgcc_s.so.1',
      'libc.so.6',
    ]);
    expect(await readElfFile(join(RUNTIME, '../arm64/libonnxruntime.so.1'))).toMatchObject({ machine: 183 });
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9_.+-]{0,30}$/);
  const folders = fc.array(fc.stringMatching(/^(\$ORIGIN)?(\/[a-z0-9.]{1,8}){1,3}$/), { minLength: 1 });

  it('come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.uniqueArray(name),
        folders,
        folders,
        async (soname, needed, rpath, runpath) => {
          const bytes = makeElf({ soname, needed, rpath: rpath.join(':'), runpath: runpath.join(':') });
          expect(await read(bytes)).toEqual({ soname, needed, rpath, runpath, machine: 62 });
        },
      ),
    );
  });

  it('are none of a file that is no library, is cut short, or has bytes of its own will', async () => {
    expect(await readElfFile('/nowhere/libx.so')).toBeUndefined();
    expect(await readElfFile(import.meta.filename)).toBeUndefined();
    const whole = makeElf({ soname: 'libx.so', needed: ['liby.so'] });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        async (length, changes) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          await read(bytes.subarray(0, length));
          await read(bytes);
        },
      ),
    );
  });
});
