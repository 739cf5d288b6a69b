/** Files that others made, wrong in every way: each is listed with a reason or refused, and nothing is thrown unnamed. */
import fc from 'fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseStyleTable, STYLE_TABLE_BYTES } from '../common/style-table.ts';
import { catalogSchema, readCatalog } from './catalog.ts';
import { readVoiceFolder } from './voices-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-untrusted-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = fc.uint8Array({ maxLength: 400 });
const card = fc.oneof(
  bytes,
  fc.json().map((text) => Buffer.from(text)),
  fc
    .record({ name: fc.anything(), language: fc.anything(), licence: fc.anything() }, { requiredKeys: [] })
    .map((value) =>
      Buffer.from(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 1 : each))),
    ),
);
const wav = bytes.map((rest) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), rest]));

describe('a voice folder with files of any content', () => {
  it('gives voices that are usable or say why not', async () => {
    let run = 0;
    const contents = fc.record(
      { bin: bytes, json: card, wav: fc.oneof(bytes, wav), txt: bytes },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(contents, async (files) => {
        const place = join(folder, `${run++}`);
        await mkdir(place);
        for (const [ending, content] of Object.entries(files))
          await writeFile(join(place, `voice.${ending}`), content);
        for (const voice of (await readVoiceFolder(place, 'own')) ?? []) {
          expect(voice.id).toBe('voice');
          expect(voice.source === undefined).toBe(voice.problem !== '');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('takes no style table but one of finite, small numbers', () => {
    const table = Buffer.alloc(STYLE_TABLE_BYTES);
    for (let i = 0; i < STYLE_TABLE_BYTES; i += 4) table.writeFloatLE(0.1, i);
    expect(parseStyleTable(table).ok).toBe(true);
    fc.assert(
      fc.property(
        fc.nat(STYLE_TABLE_BYTES / 4 - 1),
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        (at, value) => {
          const damaged = Buffer.from(table);
          damaged.set(value, at * 4);
          const number = damaged.readFloatLE(at * 4);
          expect(parseStyleTable(damaged).ok).toBe(Number.isFinite(number) && Math.abs(number) <= 50);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a model catalog of any content', () => {
  const plain = '^[A-Za-z0-9][A-Za-z0-9._-]*$';

  it('is refused, or names no file outside a model’s own folder and no address that is not https', () => {
    const name = fc.oneof(
      fc.constantFrom('model.onnx', '../model.onnx', '/etc/passwd', '..', 'a/b', 'C:\\x', '.hidden', ''),
      fc.string(),
    );
    const address = fc.oneof(
      fc.constantFrom('https://e.org/m', 'http://e.org/m', 'file:///etc/passwd', 'http://127.0.0.1/m'),
      fc.webUrl(),
    );
    const file = fc.record({
      name,
      size: fc.oneof(fc.integer(), fc.anything()),
      sha256: fc.constantFrom('0'.repeat(64), 'x'),
      sources: fc.array(fc.record({ type: fc.constant('url'), url: address }), { maxLength: 2 }),
    });
    const catalog = fc.record({
      version: fc.constantFrom(1, 2),
      models: fc.array(
        fc.record({
          id: name,
          kind: fc.constantFrom('speech', 'llm', 'virus'),
          label: fc.string(),
          description: fc.string(),
          licence: fc.string(),
          licenceUrl: fc.webUrl(),
          files: fc.array(file, { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(fc.oneof(catalog, fc.anything()), (value) => {
        const parsed = catalogSchema.safeParse(value);
        if (!parsed.success) return;
        for (const model of parsed.data.models) {
          expect(model.id).toMatch(new RegExp(plain));
          for (const each of model.files) {
            expect(each.name).toMatch(new RegExp(plain));
            for (const source of each.sources)
              if (source.type === 'url')
                expect(source.url).toMatch(/^(https:|http:\/\/(127\.0\.0\.1|localhost|\[::1\]))/i);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is said to be damaged when it cannot be read', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        await writeFile(join(folder, 'catalog.json'), content);
        await expect(readCatalog(join(folder, 'catalog.json'))).rejects.toMatchObject({
          error: { code: 'file-unreadable' },
        });
      }),
      { numRuns: 60 },
    );
  });
});
