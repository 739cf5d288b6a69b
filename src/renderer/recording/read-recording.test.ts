import { describe, expect, it } from 'vitest';
import { readRecording, soundFormat, type Decoder } from './read-recording.ts';

const RATE = 24_000;

/** A sound of the decoder; one value for each channel. */
function sound(seconds: number, channels: readonly number[]): AudioBuffer {
  const length = Math.round(seconds * RATE);
  return {
    length,
    duration: seconds,
    sampleRate: RATE,
    numberOfChannels: channels.length,
    getChannelData: (channel: number) => new Float32Array(length).fill(channels[channel] ?? 0),
    copyFromChannel: () => undefined,
    copyToChannel: () => undefined,
  };
}

/** A decoder that gives `found`, or cannot decode; it knows the types that hold one of `knows`. */
function decoder(found: AudioBuffer | undefined, knows: readonly string[] = []): Decoder {
  return {
    decode: () =>
      found === undefined ? Promise.reject(new Error('Unable to decode')) : Promise.resolve(found),
    knows: (type) => knows.some((part) => type.includes(part)),
  };
}

const latin1 = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const HEADS: Readonly<Record<string, readonly number[]>> = {
  WAV: latin1('RIFF\x10\0\0\0WAVEfmt '),
  MP3: latin1('ID3\x04\0\0\0\0'),
  FLAC: latin1('fLaC\0\0\0\x22'),
  OGG: latin1('OggS\0\x02'),
  M4A: latin1('\0\0\0\x1cftypM4A '),
  AAC: [0xff, 0xf1, 0x50, 0x80],
  WebM: [0x1a, 0x45, 0xdf, 0xa3],
};

const file = (bytes: readonly number[], name = 'me.wav'): File => new File([Uint8Array.from(bytes)], name);

describe('the kind of a sound file', () => {
  it.each(Object.entries(HEADS))('is told by its first bytes: %s', (format, head) => {
    expect(soundFormat(Uint8Array.from(head))).toBe(format);
  });

  it('is MP3 for a bare frame too', () => {
    expect(soundFormat(Uint8Array.of(0xff, 0xfb, 0x90, 0x64))).toBe('MP3');
  });

  it.each([['%PDF-1.7'], ['RIFF\x10\0\0\0AVI LIST'], [''], ['\u00fe\u00ff text']])(
    'is none for %j',
    (text) => {
      expect(soundFormat(Uint8Array.from(latin1(text)))).toBeUndefined();
    },
  );
});

describe('a file that becomes a recording', () => {
  it('is the mean of its channels', async () => {
    const reading = await readRecording(file([1]), decoder(sound(4, [0.5, 0.25])));
    expect(reading.ok && [reading.value.length, reading.value[0]]).toEqual([4 * RATE, 0.375]);
  });

  it('may be of a kind that Aloud does not know, where the decoder does', async () => {
    expect((await readRecording(file([1, 2, 3]), decoder(sound(4, [0.5])))).ok).toBe(true);
  });

  it.each([
    ['no byte', file([]), decoder(undefined), { kind: 'empty' }],
    ['no sound', file([1, 2, 3]), decoder(undefined), { kind: 'no-sound' }],
    [
      'damaged sound',
      file(HEADS['MP3'] ?? []),
      decoder(undefined, ['mpeg']),
      { kind: 'damaged', format: 'MP3' },
    ],
    [
      'sound that this build has no decoder for',
      file(HEADS['M4A'] ?? []),
      decoder(undefined, ['mpeg']),
      { kind: 'no-decoder', format: 'M4A' },
    ],
    ['2.9 seconds', file([1]), decoder(sound(2.9, [0])), { kind: 'too-short', seconds: 2.9 }],
    ['11 minutes', file([1]), decoder(sound(660, [])), { kind: 'too-long', limitMinutes: 10 }],
  ])('does not with %s', async (_, given, by, fault) => {
    expect(await readRecording(given, by)).toEqual({ ok: false, error: fault });
  });

  it('is not read when it is too large, or cannot be', async () => {
    const large = file(HEADS['MP3'] ?? []);
    Object.defineProperty(large, 'size', { value: 21e6 });
    const never = decoder(sound(4, [0.5]));
    expect(await readRecording(large, never)).toEqual({
      ok: false,
      error: { kind: 'too-large', limitMb: 20 },
    });
    const gone = file([1]);
    gone.arrayBuffer = () => Promise.reject(new DOMException('', 'NotFoundError'));
    expect(await readRecording(gone, never)).toEqual({ ok: false, error: { kind: 'unreadable' } });
  });
});
