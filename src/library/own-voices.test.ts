import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toAppError, type AppError } from '../common/result.ts';
import { STYLE_TABLE_BYTES } from '../common/style-table.ts';
import { openOwnVoices, type NewVoice, type OwnVoices } from './own-voices.ts';
import { openVoiceLibrary, type VoiceLibrary } from './voices.ts';

/** Which write of a file finds the disk full, counted from 1; 0 for none. */
const disk = vi.hoisted(() => ({ fullAt: 0, writes: 0 }));
vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const file = await real.open(...args);
      if (args[1] === 'wx' && ++disk.writes === disk.fullAt)
        file.writeFile = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      return file;
    },
  };
});

const SHIPPED = resolve(import.meta.dirname, '../../voices');

let folder: string;
let own: string;
let library: VoiceLibrary;
let voices: OwnVoices;

beforeEach(async () => {
  Object.assign(disk, { fullAt: 0, writes: 0 });
  folder = await mkdtemp(join(tmpdir(), 'aloud-own-'));
  own = join(folder, 'voices');
  library = openVoiceLibrary({ shipped: SHIPPED, own });
  voices = openOwnVoices(own, library);
});
afterEach(async () => {
  await chmod(own, 0o700).catch(() => undefined);
  await rm(folder, { recursive: true });
});

const table = Buffer.alloc(STYLE_TABLE_BYTES);
for (let at = 0; at < table.length; at += 4) table.writeFloatLE(Math.sin(at) / 4, at);

function style(name: string): NewVoice {
  const card = { name, language: 'en-US', licence: 'Apache-2.0', description: 'A blend.', grade: '' };
  return { card, sound: { ending: '.bin', bytes: table }, transcript: undefined };
}

function recording(name: string): NewVoice {
  const bytes = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  return { ...style(name), sound: { ending: '.wav', bytes }, transcript: ' Some words. ' };
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  return promise.then(
    () => {
      throw new Error('It was done.');
    },
    (thrown: unknown) => toAppError(thrown, 'voice'),
  );
}

const files = async (): Promise<string[]> => (await readdir(own).catch(() => [])).sort();

describe('a new voice', () => {
  it('is in the folder under its name, with its card, and in the library at once', async () => {
    expect(await voices.add(style('Häwk & Dove'))).toBe('Hawk_Dove');
    expect(await files()).toEqual(['Hawk_Dove.bin', 'Hawk_Dove.json']);
    expect(await readFile(join(own, 'Hawk_Dove.bin'))).toEqual(table);
    const listed = (await library.list()).find(({ id }) => id === 'Hawk_Dove');
    expect(listed).toMatchObject({ name: 'Häwk & Dove', origin: 'own', problem: '', licence: 'Apache-2.0' });
  });

  it('that is a recording has its words beside it', async () => {
    expect(await voices.add(recording('Me'))).toBe('Me');
    expect(await files()).toEqual(['Me.json', 'Me.txt', 'Me.wav']);
    expect(await readFile(join(own, 'Me.txt'), 'utf8')).toBe('Some words.\n');
    expect((await library.resolve('Me')).kind).toBe('reference');
  });

  it.each([
    ['', 'voice-name-unusable', 'The voice needs a name.'],
    ['—', 'voice-name-unusable', 'The name "—" has neither a letter nor a digit.'],
    ['n'.repeat(81), 'voice-name-unusable', 'The name is longer than 80 characters.'],
    ['Heart', 'voice-name-taken', 'There is already a voice named "Heart".'],
    ['AF_HEART', 'voice-name-taken', 'There is already a voice named "AF_HEART".'],
  ])('named %j is refused in a sentence', async (name, code, message) => {
    expect(await failureOf(voices.add(style(name)))).toMatchObject({ code, message });
    expect(await files()).toEqual([]);
  });

  it('takes the name of another only once, also when both are added at the same time', async () => {
    const [first, second] = await Promise.allSettled([
      voices.add(style('Dove')),
      voices.add(recording('dove')),
    ]);
    expect(first).toMatchObject({ status: 'fulfilled', value: 'Dove' });
    expect(second).toMatchObject({ status: 'rejected' });
    expect(await files()).toEqual(['Dove.bin', 'Dove.json']);
  });

  it('writes over nothing that lies in the folder', async () => {
    await voices.add(style('Dove'));
    await writeFile(join(own, 'Notes.txt'), 'mine');
    expect(await voices.add(style('Dove!'))).toBe('Dove_2');
    expect(await voices.add(recording('Notes'))).toBe('Notes_2');
    expect(await readFile(join(own, 'Notes.txt'), 'utf8')).toBe('mine');
  });

  it.each([1, 2, 3])('leaves nothing behind when the disk is full at its file %i', async (fullAt) => {
    await voices.add(style('Dove'));
    Object.assign(disk, { fullAt, writes: 0 });
    expect(await failureOf(voices.add(recording('Me')))).toMatchObject({
      code: 'disk-full',
      message: 'The disk is full: your voices are as they were before.',
    });
    expect(await files()).toEqual(['Dove.bin', 'Dove.json']);
    expect(await voices.add(recording('Me'))).toBe('Me');
  });

  it.skipIf(process.platform === 'win32')('is refused by a folder that is read-only', async () => {
    await voices.add(style('Dove'));
    await chmod(own, 0o500);
    expect(await failureOf(voices.add(style('Hawk')))).toMatchObject({ code: 'file-unwritable' });
    expect(await failureOf(voices.remove('Dove'))).toMatchObject({ code: 'file-unwritable' });
    expect((await library.resolve('Dove')).id).toBe('Dove');
  });

  it('is refused where a file stands in the folder’s place', async () => {
    await writeFile(own, 'no folder');
    const { code, message } = await failureOf(voices.add(style('Hawk')));
    expect([code, message]).toEqual(['file-unwritable', `Your voices folder cannot be written to: ${own}.`]);
  });
});

