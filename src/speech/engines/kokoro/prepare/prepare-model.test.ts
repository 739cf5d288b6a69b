import { constants } from 'node:fs';
import {
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppFailure } from '../../../../common/result.ts';
import { CALIBRATION_FILE } from './calibration.ts';
import { prepareModel, type PreparationOptions, type PreparationProgress } from './prepare-model.ts';
import { MANIFEST_FILE, SOURCE } from './prepared-manifest.ts';
import { calibrationPath, preparedModel, type PreparationFolders } from './prepared-model.ts';
import { DATA_FOLDER, installedModel } from '../../../testing/installed-model.ts';

// A preparation takes two seconds on a free core; on a busy machine ten times that.
vi.setConfig({ testTimeout: 120_000 });

let scratch = '';
/** Prepared once; tests that change anything make their own. */
let whole: PreparationFolders;
const heard: PreparationProgress[] = [];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'aloud-prepare-'));
  whole = await folders('whole');
  await prepareModel(whole, { onProgress: (progress) => heard.push(progress) });
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Folders for one test: the real source and tables, and an empty folder to prepare into. */
async function folders(name: string): Promise<PreparationFolders> {
  const preparedFolder = join(scratch, name);
  await mkdir(preparedFolder);
  return { sourceFolder: installedModel('kokoro-82m-int8'), preparedFolder, dataFolder: DATA_FOLDER };
}

/** The same with a copy of the source, to be damaged. */
async function withOwnSource(name: string): Promise<PreparationFolders> {
  const made = await folders(name);
  const sourceFolder = join(scratch, `${name}-source`);
  await mkdir(sourceFolder);
  const copy = join(sourceFolder, SOURCE.file);
  await copyFile(join(made.sourceFolder, SOURCE.file), copy, constants.COPYFILE_FICLONE);
  return { ...made, sourceFolder };
}

/** Options that stop a preparation once it has told that it has come so far. */
function stoppedAfter(share: number): PreparationOptions {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done >= share) stop.abort();
    },
  };
}

async function errorOf(promise: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  const thrown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof AppFailure)) throw new Error('it did not fail as it should', { cause: thrown });
  return thrown.error;
}

async function changeByte(path: string, position: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  byte[0] = (byte[0] ?? 0) ^ 0xff;
  await file.write(byte, 0, 1, position);
  await file.close();
}

