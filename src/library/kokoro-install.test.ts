import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstallProgress } from './installer.ts';
import { openModelStore } from './model-store.ts';

const CATALOG = resolve(import.meta.dirname, '../../models');

describe('Kokoro, installed for real into an empty folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aloud-kokoro-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    'arrives whole from one of its sources, verified and with nothing left over',
    { timeout: 15 * 60_000 },
    async () => {
      const store = await openModelStore(CATALOG, { lookup: [folder], install: folder });
      expect(await store.modelState('kokoro-82m-int8')).toBe('missing');
      const seen: InstallProgress[] = [];
      await store.install('kokoro-82m-int8', { onProgress: (now) => seen.push(now) });
      expect(await readdir(join(folder, 'kokoro-82m-int8'))).toEqual([
        'installed.json',
        'kokoro-v1.0.int8.onnx',
      ]);
      await expect(store.verifyModel('kokoro-82m-int8')).resolves.toMatchObject({
        folder: join(folder, 'kokoro-82m-int8'),
      });
      expect(seen.filter(({ phase }) => phase === 'downloading').length).toBeGreaterThan(2);
      expect(seen.at(-1)).toEqual({ phase: 'verifying', received: 92_361_271, total: 92_361_271 });
    },
  );
});
