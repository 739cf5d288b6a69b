import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DictionaryWatch } from './dictionary-watch.ts';

let folder = '';
let watch: DictionaryWatch | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-dictionary-'));
});
afterEach(async () => {
  watch?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until a change was told after which there are so many entries: a file may be seen while it is being written. */
async function entriesAfterChange(of: DictionaryWatch, count: number): Promise<void> {
  await new Promise<void>((resolve) => {
    of.onChange(() => {
      if (of.entries.length === count) resolve();
    });
  });
}

describe('the dictionary file of the running app', () => {
  it('is taken up when it is made, changed, replaced and removed', async () => {
    const path = join(folder, 'dictionary.txt');
    watch = await DictionaryWatch.open(path, 20);
    expect(watch.entries).toEqual([]);

    let changed = entriesAfterChange(watch, 1);
    await writeFile(path, 'gif = jif\n');
    await changed;
    expect(watch.entries).toHaveLength(1);

    changed = entriesAfterChange(watch, 2);
    await writeFile(join(folder, 'new.txt'), 'gif = jif\nscone = skon\nwhat\n');
    await rename(join(folder, 'new.txt'), path);
    await changed;
    expect(watch.entries).toHaveLength(2);
    expect(watch.problem?.message).toContain('line 3');

    changed = entriesAfterChange(watch, 0);
    await rm(path);
    await changed;
    expect(watch.entries).toEqual([]);
    expect(watch.problem).toBeUndefined();
  });
});
