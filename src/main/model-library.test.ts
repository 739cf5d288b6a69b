import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstallTask, ModelEntry } from '../common/model.ts';
import type { WindowNotice } from '../common/ports/bridge.ts';
import type { CatalogFile } from '../library/catalog.ts';
import { modelStore } from '../library/model-store.ts';
import { bytesOf, fileOf, modelOf } from '../library/testing/catalog-entry.ts';
import { startModelServer, type Fault, type ModelServer } from '../library/testing/model-server.ts';
import { ModelLibrary } from './model-library.ts';

const CONTENT = bytesOf(400_000);
const TIMING = { connectMs: 400, stallMs: 400, retryWaitMs: 1 };

let server: ModelServer;
let folder: string;
let files: CatalogFile[];
let notices: WindowNotice[];
let changed: string[];
let freeBytes: number;
let library: ModelLibrary;
beforeEach(async () => {
  server = await startModelServer();
  folder = await mkdtemp(join(tmpdir(), 'aloud-model-library-'));
  notices = [];
  changed = [];
  freeBytes = 1e12;
  files = filesWith({ type: 'none' });
  library = newLibrary();
});
afterEach(async () => {
  library.stop();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const filesWith = (fault: Fault): CatalogFile[] => [
  fileOf('weights.bin', CONTENT, [{ type: 'url', url: server.serve(CONTENT, fault) }]),
];

function newLibrary(use: ModelEntry['use'] = 'none'): ModelLibrary {
  const folders = { lookup: [folder], install: folder };
  return new ModelLibrary({
    store: () =>
      Promise.resolve(modelStore({ version: 1, models: [modelOf(CONTENT, [], { files })] }, folders)),
    folders: () => folders,
    useOf: () => use,
    onChanged: (id) => changed.push(id),
    notify: (notice) => notices.push(notice),
    install: { timing: TIMING, freeBytes: () => Promise.resolve(freeBytes) },
  });
}

async function entry(): Promise<ModelEntry> {
  const shelf = await library.shelf();
  const model = shelf.ok ? shelf.value.models.find(({ id }) => id === 'small-model') : undefined;
  if (model === undefined) throw new Error('The model is not on the shelf.');
  return model;
}

const tasks = (): (InstallTask | undefined)[] =>
  notices.flatMap((notice) => (notice.type === 'model-task' ? [notice.task] : []));

const reaches = (state: InstallTask['state'] | undefined): Promise<void> =>
  vi.waitFor(() => expect(tasks().at(-1)?.state).toBe(state), { timeout: 5_000 });

describe('an install', () => {
  it('tells how it goes, ends without a task, and the model is there', async () => {
    expect(await library.install('small-model')).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(changed).toEqual(['small-model']));
    expect(tasks()[0]).toMatchObject({ state: 'running', received: 0, total: CONTENT.length });
    expect(tasks().at(-1)).toBeUndefined();
    expect(notices.at(-1)).toEqual({ type: 'models-changed' });
    expect(await entry()).toMatchObject({ state: 'installed', task: undefined, isRemovable: true });
  });

  it('tells a speed and is not told more often than can be read', async () => {
    files = filesWith({ type: 'slow', bytesPerSecond: 400_000 });
    await library.install('small-model');
    await vi.waitFor(() => expect(changed).toEqual(['small-model']), { timeout: 5_000 });
    const speeds = tasks().flatMap((task) => (task?.state === 'running' ? [task.bytesPerSecond] : []));
    expect(Math.max(...speeds)).toBeGreaterThan(200_000);
    expect(Math.max(...speeds)).toBeLessThan(800_000);
    expect(tasks().length).toBeLessThan(12);
  });

  it('is one, however often it is asked for', async () => {
    files = filesWith({ type: 'slow', bytesPerSecond: 2_000_000 });
    await Promise.all([library.install('small-model'), library.install('small-model')]);
    await library.install('small-model');
    await vi.waitFor(() => expect(changed).toHaveLength(1));
    expect(server.ranges).toEqual(['']);
  });

  it('that is paused keeps what it has, also for another run of the program, and goes on there', async () => {
    files = filesWith({ type: 'slow', bytesPerSecond: 400_000 });
    await library.install('small-model');
    await vi.waitFor(() => expect(tasks().at(-1)?.received ?? 0).toBeGreaterThan(50_000), { timeout: 5_000 });
    await library.pause('small-model');
    expect(tasks().at(-1)).toMatchObject({ state: 'paused' });
    const received = (await entry()).task?.received ?? 0;
    expect(received).toBeGreaterThan(50_000);
    expect(received).toBeLessThan(CONTENT.length);

    files = filesWith({ type: 'none' });
    library = newLibrary();
    const again = (await entry()).task;
    expect(again?.state).toBe('paused');
    expect(again?.received).toBeGreaterThanOrEqual(received);
    await library.install('small-model');
    await vi.waitFor(() => expect(changed).toEqual(['small-model']));
    expect(server.ranges.at(-1)).toBe(`bytes=${again?.received ?? 0}-`);
  });

  it('that is cancelled leaves nothing', async () => {
    files = filesWith({ type: 'slow', bytesPerSecond: 400_000 });
    await library.install('small-model');
    await vi.waitFor(() => expect(tasks().at(-1)?.received ?? 0).toBeGreaterThan(20_000), { timeout: 5_000 });
    await library.cancel('small-model');
    expect(tasks().at(-1)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
    expect(await entry()).toMatchObject({ state: 'missing', task: undefined });
  });

  it('that fails says why until it is tried again', async () => {
    files = filesWith({ type: 'status', status: 503 });
    await library.install('small-model');
    await reaches('failed');
    expect((await entry()).task).toMatchObject({ state: 'failed', error: { code: 'download-failed' } });
    files = filesWith({ type: 'none' });
    await library.install('small-model');
    await vi.waitFor(() => expect(changed).toEqual(['small-model']));
    expect((await entry()).task).toBeUndefined();
  });

  it('of a file with another sum than the catalog’s fails and puts nothing in place', async () => {
    const other = bytesOf(CONTENT.length, 77);
    files = [{ ...fileOf('weights.bin', CONTENT, []), sources: [{ type: 'url', url: server.serve(other) }] }];
    await library.install('small-model');
    await reaches('failed');
    const { task, state } = await entry();
    expect(task?.state === 'failed' ? task.error.message : '').toContain('wrong checksum');
    expect(state).toBe('missing');
  });

  it('for which there is no room fails before anything is received', async () => {
    freeBytes = 1_000;
    await library.install('small-model');
    await reaches('failed');
    expect((await entry()).task).toMatchObject({ error: { code: 'disk-full' } });
    expect(server.ranges).toEqual([]);
  });

  it('of a model that is not there is refused', async () => {
    expect(await library.install('other')).toMatchObject({ ok: false, error: { code: 'model-unknown' } });
  });
});

describe('removing', () => {
  it('deletes the model and says that it changed', async () => {
    await library.install('small-model');
    await vi.waitFor(() => expect(changed).toHaveLength(1));
    expect(await library.remove('small-model')).toMatchObject({ ok: true });
    expect(changed).toHaveLength(2);
    expect(await entry()).toMatchObject({ state: 'missing' });
  });

  it('waits for no install that goes on: that is to be cancelled first', async () => {
    files = filesWith({ type: 'slow', bytesPerSecond: 400_000 });
    await library.install('small-model');
    expect(await library.remove('small-model')).toMatchObject({
      ok: false,
      error: { code: 'request-invalid' },
    });
    await library.cancel('small-model');
  });

  it('of an added folder deletes that folder, also a damaged one', async () => {
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine', 'model.json'), '{');
    const shelf = await library.shelf();
    expect(shelf.ok && shelf.value.models.at(-1)).toMatchObject({
      id: 'mine',
      origin: 'added',
      state: 'damaged',
    });
    expect(await library.remove('mine')).toMatchObject({ ok: true });
    expect(await readdir(folder)).toEqual([]);
  });
});

it('the folder that is shown is the model’s own, or the nearest that is there', async () => {
  expect(await library.folderOf('small-model')).toEqual({ ok: true, value: folder });
  await library.install('small-model');
  await vi.waitFor(() => expect(changed).toHaveLength(1));
  expect(await library.folderOf('small-model')).toEqual({ ok: true, value: join(folder, 'small-model') });
});
