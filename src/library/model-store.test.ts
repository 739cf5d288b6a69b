import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelStore, type ModelStore } from './model-store.ts';
import type { CatalogFile } from './catalog.ts';
import { modelFolders } from './paths.ts';
import { bytesOf, fileOf, modelOf } from './testing/catalog-entry.ts';
import { startModelServer, type Fault, type ModelServer } from './testing/model-server.ts';

const FIRST = bytesOf(2_000, 1);
const SECOND = bytesOf(3_000, 2);

let server: ModelServer;
let home: string;
let readOnly: string;
let own: string;
let store: ModelStore;
let files: CatalogFile[];

beforeEach(async () => {
  server = await startModelServer();
  home = await mkdtemp(join(tmpdir(), 'aloud-store-'));
  readOnly = join(home, 'shared');
  own = join(home, 'data', 'aloud', 'models');
  await mkdir(readOnly);
  files = [
    fileOf('a.bin', FIRST, [{ type: 'url', url: server.serve(FIRST) }]),
    fileOf('b.bin', SECOND, [{ type: 'url', url: server.serve(SECOND) }]),
  ];
  await chmod(readOnly, 0o555);
  const env = { ALOUD_MODELS_DIR: readOnly, XDG_DATA_HOME: join(home, 'data') };
  openStore = (wanted) =>
    modelStore(
      { version: 1, models: [modelOf(FIRST, [], { files: wanted })] },
      modelFolders({ env, home, platform: 'linux' }),
    );
  store = openStore(files);
});

let openStore: (files: CatalogFile[]) => ModelStore;

afterEach(async () => {
  await server.close();
  await chmod(readOnly, 0o755);
  await rm(home, { recursive: true });
});

async function place(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await chmod(readOnly, 0o755);
  const target = join(folder, 'small-model');
  await mkdir(target, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(target, name), content);
  await chmod(readOnly, 0o555);
}

describe('the state of a model', () => {
  it('is missing when no folder holds anything of it', async () => {
    expect(await store.modelState('small-model')).toBe('missing');
    await expect(store.locateModel('small-model')).rejects.toMatchObject({
      error: {
        code: 'model-missing',
        message: 'The small model is not installed.',
        hint: 'Install it with: aloud models install small-model',
      },
    });
  });

  it('is missing while it is only partly downloaded', async () => {
    await place(own, { 'a.bin.part': FIRST });
    expect(await store.modelState('small-model')).toBe('missing');
  });

  it.each([
    ['a file is too short', { 'a.bin': FIRST.subarray(1), 'b.bin': SECOND }],
    ['a file is absent', { 'a.bin': FIRST }],
  ])('is damaged when %s', async (_, files) => {
    await place(own, files);
    expect(await store.modelState('small-model')).toBe('damaged');
    await expect(store.locateModel('small-model')).rejects.toMatchObject({
      error: { code: 'model-damaged' },
    });
  });

  it('is installed when all files have their sizes; other bytes show only when they are verified', async () => {
    await place(own, { 'a.bin': FIRST, 'b.bin': bytesOf(SECOND.length, 7) });
    expect(await store.modelState('small-model')).toBe('installed');
    await expect(store.verifyModel('small-model')).rejects.toMatchObject({
      error: { code: 'model-damaged' },
    });
  });

  it('of an unknown id is a failure that names the known ones', async () => {
    await expect(store.modelState('other')).rejects.toMatchObject({
      error: { code: 'model-unknown', hint: 'The models are: small-model.' },
    });
  });
});

describe('a read-only folder of models', () => {
  it('is used for what it holds', async () => {
    await place(readOnly, { 'a.bin': FIRST, 'b.bin': SECOND });
    const folder = join(readOnly, 'small-model');
    expect(await store.verifyModel('small-model')).toEqual({
      folder,
      files: [join(folder, 'a.bin'), join(folder, 'b.bin')],
    });
  });

  it('does not hide a whole model in the data folder by a damaged one', async () => {
    await place(readOnly, { 'a.bin': FIRST });
    await place(own, { 'a.bin': FIRST, 'b.bin': SECOND });
    expect((await store.locateModel('small-model')).folder).toBe(join(own, 'small-model'));
  });

  it('is left as it is by an install, which goes to the data folder', async () => {
    const installed = await store.install('small-model');
    expect(installed.folder).toBe(join(own, 'small-model'));
    expect(await store.verifyModel('small-model')).toEqual(installed);
  });
});

