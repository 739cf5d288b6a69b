import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHiggsModel, type HiggsModel } from '../common/higgs-model.ts';
import { toAppError, type AppError } from '../common/result.ts';
import { addModelFolder, listAddedModels, locateAddedModel } from './added-models.ts';
import { licenceLines, openLicenceNotes } from './licence-notes.ts';
import type { ModelFolders } from './paths.ts';

const DESCRIPTION = join(import.meta.dirname, '../speech/engines/higgs-audio/fixtures/tiny/model.json');
const ZEROS_SHA256 = '0'.repeat(64);

let root: string;
let folders: ModelFolders;
let source: string;
let description: HiggsModel;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aloud-models-'));
  const install = join(root, 'models');
  folders = { lookup: [install], install };
  source = join(root, 'export');
  await mkdir(source);
  const parsed = parseHiggsModel(await readFile(DESCRIPTION, 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem);
  description = parsed.model;
  for (const name of [...Object.values(description.files), 'llm.onnx_data', 'LICENSE'])
    await writeFile(join(source, name), `the content of ${name}`);
  await describeAs({});
});
afterEach(() => rm(root, { recursive: true }));

const describeAs = (changes: Record<string, unknown>): Promise<void> =>
  writeFile(join(source, 'model.json'), JSON.stringify({ ...description, ...changes }));

const failureOf = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error('It did not fail')),
    (thrown: unknown) => toAppError(thrown, 'model'),
  );

describe('a model folder that a person adds', () => {
  it('is there under its name with all its files, and the source stays as it is', async () => {
    await mkdir(join(source, 'goldens'));
    const before = (await readdir(source)).sort();
    const { id, folder } = await addModelFolder(source, folders);
    expect([id, folder]).toEqual([description.name, join(folders.install, description.name)]);
    expect((await readdir(folder)).sort()).toEqual(before.filter((name) => name !== 'goldens'));
    expect(await readFile(join(folder, 'llm.onnx_data'), 'utf8')).toBe('the content of llm.onnx_data');
    expect((await readdir(source)).sort()).toEqual(before);
    expect((await locateAddedModel(folders)).folder).toBe(folder);
    expect((await locateAddedModel(folders, description.name)).folder).toBe(folder);
  });

  it('whose files are links, as in a download cache, gets the files themselves', async () => {
    const linked = join(root, 'linked');
    await mkdir(linked);
    for (const name of await readdir(source)) await symlink(join(source, name), join(linked, name));
    const { folder } = await addModelFolder(linked, folders);
    await rm(source, { recursive: true });
    expect(await readFile(join(folder, 'llm.onnx'), 'utf8')).toBe('the content of llm.onnx');
  });

  it('is not added twice, and never written over another', async () => {
    await addModelFolder(source, folders);
    expect(await failureOf(addModelFolder(source, folders))).toMatchObject({ code: 'request-invalid' });
    const { folder } = await locateAddedModel(folders);
    expect((await addModelFolder(folder, folders)).folder).toBe(folder);
    expect(await readdir(folders.install)).toEqual([description.name]);
  });

  it('that lacks files or its description says which', async () => {
    expect(await failureOf(addModelFolder(root, folders))).toMatchObject({
      code: 'model-missing',
      message: `${root} is no model folder: it has no model.json.`,
    });
    await rm(join(source, 'llm.onnx'));
    expect(await failureOf(addModelFolder(source, folders))).toMatchObject({
      code: 'model-damaged',
      message: `The model in ${source} lacks llm.onnx.`,
    });
    await describeAs({ sampleRate: -1 });
    expect((await failureOf(addModelFolder(source, folders))).message).toMatch(/sampleRate/);
    await describeAs({ files: { ...description.files, llm: '../outside.onnx' } });
    expect((await failureOf(addModelFolder(source, folders))).message).toMatch(/plain file name/);
  });

  it('is compared with the sums that it states', async () => {
    await describeAs({ sha256: { 'llm.onnx_data': ZEROS_SHA256 } });
    expect(await failureOf(addModelFolder(source, folders))).toMatchObject({
      code: 'model-damaged',
      message: `${join(source, 'llm.onnx_data')} is damaged: it is not the file that model.json describes.`,
    });
  });

  it('leaves nothing behind where it cannot be written', async () => {
    await writeFile(folders.install, 'a file where the folder should be');
    expect(await failureOf(addModelFolder(source, folders))).toMatchObject({ code: 'file-unwritable' });
  });
});

describe('the added models', () => {
  it('are listed with those that are damaged, each with its reason', async () => {
    await addModelFolder(source, folders);
    const broken = join(folders.install, 'broken');
    await cp(source, broken, { recursive: true });
    await rm(join(broken, 'tokenizer.json'));
    await mkdir(join(folders.install, 'kokoro-82m-int8'));
    const { usable, damaged } = await listAddedModels(folders);
    expect(usable.map(({ id }) => id)).toEqual([description.name]);
    expect(damaged).toEqual([
      { id: 'broken', folder: broken, problem: `The model in ${broken} lacks tokenizer.json.` },
    ]);
  });

  it('that are not there are said with what is', async () => {
    expect(await failureOf(locateAddedModel(folders))).toMatchObject({
      message: 'No Higgs Audio model is installed.',
      hint: 'Add a model folder with: aloud models add FOLDER',
    });
    await addModelFolder(source, folders);
    expect(await failureOf(locateAddedModel(folders, 'other'))).toMatchObject({
      message: 'There is no Higgs Audio model "other".',
      hint: `There are: ${description.name}.`,
    });
  });

  it('may be named in a command by the path of their folder without being added', async () => {
    expect((await locateAddedModel(folders, source, { paths: true })).folder).toBe(source);
  });

  it('are found by name alone where paths are not asked for, as for a name from the page', async () => {
    expect(await failureOf(locateAddedModel(folders, source))).toMatchObject({ code: 'model-missing' });
  });
});

describe("what a model's licence asks", () => {
  const bound = { name: 'Community', url: 'https://example.com/', useClauses: ['Name its makers.'] };

  it('is shown once before the first use, and again when it has changed', async () => {
    const notes = openLicenceNotes(join(root, 'data'));
    const model = { ...description, licence: bound };
    expect(await notes.due(model)).toEqual([
      `The model ${description.name} is under this licence: Community.`,
      '- Name its makers.',
      'The whole text: https://example.com/',
    ]);
    await notes.shown(model);
    expect(await openLicenceNotes(join(root, 'data')).due(model)).toBeUndefined();
    const changed = { ...model, licence: { ...bound, useClauses: ['Name its makers twice.'] } };
    expect(await notes.due(changed)).toEqual(licenceLines(changed));
  });

  it('is nothing for a licence without clauses', async () => {
    expect(await openLicenceNotes(join(root, 'data')).due(description)).toBeUndefined();
  });
});
