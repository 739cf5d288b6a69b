import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAppFile } from './app-file.ts';

let outer: string;
let folder: string;

beforeAll(async () => {
  outer = await realpath(await mkdtemp(join(tmpdir(), 'aloud-page-')));
  folder = join(outer, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await mkdir(join(outer, 'renderer-of-others'));
  await writeFile(join(folder, 'index.html'), 'page');
  await writeFile(join(folder, 'assets', 'a.js'), 'script');
  await writeFile(join(outer, 'secret'), 'secret');
  await writeFile(join(outer, 'renderer-of-others', 'a.js'), 'other');
  await symlink(join(outer, 'secret'), join(folder, 'link'));
});
afterAll(() => rm(outer, { recursive: true }));

describe('an address of the page', () => {
  it.each([
    ['app://aloud/', 'index.html'],
    ['app://aloud/index.html?x=1#y', 'index.html'],
    ['app://aloud/assets/a.js', 'assets/a.js'],
    ['app://aloud/assets/../index.html', 'index.html'],
  ])('%s is a file of its folder', async (url, file) => {
    expect(await resolveAppFile(folder, url)).toBe(join(folder, file));
  });

  it.each([
    'app://aloud/../secret',
    'app://aloud/%2e%2e/secret',
    'app://aloud/%2e%2e%2fsecret',
    'app://aloud/assets/..%2f..%2fsecret',
    'app://aloud/..%2frenderer-of-others/a.js',
    'app://aloud/link',
    'app://aloud/missing.js',
    'app://aloud/%00',
    'app://aloud/%E0%A4%A',
    'app://elsewhere/index.html',
    'app://aloud:1/index.html',
  ])('%s leads nowhere', async (url) => {
    expect(await resolveAppFile(folder, url)).toBeUndefined();
  });
});
