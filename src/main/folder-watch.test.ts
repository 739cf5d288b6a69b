import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchFolder } from './folder-watch.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-watch-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('a watched folder', () => {
  it('is made if it is not there, and tells once of a file that is put into it', async () => {
    const voices = join(folder, 'deep', 'voices');
    let calls = 0;
    let end = (): void => undefined;
    await new Promise<void>((resolve) => {
      end = watchFolder(voices, () => {
        calls++;
        resolve();
      });
      void writeFile(join(voices, 'new.bin'), 'one').then(() => writeFile(join(voices, 'new.bin'), 'two'));
    });
    expect(calls).toBe(1);
    end();
  });

  it('that cannot be made is not watched, and nothing breaks', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(() => watchFolder(join(folder, 'file', 'voices'), () => undefined)()).not.toThrow();
  });
});
