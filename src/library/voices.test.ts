import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure } from '../common/result.ts';
import { STYLE_TABLE_BYTES } from '../common/style-table.ts';
import { voiceCardSchema, type VoiceListing } from '../common/voice.ts';
import { openVoiceLibrary, type VoiceLibrary } from './voices.ts';

const SHIPPED = resolve(import.meta.dirname, '../../voices');

let folder: string;
let own: string;
let library: VoiceLibrary;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-voices-'));
  own = join(folder, 'own');
  await mkdir(own);
  library = openVoiceLibrary({ shipped: SHIPPED, own });
});

afterEach(() => rm(folder, { recursive: true }));

/** A sound style table with some of its values replaced. */
function table(changes: Readonly<Record<number, number>> = {}): Buffer {
  const bytes = Buffer.alloc(STYLE_TABLE_BYTES);
  for (let i = 0; i < STYLE_TABLE_BYTES / 4; i++) bytes.writeFloatLE(Math.sin(i) / 4, i * 4);
  for (const [index, value] of Object.entries(changes)) bytes.writeFloatLE(value, Number(index) * 4);
  return bytes;
}

async function listed(id: string): Promise<VoiceListing> {
  const voice = (await library.list()).find((candidate) => candidate.id === id);
  if (voice === undefined) throw new Error(`${id} is not in the list`);
  return voice;
}

async function failureOf(promise: Promise<unknown>): Promise<AppFailure['error']> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof AppFailure)) throw new Error(`expected an AppFailure, got ${String(thrown)}`);
  return thrown.error;
}

describe('the shipped voices', () => {
  it('are nine style tables and four references, all usable, with complete cards', async () => {
    const voices = await library.list();
    expect(voices.map((voice) => [voice.id, voice.engine, voice.problem])).toEqual([
      ...['LJ001-0001', 'LJ001-0003', 'LJ001-0005', 'LJ001-0007'].map((id) => [id, 'higgs-audio', '']),
      ...['af_bella', 'af_heart', 'af_nicole', 'af_sarah', 'am_fenrir', 'am_michael', 'am_puck'].map((id) => [
        id,
        'kokoro',
        '',
      ]),
      ...['bf_emma', 'bm_george'].map((id) => [id, 'kokoro', '']),
    ]);
    for (const voice of voices) {
      expect(voiceCardSchema.safeParse(voice).success).toBe(true);
      expect(voice.origin).toBe('shipped');
      expect(voice.description).not.toBe('');
    }
  });

  it('have af_heart as the default, and the empty id means it', async () => {
    const defaults = (await library.list()).filter((voice) => voice.isDefault);
    expect(defaults.map((voice) => voice.id)).toEqual(['af_heart']);
    expect((await library.resolve('')).id).toBe('af_heart');
  });

  it('know their language: a British voice resolves as en-GB', async () => {
    expect(await library.resolve('bf_emma')).toEqual({
      kind: 'style',
      id: 'bf_emma',
      path: join(SHIPPED, 'bf_emma.bin'),
      language: 'en-GB',
    });
  });

  it('give a reference with the path of its transcript', async () => {
    expect(await library.resolve('LJ001-0001')).toMatchObject({
      kind: 'reference',
      path: join(SHIPPED, 'LJ001-0001.wav'),
      transcriptPath: join(SHIPPED, 'LJ001-0001.txt'),
    });
  });

  it('cannot be listed when their folder is gone, which is said in one sentence', async () => {
    const gone = openVoiceLibrary({ shipped: join(folder, 'nowhere'), own });
    expect((await failureOf(gone.list())).code).toBe('file-unreadable');
  });
});

describe('the person’s own voices', () => {
  it('need not exist as a folder', async () => {
    const without = openVoiceLibrary({ shipped: SHIPPED, own: join(folder, 'nowhere') });
    expect(await without.list()).toHaveLength(13);
  });

  it('get a card from the file name when they have none', async () => {
    await writeFile(join(own, 'bm_lewis.bin'), table());
    await writeFile(join(own, 'jf_alpha.bin'), table());
    await writeFile(join(own, 'blend.bin'), table());
    expect(await listed('bm_lewis')).toMatchObject({
      name: 'Lewis',
      language: 'en-GB',
      origin: 'own',
      problem: '',
    });
    expect(await listed('jf_alpha')).toMatchObject({ name: 'Alpha', language: 'ja-JP' });
    expect(await listed('blend')).toMatchObject({ name: 'blend', language: 'en-US' });
  });

  it('hide a shipped voice of the same id', async () => {
    await writeFile(join(own, 'af_heart.bin'), table());
    const hearts = (await library.list()).filter((voice) => voice.id === 'af_heart');
    expect(hearts).toHaveLength(1);
    expect(hearts[0]).toMatchObject({ origin: 'own', isDefault: true });
    expect(await library.resolve('af_heart')).toMatchObject({ path: join(own, 'af_heart.bin') });
  });

  it('are found at the next look after they were copied in', async () => {
    expect((await failureOf(library.resolve('late'))).code).toBe('voice-missing');
    await writeFile(join(own, 'late.bin'), table());
    expect((await library.resolve('late')).id).toBe('late');
  });

  it('leave notes, licences and hidden files alone', async () => {
    await writeFile(join(own, 'LICENSE.txt'), 'words');
    await writeFile(join(own, '.hidden.bin'), 'x');
    await writeFile(join(own, 'README.md'), '# words');
    expect(await library.list()).toHaveLength(13);
  });
});

