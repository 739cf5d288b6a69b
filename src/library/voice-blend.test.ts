import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError } from '../common/result.ts';
import { parseStyleTable, STYLE_TABLE_BYTES } from '../common/style-table.ts';
import { newBlend, trialBlend } from './voice-blend.ts';
import { openVoiceLibrary, type VoiceLibrary } from './voices.ts';

let folder: string;
let tried: string;
let library: VoiceLibrary;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-blend-'));
  tried = join(folder, 'tried');
  const shipped = join(folder, 'shipped');
  await mkdir(shipped);
  await writeFile(join(shipped, 'default'), 'a\n');
  await writeFile(join(shipped, 'a.bin'), tableOf(1));
  await writeFile(join(shipped, 'bf_b.bin'), tableOf(2));
  await writeFile(join(shipped, 'damaged.bin'), 'no table');
  await writeFile(join(shipped, 'r.wav'), 'RIFF\0\0\0\0WAVE');
  await writeFile(join(shipped, 'r.txt'), 'Words.');
  library = openVoiceLibrary({ shipped, own: join(folder, 'own') });
});
afterEach(() => rm(folder, { recursive: true }));

function tableOf(value: number): Buffer {
  const bytes = Buffer.alloc(STYLE_TABLE_BYTES);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeFloatLE(value, at);
  return bytes;
}

function edges(bytes: Uint8Array): (number | undefined)[] {
  const table = parseStyleTable(bytes);
  return table.ok ? [table.value[0], table.value.at(-1)] : [];
}

describe('a blend that is tried', () => {
  it('is a voice that lies between the two and speaks like the one of which it has more', async () => {
    const voice = await trialBlend(library, { first: 'a', second: 'bf_b', share: 0.75 }, tried);
    expect(voice).toMatchObject({ kind: 'style', language: 'en-GB' });
    expect(edges(await readFile('path' in voice ? voice.path : ''))).toEqual([1.75, 1.75]);
  });

  it('is another file for another share, so that no engine takes the one for the other', async () => {
    const [one, two] = [0.5, 0.55].map((share) =>
      trialBlend(library, { first: 'a', second: 'bf_b', share }, tried),
    );
    expect((await one)?.id).not.toBe((await two)?.id);
  });
});

describe('a blend that is kept', () => {
  it('is the sound that was tried, with a card that names both', async () => {
    const { card, sound } = await newBlend(library, 'Dove', { first: 'a', second: 'bf_b', share: 0.25 });
    expect(edges(sound.bytes)).toEqual([1.25, 1.25]);
    expect(card).toMatchObject({ name: 'Dove', language: 'en-US', description: 'A blend: 75% a, 25% B.' });
  });
});

it.each([
  ['a recording', { first: 'a', second: 'r' }, 'voice-unsupported'],
  ['a damaged table', { first: 'damaged', second: 'a' }, 'voice-damaged'],
  ['a voice that is not there', { first: 'a', second: 'nobody' }, 'voice-missing'],
  ['one voice twice', { first: 'a', second: 'a' }, 'voice-unsupported'],
])('a blend with %s is refused, tried or kept', async (_, of, code) => {
  const blend = { ...of, share: 0.5 };
  for (const call of [() => trialBlend(library, blend, tried), () => newBlend(library, 'Dove', blend)]) {
    const failure = await call().catch((thrown: unknown) => toAppError(thrown, 'voice'));
    expect(failure).toMatchObject({ code });
  }
});

it('a blend cannot be tried where nothing can be written, which is said', async () => {
  await writeFile(tried, 'no folder');
  const failure = await trialBlend(library, { first: 'a', second: 'bf_b', share: 0.5 }, tried).catch(
    (thrown: unknown) => toAppError(thrown, 'voice'),
  );
  expect(failure).toMatchObject({ code: 'file-unwritable' });
});
