import fc from 'fast-check';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMountTinyDisk, mountTinyDisk, type TinyDisk } from '../common/testing/tiny-disk.ts';
import { DEFAULT_SETTINGS, NEW_SETTINGS, settingsSchema } from '../common/settings.ts';
import { SettingsStore } from './settings-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-settings-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

describe('the settings file', () => {
  it('gives those of a new installation, without a notice, when there is none', async () => {
    const store = await SettingsStore.open(join(folder, 'settings.json'));
    expect(store.settings).toEqual(NEW_SETTINGS);
    expect(store.settings.setupDone).toBe(false);
    expect(store.problem).toBeUndefined();
  });

  it('keeps a change for the next start and leaves no temporary file', async () => {
    const path = join(folder, 'deep', 'settings.json');
    const store = await SettingsStore.open(path);
    expect((await store.change({ voice: 'bf_emma', speed: 1.25 })).ok).toBe(true);
    const again = await SettingsStore.open(path);
    expect(again.settings).toEqual({ ...NEW_SETTINGS, voice: 'bf_emma', speed: 1.25 });
    expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json']);
  });

  it.each([
    ['not JSON', '{"speed": 1'],
    ['a value out of range', '{"version":1,"speed":99}'],
    ['another type', '[]'],
    ['empty', ''],
  ])('is set aside with its content when it is damaged (%s)', async (_case, content) => {
    const path = join(folder, 'settings.json');
    await writeFile(path, content);
    const store = await SettingsStore.open(path);
    expect(store.settings).toEqual(DEFAULT_SETTINGS);
    expect(store.problem?.code).toBe('settings-damaged');
    const aside = (await readdir(folder)).filter((name) => name.includes('.damaged-'));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(folder, aside[0] ?? ''), 'utf8')).toBe(content);
  });

  it('of a newer program is set aside whole, and the notice says so', async () => {
    const path = join(folder, 'settings.json');
    await writeFile(path, '{"version":7,"speed":"fast"}');
    const store = await SettingsStore.open(path);
    expect(store.settings).toEqual(DEFAULT_SETTINGS);
    expect(store.problem?.message).toContain('newer version');
    const [aside = ''] = await readdir(folder);
    expect(aside).toMatch(/\.version-7-/);
    expect(await readFile(join(folder, aside), 'utf8')).toBe('{"version":7,"speed":"fast"}');
  });

  it('without a word on the first steps is of someone who has been through them', async () => {
    await writeFile(join(folder, 'settings.json'), '{"version":1}');
    expect((await SettingsStore.open(join(folder, 'settings.json'))).settings.setupDone).toBe(true);
  });

  it('takes changes that overlap one after the other, so that none is lost', async () => {
    const path = join(folder, 'settings.json');
    const store = await SettingsStore.open(path);
    void store.change({ voice: 'bf_emma' });
    void store.change({ speed: 1.25 });
    expect(store.isWriting).toBe(true);
    await store.settled();
    expect(store.isWriting).toBe(false);
    const again = await SettingsStore.open(path);
    expect(again.settings).toEqual({ ...NEW_SETTINGS, voice: 'bf_emma', speed: 1.25 });
  });

  it('says so and keeps the old settings when it cannot be written', async () => {
    const store = await SettingsStore.open(join(folder, 'blocker', 'settings.json'));
    await writeFile(join(folder, 'blocker'), 'a file where the folder should be');
    const changed = await store.change({ speed: 2 });
    expect(changed.ok ? '' : changed.error.code).toBe('settings-unwritable');
    expect(store.settings.speed).toBe(1);
  });
});

describe.skipIf(!canMountTinyDisk())('the settings file on a disk', () => {
  let disk: TinyDisk;
  beforeEach(() => {
    disk = mountTinyDisk(64);
  });
  afterEach(() => disk.close());

  async function kept(): Promise<SettingsStore> {
    const store = await SettingsStore.open(join(disk.folder, 'settings.json'));
    await store.change({ speed: 1.25 });
    return store;
  }

  it('that is full stays as it was, whole, and the next change after room was made is kept', async () => {
    const store = await kept();
    disk.fill();
    const changed = await store.change({ systemPrompt: 'x'.repeat(5_000) });
    expect(changed.ok ? '' : changed.error.code).toBe('settings-unwritable');
    expect(await readdir(disk.folder)).toEqual(['.filler', 'settings.json']);
    expect((await SettingsStore.open(join(disk.folder, 'settings.json'))).settings.speed).toBe(1.25);
    disk.makeRoom();
    expect((await store.change({ voice: 'bf_emma' })).ok).toBe(true);
    const again = await SettingsStore.open(join(disk.folder, 'settings.json'));
    expect(again.settings).toEqual({ ...NEW_SETTINGS, speed: 1.25, voice: 'bf_emma' });
  });

  it('that is read-only is read, and a change is refused with the reason', async () => {
    await kept();
    disk.makeReadOnly();
    const store = await SettingsStore.open(join(disk.folder, 'settings.json'));
    expect(store.problem).toBeUndefined();
    expect(store.settings.speed).toBe(1.25);
    const changed = await store.change({ speed: 2 });
    expect(changed.ok ? '' : changed.error.code).toBe('settings-unwritable');
    expect(store.settings.speed).toBe(1.25);
  });
});

it('opens a file of any content: with it when it is one, with the defaults and a reason when not', async () => {
  const content = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(
        {
          version: fc.constantFrom(1, 2),
          speed: fc.oneof(fc.double(), fc.string()),
          provider: fc.oneof(fc.constantFrom('openai', 'none'), fc.integer()),
          providers: fc.oneof(
            fc.dictionary(fc.constantFrom('openai', '__proto__', 'x'), fc.object()),
            fc.string(),
          ),
          pauseMs: fc.oneof(fc.integer(), fc.double()),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 1 : each))),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(content, async (text) => {
      const path = join(folder, `${run++}.json`);
      await writeFile(path, text);
      const store = await SettingsStore.open(path);
      expect(settingsSchema.safeParse(store.settings).success).toBe(true);
      if (store.problem !== undefined) expect(store.settings).toEqual(DEFAULT_SETTINGS);
    }),
    { numRuns: 200 },
  );
});