describe('what is not a voice', () => {
  const damaged: readonly (readonly [what: string, bytes: Buffer, says: RegExp])[] = [
    ['too short', table().subarray(4), /522,236 bytes where a voice table has 522,240/],
    ['too long', Buffer.concat([table(), Buffer.alloc(8)]), /bytes where a voice table has 522,240/],
    ['empty', Buffer.alloc(0), /holds 0 bytes/],
    ['NaN', table({ 77_777: Number.NaN }), /not numbers/],
    ['infinite', table({ 3: Number.POSITIVE_INFINITY }), /not numbers/],
    ['text of the right size', Buffer.alloc(STYLE_TABLE_BYTES, 'It was a dark night. '), /no voice table/],
    ['blanks of the right size', Buffer.alloc(STYLE_TABLE_BYTES, ' '), /zeros/],
  ];

  it.each(damaged)('a style table that is %s is listed with its problem', async (_what, bytes, says) => {
    await writeFile(join(own, 'odd.bin'), bytes);
    const voice = await listed('odd');
    expect(voice.problem).toMatch(says);
    expect(voice.problem).toMatch(/^odd\.bin is damaged or no voice: it holds .*\.$/);
    expect(await failureOf(library.resolve('odd'))).toMatchObject({
      code: 'voice-damaged',
      message: voice.problem,
    });
  });

  it.each([
    ['not JSON', '{"name": ', /odd\.json is not valid JSON\./],
    ['a card without a licence', '{"name":"Odd","language":"en-US"}', /wrong or missing licence\./],
    ['a list', '[1,2]', /wrong or missing its whole content\./],
  ])('a card that is %s is a problem of its voice', async (_what, text, says) => {
    await writeFile(join(own, 'odd.bin'), table());
    await writeFile(join(own, 'odd.json'), text);
    expect((await listed('odd')).problem).toMatch(says);
  });

  it('a card without a voice says so', async () => {
    await writeFile(join(own, 'odd.json'), '{"name":"Odd","language":"en-US","licence":"mine"}');
    expect((await listed('odd')).problem).toBe('odd.json has neither odd.bin nor odd.wav beside it.');
  });

  it('a reference needs a WAV file and its words', async () => {
    await cp(join(SHIPPED, 'LJ001-0001.wav'), join(own, 'mute.wav'));
    expect((await listed('mute')).problem).toMatch(/needs its words in a file mute\.txt/);
    await writeFile(join(own, 'mute.txt'), ' \n');
    expect((await listed('mute')).problem).toMatch(/mute\.txt is empty/);
    await writeFile(join(own, 'mute.txt'), 'Printing.');
    expect((await listed('mute')).problem).toBe('');
    await writeFile(join(own, 'mute.wav'), 'ID3 this is an mp3');
    expect((await listed('mute')).problem).toBe('mute.wav is damaged or no WAV file.');
  });

  it('one name for two voices is a problem', async () => {
    await writeFile(join(own, 'both.bin'), table());
    await cp(join(SHIPPED, 'LJ001-0001.wav'), join(own, 'both.wav'));
    expect((await listed('both')).problem).toMatch(/both both\.bin and both\.wav/);
  });

  it('a folder with a voice’s name is a problem', async () => {
    await mkdir(join(own, 'odd.bin'));
    expect((await listed('odd')).problem).toBe('odd.bin is not a file.');
  });

  it('a link out of the folder is refused, one within it is followed, a dead one is said', async () => {
    await writeFile(join(folder, 'outside.bin'), table());
    await symlink(join(folder, 'outside.bin'), join(own, 'sly.bin'));
    await writeFile(join(own, 'real.bin'), table());
    await symlink('real.bin', join(own, 'alias.bin'));
    await symlink('nothing', join(own, 'dead.bin'));
    expect((await listed('sly')).problem).toBe('sly.bin is a link that leads out of the folder.');
    expect((await listed('alias')).problem).toBe('');
    expect((await listed('dead')).problem).toBe('dead.bin is a link that leads nowhere.');
  });

  it('a name with other characters is a problem', async () => {
    await writeFile(join(own, 'my voice.bin'), table());
    expect((await listed('my voice')).problem).toMatch(/^The file name "my voice" is no voice's name/);
  });
});

describe('a voice that is not there', () => {
  it('is said with the names of those that are, and only usable ones', async () => {
    await writeFile(join(own, 'broken.bin'), 'x');
    const error = await failureOf(library.resolve('af_hart'));
    expect(error).toMatchObject({ code: 'voice-missing', message: 'There is no voice named "af_hart".' });
    expect(error.hint).toContain('af_heart');
    expect(error.hint).not.toContain('broken');
  });

  it.each(['../af_heart', '/etc/passwd', 'af_heart.bin', 'a'.repeat(5_000)])(
    'is what an id that is a path or no id at all names: %s',
    async (id) => {
      const error = await failureOf(library.resolve(id));
      expect(error.code).toBe('voice-missing');
      expect(error.message.length).toBeLessThan(120);
    },
  );
});