describe('a voice that is taken away', () => {
  it('is gone from the library, and comes back whole', async () => {
    await voices.add(recording('Me'));
    await writeFile(join(own, 'Me.md'), 'a note of mine');
    await voices.remove('Me');
    expect(await files()).toEqual(['.removed', 'Me.md']);
    expect((await library.list()).some(({ id }) => id === 'Me')).toBe(false);
    await voices.restore('Me');
    expect(await files()).toEqual(['.removed', 'Me.json', 'Me.md', 'Me.txt', 'Me.wav']);
    expect((await library.resolve('Me')).kind).toBe('reference');
  });

  it('does not come back over another of its name', async () => {
    await voices.add(style('Dove'));
    await voices.remove('Dove');
    await voices.add(recording('Dove'));
    expect(await failureOf(voices.restore('Dove'))).toMatchObject({ code: 'voice-name-taken' });
    expect((await library.resolve('Dove')).kind).toBe('reference');
  });

  it('is the one that was taken away last under its name', async () => {
    await voices.add(style('Dove'));
    await voices.remove('Dove');
    await voices.add(recording('Dove'));
    await voices.remove('Dove');
    await voices.restore('Dove');
    expect((await library.resolve('Dove')).kind).toBe('reference');
    expect(await files()).not.toContain('Dove.bin');
  });

  it('is gone for good once the program ends', async () => {
    await voices.add(style('Dove'));
    await voices.remove('Dove');
    voices.purge();
    expect(await files()).toEqual([]);
    expect(await failureOf(voices.restore('Dove'))).toMatchObject({ code: 'voice-missing' });
  });

  it.each(['af_heart', '../voices/af_heart', 'nobody', '.removed'])(
    'must lie in the own folder: not %s',
    async (id) => {
      expect(await failureOf(voices.remove(id))).toMatchObject({ code: 'voice-missing' });
      expect((await library.resolve('af_heart')).id).toBe('af_heart');
    },
  );
});

describe('the default voice', () => {
  const defaults = async (): Promise<string[]> =>
    (await library.list()).filter(({ isDefault }) => isDefault).map(({ id }) => id);

  it('is the program’s until the person makes another one it', async () => {
    expect(await defaults()).toEqual(['af_heart']);
    await voices.setDefault('am_puck');
    expect(await defaults()).toEqual(['am_puck']);
    expect((await library.resolve('')).id).toBe('am_puck');
  });

  it('is the program’s again when the person’s is gone', async () => {
    await voices.add(style('Dove'));
    await voices.setDefault('Dove');
    expect(await defaults()).toEqual(['Dove']);
    await voices.remove('Dove');
    expect(await defaults()).toEqual(['af_heart']);
    await voices.restore('Dove');
    expect(await defaults()).toEqual(['Dove']);
  });

  it('cannot be a voice that is not there', async () => {
    expect(await failureOf(voices.setDefault('nobody'))).toMatchObject({ code: 'voice-missing' });
    expect(await defaults()).toEqual(['af_heart']);
  });

  it.each(['', '../af_heart', 'x'.repeat(5_000), 'nobody'])(
    'is the program’s where the file says %j',
    async (text) => {
      await voices.add(style('Dove'));
      await writeFile(join(own, 'default'), text);
      expect(await defaults()).toEqual(['af_heart']);
    },
  );
});
