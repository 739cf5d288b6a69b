import { describe, expect, it } from 'vitest';
import { toAppError } from '../common/result.ts';
import { voiceCardSchema } from '../common/voice.ts';
import { newRecording } from './new-recording.ts';

const RATE = 24_000;

/** A tone whose level moves as that of speech does. */
function speechLike(seconds: number, level = 9_000): Int16Array {
  return Int16Array.from(
    { length: Math.round(seconds * RATE) },
    (_, at) => level * Math.max(0, Math.sin((19 * at) / RATE)) ** 2 * Math.sin((1_400 * at) / RATE),
  );
}

const given = { name: 'Me', language: 'en-GB', transcript: 'Some words.' };

describe('a recording that is kept', () => {
  it('is a WAV file of just its samples, with a card', () => {
    const pcm = speechLike(4);
    const { card, sound, transcript } = newRecording({ ...given, pcm });
    const bytes = Buffer.from(sound.bytes);
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([1, RATE, 16]);
    expect(bytes.readUInt32LE(40)).toBe(pcm.length * 2);
    expect(bytes.length).toBe(44 + pcm.length * 2);
    for (const at of [0, 1, 777, pcm.length - 1]) expect(bytes.readInt16LE(44 + at * 2)).toBe(pcm[at]);
    expect(transcript).toBe('Some words.');
    expect(voiceCardSchema.parse(card)).toMatchObject({ name: 'Me', language: 'en-GB' });
  });

  it.each([
    ['too short', speechLike(2.9), 'The recording lasts 2.9 seconds: a reference must last 3 at least.'],
    ['too long', speechLike(30.1), 'The recording lasts 30.1 seconds: a reference may last 30 at most.'],
    ['silent', new Int16Array(4 * RATE), 'The recording is silent or far too soft (no sound at all).'],
    [
      'clipped',
      speechLike(4, 1_000_000).map((_, at) => (at % 40 < 20 ? 32_767 : -32_768)),
      'The recording is clipped: it was recorded too loud, and its peaks are cut off.',
    ],
    ['empty', new Int16Array(0), 'The recording is empty: it holds no sound.'],
  ])('must not be %s', (_, pcm, message) => {
    let failure: unknown;
    try {
      newRecording({ ...given, pcm });
    } catch (thrown) {
      failure = toAppError(thrown, 'voice');
    }
    expect(failure).toMatchObject({ code: 'voice-damaged', message });
  });

  it.each([
    [' \n', 'The words of the recording are missing.'],
    ['word '.repeat(100).trim(), 'The words have 499 characters, more than can be said in 4.0 seconds.'],
  ])('needs its words', (transcript, message) => {
    expect(() => newRecording({ ...given, transcript, pcm: speechLike(4) })).toThrow(message);
  });
});
