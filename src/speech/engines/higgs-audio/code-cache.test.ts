import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_ENTRIES, openCodeCache, type CodeCache } from './code-cache.ts';

const FRAMES = [
  [1, 2, 3],
  [4, 1023, 0],
];

let folder: string;
let cache: CodeCache;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'aloud-codes-')), 'codes');
  cache = openCodeCache(folder, { codebooks: 3, bos: 1024 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the codes of references on disk', () => {
  it('are what was put there, also for another process', async () => {
    expect(await cache.get('a')).toBeUndefined();
    await cache.put('a', FRAMES);
    expect(await openCodeCache(folder, { codebooks: 3, bos: 1024 }).get('a')).toEqual(FRAMES);
    expect(await cache.get('b')).toBeUndefined();
  });

  it('that are cut off, or hold what is no code, are as good as none', async () => {
    await cache.put('a', FRAMES);
    await writeFile(join(folder, 'a.codes'), Buffer.alloc(11));
    expect(await cache.get('a')).toBeUndefined();
    await writeFile(join(folder, 'a.codes'), Buffer.alloc(12, 0xff));
    expect(await cache.get('a')).toBeUndefined();
  });

  it('are bounded in number; what was used last stays', async () => {
    await mkdir(folder);
    const bytes = Buffer.alloc(6);
    for (let at = 0; at < MOST_ENTRIES; at++) {
      const path = join(folder, `old${at}.codes`);
      await writeFile(path, bytes);
      await utimes(path, at + 1, at + 1);
    }
    await cache.get('old0');
    await cache.put('new', FRAMES);
    expect(await readdir(folder)).toHaveLength(MOST_ENTRIES);
    expect(await cache.get('old0')).toBeDefined();
    expect(await cache.get('old1')).toBeUndefined();
    expect(await cache.get('new')).toEqual(FRAMES);
  });

  it('cost nothing but time where they cannot be written', async () => {
    await writeFile(folder, 'a file where the folder should be');
    await expect(cache.put('a', FRAMES)).resolves.toBeUndefined();
    expect(await cache.get('a')).toBeUndefined();
  });
});