describe('the list', () => {
  it('tells size, state and folder of each model', async () => {
    const [before] = await store.list();
    expect(before).toMatchObject({
      id: 'small-model',
      size: 5_000,
      state: 'missing',
      folder: join(own, 'small-model'),
    });
    await store.install('small-model');
    const [after] = await store.list();
    expect(after).toMatchObject({ state: 'installed', folder: join(own, 'small-model') });
  });
});

describe('a model of an older catalog', () => {
  const NEWER = bytesOf(2_500, 9);
  const newer = (name: string, fault?: Fault): CatalogFile[] => [
    fileOf(name, NEWER, [{ type: 'url', url: server.serve(NEWER, fault) }]),
    ...files.slice(1),
  ];
  beforeEach(() => store.install('small-model'));

  it('is outdated and not damaged, stays in use, and an install brings the newer files', async () => {
    const later = openStore(newer('a.bin'));
    expect(await later.modelState('small-model')).toBe('outdated');
    expect((await later.locateModel('small-model')).folder).toBe(join(own, 'small-model'));
    await later.install('small-model');
    expect(await later.modelState('small-model')).toBe('installed');
    await later.verifyModel('small-model');
  });

  it('is outdated also where the newer file has the same size', async () => {
    const same = bytesOf(FIRST.length, 5);
    const later = openStore([
      fileOf('a.bin', same, [{ type: 'url', url: server.serve(same) }]),
      ...files.slice(1),
    ]);
    expect(await later.modelState('small-model')).toBe('outdated');
    await later.install('small-model');
    expect(await readFile(join(own, 'small-model', 'a.bin'))).toEqual(same);
  });

  it('stays whole while its update fails half-way', async () => {
    const later = openStore([
      ...newer('a.bin'),
      fileOf('c.bin', SECOND, [{ type: 'url', url: server.serve(SECOND, { type: 'status', status: 503 }) }]),
    ]);
    await expect(later.install('small-model')).rejects.toMatchObject({ error: { code: 'download-failed' } });
    expect(await readFile(join(own, 'small-model', 'a.bin'))).toEqual(FIRST);
    await store.verifyModel('small-model');
  });

  it('that lacks a file of the newer one says that it must be updated; its old file goes with the update', async () => {
    const later = openStore(newer('z.bin'));
    await expect(later.locateModel('small-model')).rejects.toMatchObject({
      error: { code: 'model-mismatch' },
    });
    await later.install('small-model');
    expect(await readdir(join(own, 'small-model'))).toEqual(['b.bin', 'installed.json', 'z.bin']);
  });
});

describe('what an interrupted install has received', () => {
  const interrupted = (): CatalogFile[] => [
    fileOf('a.bin', FIRST, [{ type: 'url', url: server.serve(FIRST) }]),
    fileOf('b.bin', SECOND, [
      { type: 'url', url: server.serve(SECOND.subarray(0, 700), { type: 'short-chunked', size: 700 }) },
    ]),
  ];

  it('is counted, and gone when it is discarded', async () => {
    const broken = openStore(interrupted());
    await expect(broken.install('small-model')).rejects.toMatchObject({ error: { code: 'download-failed' } });
    const kept = (await broken.list())[0]?.kept;
    expect(kept).toBe(FIRST.length + 700);
    await broken.discard('small-model');
    expect((await broken.list())[0]).toMatchObject({ kept: 0, state: 'missing' });
    expect(await readdir(own)).toEqual([]);
  });

  it('stays where the model is whole apart from it', async () => {
    await store.install('small-model');
    await store.discard('small-model');
    expect(await store.modelState('small-model')).toBe('installed');
  });
});

describe('removing a model', () => {
  it('deletes its folder, and what an earlier removal left', async () => {
    await store.install('small-model');
    await mkdir(join(own, '.removed-other'));
    await store.remove('small-model');
    expect(await readdir(own)).toEqual([]);
    expect(await store.modelState('small-model')).toBe('missing');
    await store.remove('small-model');
  });

  it('is refused where the folder is read-only, and nothing is touched', async () => {
    await place(readOnly, { 'a.bin': FIRST, 'b.bin': SECOND });
    expect((await store.list())[0]).toMatchObject({ isRemovable: false });
    await expect(store.remove('small-model')).rejects.toMatchObject({ error: { code: 'file-unwritable' } });
    expect((await stat(join(readOnly, 'small-model', 'a.bin'))).size).toBe(FIRST.length);
  });
});
