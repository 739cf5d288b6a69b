import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INPUTS, sourcesHash } from './built-app.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aloud-sources-'));
  for (const path of [...INPUTS, 'src/a.ts']) await write(path, 'first');
});

afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('a built app is out of date when', () => {
  it.each([
    ['a source changes', () => write('src/a.ts', 'other')],
    ['a source comes', () => write('src/deep/b.ts', '')],
    ['a source goes', () => rm(join(root, 'src/a.ts'))],
    ['a source is renamed', () => rename(join(root, 'src/a.ts'), join(root, 'src/b.ts'))],
    ['a dependency changes', () => write('package-lock.json', 'other')],
    ['the icon changes', () => write('build/icons/icon-art.ts', 'other')],
    ['the build is set up otherwise', () => write('electron.vite.config.ts', 'other')],
  ])('%s', async (_, change) => {
    const before = sourcesHash(root);
    await change();
    expect(sourcesHash(root)).not.toBe(before);
  });
});

describe('a built app stays current when', () => {
  it.each([
    ['nothing changes but a time', () => write('src/a.ts', 'first')],
    ['a test changes', () => write('src/a.test.ts', 'other')],
    ['a fake of the tests changes', () => write('src/testing/fake.ts', 'other')],
    ['something beside the sources changes', () => write('README.md', 'other')],
  ])('%s', async (_, change) => {
    const before = sourcesHash(root);
    await change();
    expect(sourcesHash(root)).toBe(before);
  });
});
