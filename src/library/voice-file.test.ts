import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure, toAppError, type AppError } from '../common/result.ts';
import { STYLE_TABLE_BYTES } from '../common/style-table.ts';
import { LARGEST_VOICE_FILE } from '../common/voice-file.ts';
import { openOwnVoices, type NewVoice, type OwnVoices } from './own-voices.ts';
import { addVoiceFile, parseVoiceFile, readVoiceFile, voiceToHandOn, writeVoiceFile } from './voice-file.ts';
import { openVoiceLibrary, type VoiceLibrary } from './voices.ts';

const SHIPPED = resolve(import.meta.dirname, '../../voices');

const table = Buffer.alloc(STYLE_TABLE_BYTES);
for (let at = 0; at < table.length; at += 4) table.writeFloatLE(Math.sin(at) / 4, at);
const card = { name: 'Ada', language: 'en-US', licence: 'Apache-2.0', description: 'A blend.', grade: '' };
const style: NewVoice = { card, sound: { ending: '.bin', bytes: table }, transcript: undefined };
const recording: NewVoice = {
  card: { ...card, name: 'Ben' },
  sound: { ending: '.wav', bytes: Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1') },
  transcript: 'Some words.',
};

let folder: string;
let own: string;
let library: VoiceLibrary;
let ownVoices: OwnVoices;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-voice-file-'));
  own = join(folder, 'voices');
  library = openVoiceLibrary({ shipped: SHIPPED, own });
  ownVoices = openOwnVoices(own, library);
});
afterEach(() => rm(folder, { recursive: true }));

function refusal(text: string): AppError {
  try {
    parseVoiceFile(text, 'Ada.aloudvoice');
  } catch (thrown) {
    return toAppError(thrown, 'voice');
  }
  throw new Error('It was taken.');
}

/** The text of a file of which `change` changed the content. */
function changed(change: (content: Record<string, Record<string, unknown>>) => unknown): string {
  const content = JSON.parse(writeVoiceFile(recording)) as Record<string, Record<string, unknown>>;
  return JSON.stringify(change(content) ?? content);
}

describe('a voice file', () => {
  it.each([style, recording])('brings the voice as it was', (voice) => {
    const back = parseVoiceFile(writeVoiceFile(voice), 'x');
    expect(back.card).toEqual(voice.card);
    expect(back.sound.ending).toBe(voice.sound.ending);
    expect(Buffer.from(voice.sound.bytes).equals(Buffer.from(back.sound.bytes))).toBe(true);
    expect(back.transcript).toBe(voice.transcript);
  });

  it('goes from one library to another', async () => {
    const id = await ownVoices.add(style);
    const text = writeVoiceFile(await voiceToHandOn(library, id));
    const elsewhere = join(folder, 'elsewhere');
    const theirs = openVoiceLibrary({ shipped: SHIPPED, own: elsewhere });
    const added = await addVoiceFile(
      { library: theirs, ownVoices: openOwnVoices(elsewhere, theirs) },
      text,
      'Ada.aloudvoice',
    );
    expect((await theirs.list()).find((voice) => voice.id === added)).toMatchObject({
      ...card,
      engine: 'kokoro',
      origin: 'own',
      problem: '',
    });
    expect((await readFile(join(elsewhere, `${added}.bin`))).equals(table)).toBe(true);
  });

  it('of a name that is taken is added under a number', async () => {
    const text = writeVoiceFile(style);
    const names: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      const id = await addVoiceFile({ library, ownVoices }, text, 'x');
      names.push((await library.list()).find((voice) => voice.id === id)?.name);
    }
    expect(names).toEqual(['Ada', 'Ada 2', 'Ada 3']);
  });

  it('keeps the words of a recording', async () => {
    const id = await addVoiceFile({ library, ownVoices }, writeVoiceFile(recording), 'x');
    expect(await readFile(join(own, `${id}.txt`), 'utf8')).toBe('Some words.\n');
  });
});

describe('a voice file that will not do is refused with its name and the reason', () => {
  it.each([
    ['no JSON', 'RIFF…', 'The voice file Ada.aloudvoice is none of Aloud’s.'],
    ['other JSON', '{"format": "other"}', 'is none of Aloud’s'],
    ['a newer version', changed((content) => ({ ...content, version: 2 })), 'was written by a newer Aloud'],
    ['no card', changed((content) => ({ ...content, card: undefined })), 'wrong or missing card'],
    [
      'no words',
      changed(({ sound }) => void Object.assign(sound ?? {}, { words: ' ' })),
      'wrong or missing sound.words',
    ],
    [
      'no Base64',
      changed(({ sound }) => void Object.assign(sound ?? {}, { base64: '***' })),
      'wrong or missing sound.base64',
    ],
    [
      'another file as its recording',
      changed(({ sound }) => void Object.assign(sound ?? {}, { base64: 'AAAA' })),
      'its recording is no WAV file',
    ],
    [
      'half a table',
      writeVoiceFile({ ...style, sound: { ending: '.bin', bytes: table.subarray(0, 1_000) } }),
      'is damaged: its voice table holds 1,000 bytes',
    ],
    ['too much', ' '.repeat(LARGEST_VOICE_FILE + 1), 'is too large'],
  ])('%s', (_, text, reason) => {
    const { code, message } = refusal(text);
    expect(code).toBe('voice-damaged');
    expect(message).toContain(reason);
  });

  it('whatever lies in it', () => {
    const whole = writeVoiceFile(recording);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc
            .tuple(fc.nat(whole.length), fc.string())
            .map(([at, put]) => whole.slice(0, at) + put + whole.slice(at + 1)),
        ),
        (text) => {
          try {
            parseVoiceFile(text, 'x');
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(AppFailure);
          }
        },
      ),
    );
  });

  it('and a name in it is no path', async () => {
    const text = writeVoiceFile({ ...style, card: { ...card, name: '../../outside' } });
    const id = await addVoiceFile({ library, ownVoices }, text, 'x');
    expect(id).toBe('outside');
    expect((await library.list()).find((voice) => voice.id === id)?.problem).toBe('');
  });

  it('and one that cannot be read, or is a folder, is said so', async () => {
    const failure = async (path: string): Promise<AppError> =>
      readVoiceFile(path).then(
        () => {
          throw new Error('It was read.');
        },
        (thrown: unknown) => toAppError(thrown, 'voice'),
      );
    expect(await failure(join(folder, 'gone.aloudvoice'))).toMatchObject({ code: 'file-unreadable' });
    await mkdir(join(folder, 'a.aloudvoice'));
    expect((await failure(join(folder, 'a.aloudvoice'))).message).toContain('is no file');
    await writeFile(join(folder, 'b.aloudvoice'), 'text');
    expect(await readVoiceFile(join(folder, 'b.aloudvoice'))).toBe('text');
  });
});
