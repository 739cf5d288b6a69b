import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError } from '../common/result.ts';
import { canMountTinyDisk, mountTinyDisk } from '../common/testing/tiny-disk.ts';
import { readWav } from './testing/read-wav.ts';
import { createWavWriter } from './wav.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-wav-'));
  path = join(folder, 'speech.wav');
});

afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (thrown: unknown) => toAppError(thrown, 'system').code,
  );

describe('a WAV file', () => {
  it('holds just the samples that were written, in order, and its header tells their number', async () => {
    const wav = await createWavWriter(path);
    await wav.write(Int16Array.of(0, 1, -1, 32_767, -32_768));
    await wav.write(new Int16Array(0));
    await wav.write(Int16Array.from({ length: 9_000 }, (_, i) => i - 4_500));
    expect(await wav.close()).toBe(9_005);
    const { sampleRate, pcm } = await readWav(path);
    expect(sampleRate).toBe(24_000);
    expect(Array.from(pcm.subarray(0, 6))).toEqual([0, 1, -1, 32_767, -32_768, -4_500]);
    expect(pcm).toHaveLength(9_005);
    expect(pcm.at(-1)).toBe(4_499);
  });

  it('without sound is a valid file too', async () => {
    const wav = await createWavWriter(path, 22_050);
    await wav.close();
    expect(await readWav(path)).toEqual({ sampleRate: 22_050, pcm: new Int16Array(0) });
  });

  it('appears under its name only when it is whole, and an older one lives until then', async () => {
    await writeFile(path, 'older');
    const wav = await createWavWriter(path);
    await wav.write(Int16Array.of(1, 2, 3));
    expect(await readFile(path, 'utf8')).toBe('older');
    await wav.close();
    expect((await readWav(path)).pcm).toHaveLength(3);
    expect(await readdir(folder)).toEqual(['speech.wav']);
  });

  it('that is given up leaves nothing behind', async () => {
    await writeFile(path, 'older');
    const wav = await createWavWriter(path);
    await wav.write(Int16Array.of(1, 2, 3));
    await wav.discard();
    expect(await readdir(folder)).toEqual(['speech.wav']);
    expect(await readFile(path, 'utf8')).toBe('older');
  });
});

describe('a WAV file that cannot be written', () => {
  it('is one clear failure: no such folder', async () => {
    expect(await codeOf(createWavWriter(join(folder, 'none', 'speech.wav')))).toBe('file-unwritable');
  });

  it('is one clear failure: a folder has its name, and no part of it is left', async () => {
    await mkdir(path);
    const wav = await createWavWriter(path);
    await wav.write(Int16Array.of(1));
    expect(await codeOf(wav.close())).toBe('file-unwritable');
    expect(await readdir(folder)).toEqual(['speech.wav']);
  });

  it.runIf(process.platform === 'linux')('says so when the disk is full', async () => {
    // The system's always full device stands for a full disk; the link gives it the name of the file in the making.
    await symlink('/dev/full', join(folder, `.speech.wav.${process.pid}.part`));
    expect(await codeOf(createWavWriter(path))).toBe('disk-full');
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(!canMountTinyDisk())(
    'leaves the older file and no part of itself when the disk becomes full',
    async () => {
      const disk = mountTinyDisk(200);
      try {
        const target = join(disk.folder, 'speech.wav');
        await writeFile(target, 'older');
        const wav = await createWavWriter(target);
        await wav.write(new Int16Array(24_000).fill(1));
        expect(await codeOf(wav.write(new Int16Array(200_000).fill(1)))).toBe('disk-full');
        expect(await readdir(disk.folder)).toEqual(['speech.wav']);
        expect(await readFile(target, 'utf8')).toBe('older');
      } finally {
        disk.close();
      }
    },
  );
});
