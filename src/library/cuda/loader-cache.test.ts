import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLoaderCache } from './loader-cache.ts';

/** The list as `ldconfig` writes it. */
function cacheOf(entries: readonly (readonly [string, string])[], before = ''): Buffer {
  const head = Buffer.alloc(48 + entries.length * 24);
  head.write('glibc-ld.so.cache1.1', 'latin1');
  head.writeUInt32LE(entries.length, 20);
  let names = '';
  entries.forEach(([name, path], index) => {
    const at = 48 + index * 24;
    head.writeUInt32LE(head.length + names.length, at + 4);
    head.writeUInt32LE(head.length + names.length + name.length + 1, at + 8);
    names += `${name}\0${path}\0`;
  });
  return Buffer.concat([Buffer.from(before), head, Buffer.from(names)]);
}

it('gives each library of the system its path, the first where there are several', () => {
  const list = cacheOf([
    ['libcuda.so.1', '/lib/x86_64-linux-gnu/libcuda.so.1'],
    ['libcuda.so.1', '/lib/i386-linux-gnu/libcuda.so.1'],
    ['libm.so.6', '/lib/x86_64-linux-gnu/libm.so.6'],
  ]);
  const wanted = new Map([
    ['libcuda.so.1', '/lib/x86_64-linux-gnu/libcuda.so.1'],
    ['libm.so.6', '/lib/x86_64-linux-gnu/libm.so.6'],
  ]);
  expect(parseLoaderCache(list)).toEqual(wanted);
});

it('is found behind the list of older loaders', () => {
  expect(parseLoaderCache(cacheOf([['a.so', '/a.so']], 'ld.so-1.7.0 and more '))).toEqual(
    new Map([['a.so', '/a.so']]),
  );
});

it('is empty, and no failure, for what is no such list', () => {
  expect(parseLoaderCache(new Uint8Array()).size).toBe(0);
  const whole = cacheOf([['a.so', '/a.so']]);
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, value) => {
      const bytes = Uint8Array.from(whole);
      bytes[at] = value;
      parseLoaderCache(bytes.subarray(0, length));
    }),
  );
});