describe('preparing the model', () => {
  it('writes the three graphs and the manifest, and nothing else', async () => {
    expect((await readdir(whole.preparedFolder)).sort()).toEqual([
      'front.onnx',
      'generator-f32.onnx',
      'generator-q8.onnx',
      MANIFEST_FILE,
    ]);
    const found = await preparedModel(whole);
    if (found.state !== 'ready') throw new Error(found.reason);
    expect(found.paths['generator-q8']).toBe(join(whole.preparedFolder, 'generator-q8.onnx'));
    expect(found.manifest.source).toEqual(SOURCE);
  });

  it('tells its progress from beginning to end, never backwards', () => {
    const shares = heard.map((progress) => progress.done);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeGreaterThan(0.95);
    expect(new Set(heard.map((progress) => progress.step))).toEqual(new Set(['check', 'convert', 'write']));
  });

  it('gives the same bytes again, and an attempt after it that is stopped leaves them whole', async () => {
    const again = await folders('again');
    await prepareModel(again);
    expect(await readFile(join(again.preparedFolder, MANIFEST_FILE), 'utf8')).toBe(
      await readFile(join(whole.preparedFolder, MANIFEST_FILE), 'utf8'),
    );
    await errorOf(prepareModel(again, stoppedAfter(0.8)));
    expect((await preparedModel(again)).state).toBe('ready');
    expect((await readdir(again.preparedFolder)).sort()).toEqual(
      (await readdir(whole.preparedFolder)).sort(),
    );
  });

  it('says that the model is missing when there is none', async () => {
    const none = { ...(await folders('none')), sourceFolder: join(scratch, 'nowhere') };
    expect(await errorOf(prepareModel(none))).toMatchObject({
      code: 'model-missing',
      hint: expect.stringContaining('Install') as string,
    });
  });

  it.each([
    ['is cut short', (path: string) => truncate(path, SOURCE.bytes - 1)],
    ['differs in one byte', (path: string) => changeByte(path, 50_000_000)],
    ['is empty', (path: string) => truncate(path, 0)],
  ])('refuses a source that %s, and writes nothing', async (what, damage) => {
    const own = await withOwnSource(what);
    await damage(join(own.sourceFolder, SOURCE.file));
    expect((await errorOf(prepareModel(own))).code).toBe('model-damaged');
    expect(await readdir(own.preparedFolder)).toEqual([]);
  });

  it.each([
    ['no', undefined, 'file-unreadable'],
    ['a damaged', 'no gzip', 'model-damaged'],
  ])('refuses %s calibration table', async (what, content, code) => {
    const dataFolder = join(scratch, `${what} table`);
    const own = { ...(await folders(`${what} calibration`)), dataFolder };
    await mkdir(join(dataFolder, 'kokoro-82m'), { recursive: true });
    if (content !== undefined) await writeFile(join(dataFolder, 'kokoro-82m', CALIBRATION_FILE), content);
    expect((await errorOf(prepareModel(own))).code).toBe(code);
    expect(await readdir(own.preparedFolder)).toEqual([]);
  });

  it.each([0, 0.2, 0.6])(
    'can be stopped after %d of the way, and then leaves nothing behind',
    async (share) => {
      const own = await folders(`stopped after ${share}`);
      expect((await errorOf(prepareModel(own, stoppedAfter(share)))).code).toBe('cancelled');
      expect(await readdir(own.preparedFolder)).toEqual([]);
    },
  );

  it('says that a folder cannot be written to', async () => {
    const own = await folders('blocked');
    const preparedFolder = join(own.preparedFolder, 'file');
    await writeFile(preparedFolder, '');
    expect((await errorOf(prepareModel({ ...own, preparedFolder }))).code).toBe('file-unwritable');
  });

  it('removes what a run that was killed left behind, but not what another one is writing', async () => {
    const own = await folders('killed');
    const [abandoned, current] = ['front.onnx.1.unfinished', 'front.onnx.2.unfinished'];
    for (const name of [abandoned, current]) await writeFile(join(own.preparedFolder, name), 'x');
    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    await utimes(join(own.preparedFolder, abandoned), twoHoursAgo, twoHoursAgo);
    await errorOf(prepareModel(own, stoppedAfter(0.3)));
    expect(await readdir(own.preparedFolder)).toEqual([current]);
  });
});

describe('looking for a prepared model', () => {
  /** A copy of the prepared folder in which one thing is changed. */
  async function changed(
    name: string,
    change: (folder: string) => Promise<void>,
  ): Promise<PreparationFolders> {
    const own = await folders(name);
    for (const file of await readdir(whole.preparedFolder))
      await copyFile(join(whole.preparedFolder, file), join(own.preparedFolder, file));
    await change(own.preparedFolder);
    return own;
  }

  const editManifest = async (folder: string, edit: (text: string) => string): Promise<void> => {
    const path = join(folder, MANIFEST_FILE);
    await writeFile(path, edit(await readFile(path, 'utf8')));
  };

  it.each([
    ['no manifest', (folder: string) => rm(join(folder, MANIFEST_FILE)), 'no manifest'],
    ['half a manifest', (folder: string) => truncate(join(folder, MANIFEST_FILE), 100), 'damaged'],
    ['a missing graph', (folder: string) => rm(join(folder, 'front.onnx')), 'front.onnx is missing'],
    ['half a graph', (folder: string) => truncate(join(folder, 'generator-q8.onnx'), 5), 'generator-q8.onnx'],
    [
      'another preparation',
      (folder: string) => editManifest(folder, (text) => text.replace(/"version": \d+/, '"version": 0')),
      'of preparation 0',
    ],
    [
      'another source',
      (folder: string) => editManifest(folder, (text) => text.replaceAll(SOURCE.sha256, 'a'.repeat(64))),
      'another model file',
    ],
  ])('takes a folder with %s as unprepared, and says why', async (name, change, reason) => {
    const found = await preparedModel(await changed(name, change));
    expect(found.state === 'unprepared' && found.reason).toContain(reason);
  });

  it('takes graphs that were made with another calibration table as unprepared', async () => {
    const dataFolder = join(scratch, 'other table');
    await mkdir(join(dataFolder, 'kokoro-82m'), { recursive: true });
    await copyFile(calibrationPath(whole), calibrationPath({ dataFolder }));
    await changeByte(calibrationPath({ dataFolder }), 500);
    const found = await preparedModel({ ...whole, dataFolder });
    expect(found.state === 'unprepared' && found.reason).toContain('calibration');
  });
});
