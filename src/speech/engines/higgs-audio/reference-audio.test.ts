import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError, type AppError } from '../../../common/result.ts';
import { prepareReference, readReferenceFiles, type ReferenceVoice } from './reference-audio.ts';
import { makeWav, speechLike, tone, type WavOptions } from './testing/make-wav.ts';
import { maxDifference } from './testing/fixtures.ts';
import { readWav } from './wav-reader.ts';

const WANTED = { sampleRate: 24_000, hop: 960 };
const SHIPPED = join(import.meta.dirname, '../../../../voices');

const prepare = (wav: Buffer, transcript = 'Some words.'): Float32Array =>
  prepareReference({ wav, transcript }, 'me.wav', WANTED);

function refusal(wav: Buffer, transcript?: string): AppError {
  try {
    prepare(wav, transcript);
  } catch (thrown) {
    return toAppError(thrown, 'voice');
  }
  throw new Error('The recording was taken');
}

describe('a recording to clone', () => {
  const kinds: readonly (readonly [string, WavOptions, number])[] = [
    ['8-bit', { bits: 8 }, 0.02],
    ['16-bit', { bits: 16 }, 1e-4],
    ['24-bit', { bits: 24 }, 1e-6],
    ['32-bit', { bits: 32 }, 1e-6],
    ['float', { bits: 32, float: true }, 1e-6],
    ['double', { bits: 64, float: true }, 1e-6],
    ['stereo', { channels: 2 }, 1e-4],
    ['six channels', { channels: 6, bits: 24 }, 1e-6],
    ['in the extensible form', { extensible: true, bits: 24 }, 1e-6],
    ['of a recorder that was switched off (no length in its header)', { claimedBytes: 0xffff_ffff }, 1e-4],
  ];
  it.each(kinds)('is read: %s', (_, options, tolerance) => {
    const samples = speechLike(3.2);
    const found = prepare(makeWav(samples, options));
    expect(maxDifference(found, samples)).toBeLessThan(tolerance);
  });

  it.each([8_000, 22_050, 44_100, 48_000])('at %i Hz becomes 24,000 Hz and whole frames', (sampleRate) => {
    const found = prepare(makeWav(speechLike(5.013, sampleRate), { sampleRate }));
    expect(found.length % 960).toBe(0);
    expect(found).toHaveLength(Math.floor((5.013 * 24_000) / 960) * 960);
  });

  it('is taken for each of those that ship', async () => {
    const names = (await readdir(SHIPPED)).filter((name) => name.endsWith('.wav'));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const wav = await readFile(join(SHIPPED, name));
      const transcript = await readFile(join(SHIPPED, name.replace('.wav', '.txt')), 'utf8');
      expect(prepare(wav, transcript.trim()).length).toBeGreaterThan(3 * 24_000);
    }
  });

  const clipped = speechLike(4).map((sample) => Math.max(-1, Math.min(1, sample * 20)));
  const refused: readonly (readonly [string, Buffer, string])[] = [
    ['no WAV file', Buffer.from('ID3 this is an mp3'), 'me.wav is no WAV file.'],
    ['nothing', Buffer.alloc(0), 'me.wav is no WAV file.'],
    ['a header alone', makeWav(speechLike(4)).subarray(0, 30), 'me.wav has a damaged header.'],
    ['no samples', makeWav(new Float32Array(0)), 'me.wav is empty: it holds no sound.'],
    ['2.9 seconds', makeWav(speechLike(2.9)), 'me.wav lasts 2.9 seconds: a reference must last 3 at least.'],
    [
      '30.5 seconds',
      makeWav(speechLike(30.5)),
      'me.wav lasts 30.5 seconds: a reference may last 30 at most.',
    ],
    ['silence', makeWav(new Float32Array(96_000)), 'me.wav is silent or far too soft (no sound at all).'],
    [
      'a whisper of the electronics',
      makeWav(speechLike(4, 24_000, 0.001), { bits: 24 }),
      'me.wav is silent or far too soft (-67 dB).',
    ],
    [
      'cut peaks',
      makeWav(clipped),
      'me.wav is clipped: it was recorded too loud, and its peaks are cut off.',
    ],
    ['a tone', makeWav(tone(4, 440)), 'me.wav does not sound like speech: its level hardly changes.'],
    [
      'noise',
      makeWav(Float32Array.from({ length: 96_000 }, () => Math.random() * 0.6 - 0.3)),
      'me.wav does not sound like speech: its level hardly changes.',
    ],
    [
      'another coding',
      withFormat(makeWav(speechLike(4)), 7),
      'me.wav is stored in a way that Aloud cannot read (format 7, 16 bits).',
    ],
    ['a rate of nothing', makeWav(speechLike(4), { sampleRate: 0 }), 'me.wav has a damaged header.'],
    [
      'no numbers',
      makeWav(speechLike(4).fill(NaN, 10, 20), { bits: 32, float: true }),
      'me.wav holds samples that are no numbers.',
    ],
  ];
  it.each(refused)('that holds %s is refused in one sentence', (_, wav, message) => {
    expect(refusal(wav)).toEqual({
      code: 'voice-damaged',
      stage: 'voice',
      message,
      retryable: false,
      hint: 'Choose another recording, or another voice.',
    });
  });

  it('with the words of another is refused', () => {
    expect(refusal(makeWav(speechLike(4)), 'word '.repeat(100)).message).toBe(
      'The words of me.wav have 500 characters, more than can be said in 4.0 seconds.',
    );
  });

  it('that is any rubbish is read or refused, and never more', () => {
    const whole = makeWav(speechLike(0.01));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const reading = readWav(bytes);
        expect(reading.ok ? reading.sound.samples.every(Number.isFinite) : reading.problem).toBeTruthy();
      }),
    );
  });
});

function withFormat(wav: Buffer, code: number): Buffer {
  const changed = Buffer.from(wav);
  changed.writeUInt16LE(code, 20);
  return changed;
}

describe('the files of a voice', () => {
  let folder: string;
  let voice: ReferenceVoice;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aloud-reference-'));
    const [path, transcriptPath] = [join(folder, 'me.wav'), join(folder, 'me.txt')];
    voice = { kind: 'reference', id: 'me', path, transcriptPath, language: 'en-US' };
    await writeFile(path, 'RIFF');
    await writeFile(transcriptPath, ' Some words.\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const failure = (): Promise<AppError> =>
    readReferenceFiles(voice).then(
      () => Promise.reject(new Error('The voice was taken')),
      (thrown: unknown) => toAppError(thrown, 'voice'),
    );

  it('are read, the words without white space around them', async () => {
    expect((await readReferenceFiles(voice)).transcript).toBe('Some words.');
  });

  it('whose words are missing or empty say which file must hold them', async () => {
    await writeFile(voice.transcriptPath, ' \n');
    expect(await failure()).toMatchObject({
      message: 'me.txt is empty: it must hold the words of me.wav.',
      hint: 'Write what is said in the recording into me.txt.',
    });
    await rm(voice.transcriptPath);
    expect(await failure()).toMatchObject({
      code: 'voice-missing',
      message: 'The words of me.wav are missing: there is no readable me.txt beside it.',
    });
  });

  it('whose recording is gone or huge say so', async () => {
    await rm(voice.path);
    expect(await failure()).toMatchObject({
      code: 'voice-missing',
      message: 'The recording me.wav of voice "me" cannot be read.',
    });
    await writeFile(voice.path, Buffer.alloc(64 * 1024 * 1024 + 1));
    expect((await failure()).message).toBe('me.wav is larger than 64 MB: a reference lasts 3 to 30 seconds.');
  });
});
