import { mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from './atomic-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-atomic-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file written atomically', () => {
  it('is made with its folder, for its owner alone unless told otherwise', async () => {
    const path = join(folder, 'new', 'file.json');
    await writeFileAtomically(path, 'one');
    expect(await readFile(path, 'utf8')).toBe('one');
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('takes the place of the old one, bytes too, and leaves nothing beside it', async () => {
    const path = join(folder, 'file.bin');
    await writeFile(path, 'old');
    await writeFileAtomically(path, new Uint8Array([1, 2, 3]));
    expect([...(await readFile(path))]).toEqual([1, 2, 3]);
    expect(await readdir(folder)).toEqual(['file.bin']);
  });

  it('that cannot be put in place throws, and leaves what is there and nothing beside it', async () => {
    const path = join(folder, 'a-folder');
    await mkdir(join(path, 'inside'), { recursive: true });
    await expect(writeFileAtomically(path, 'no')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a-folder']);
  });

  it('is whole for whoever reads while it is written again and again', async () => {
    const path = join(folder, 'file.txt');
    const contents = ['a'.repeat(100_000), 'b'.repeat(50_000)] as const;
    await writeFileAtomically(path, contents[0]);
    const writing = (async () => {
      for (let i = 0; i < 30; i++) await writeFileAtomically(path, contents[i % 2 === 0 ? 1 : 0]);
    })();
    for (let i = 0; i < 60; i++) expect(contents).toContain(await readFile(path, 'utf8'));
    await writing;
  });
});
