/**
 * Turns a file that a person chose into samples, with Chromium's decoder. The file stays in the page: neither its path nor its
 * bytes go anywhere.
 */
import { SAMPLE_RATE } from '../../common/audio.ts';
import { SHORTEST_S, type FileFault, type SoundFormat } from '../../common/recording-rules.ts';
import { err, ok, type Result } from '../../common/result.ts';

/** The type that a decoder is asked for. */
const FORMATS = {
  WAV: 'audio/wav',
  MP3: 'audio/mpeg',
  FLAC: 'audio/flac',
  OGG: 'audio/ogg; codecs="vorbis"',
  M4A: 'audio/mp4; codecs="mp4a.40.2"',
  AAC: 'audio/aac',
  WebM: 'audio/webm; codecs="opus"',
} as const satisfies Readonly<Record<SoundFormat, string>>;

/** Chromium's part in it; tests give another. */
export interface Decoder {
  /** The sound at {@link SAMPLE_RATE}. Rejects for what it cannot decode. */
  decode(bytes: ArrayBuffer): Promise<AudioBuffer>;
  /** Whether it knows a type of sound at all. */
  knows(type: string): boolean;
}

/** Larger files are refused unread: their sound would not fit into the page's memory. Uncompressed ones grow less. */
const LARGEST_MB = { compressed: 20, wav: 200 } as const;

/** A longer recording cannot be trimmed to a hand's precision in so narrow a picture. */
const LONGEST_MINUTES = 10;

/** Reads a file. The samples are mono (the mean of its channels) at {@link SAMPLE_RATE}. */
export async function readRecording(
  file: File,
  decoder: Decoder,
): Promise<Result<Float32Array<ArrayBuffer>, FileFault>> {
  if (file.size === 0) return err({ kind: 'empty' });
  let format: SoundFormat | undefined;
  let bytes: ArrayBuffer;
  try {
    format = soundFormat(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
    const limitMb = format === 'WAV' ? LARGEST_MB.wav : LARGEST_MB.compressed;
    if (file.size > limitMb * 1e6) return err({ kind: 'too-large', limitMb });
    bytes = await file.arrayBuffer();
  } catch {
    return err({ kind: 'unreadable' });
  }
  const sound = await decoder.decode(bytes).catch(() => undefined);
  if (sound === undefined) {
    if (format === undefined) return err({ kind: 'no-sound' });
    return err({ kind: decoder.knows(FORMATS[format]) ? 'damaged' : 'no-decoder', format });
  }
  if (sound.duration < SHORTEST_S) return err({ kind: 'too-short', seconds: sound.duration });
  if (sound.duration > LONGEST_MINUTES * 60) return err({ kind: 'too-long', limitMinutes: LONGEST_MINUTES });
  return ok(mono(sound));
}

/** What kind of sound file begins with these bytes (16 are enough); undefined for what is none that is known. */
export function soundFormat(head: Uint8Array): SoundFormat | undefined {
  const text = String.fromCharCode(...head);
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') return 'WAV';
  if (text.startsWith('fLaC')) return 'FLAC';
  if (text.startsWith('OggS')) return 'OGG';
  if (text.slice(4, 8) === 'ftyp') return 'M4A';
  if (text.startsWith('ID3')) return 'MP3';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'WebM';
  // A frame's first eleven bits are set; the layer's two bits are 0 in AAC only.
  const [first = 0, second = 0] = head;
  if (first === 0xff && (second & 0xe0) === 0xe0) return (second & 0x06) === 0 ? 'AAC' : 'MP3';
  return undefined;
}

/** The decoder of this page. */
export const chromiumDecoder: Decoder = {
  // The length of an offline context does not matter to its decoder, its rate does: the sound is resampled to it.
  decode: (bytes) => new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes),
  knows: (type) => document.createElement('audio').canPlayType(type) !== '',
};

function mono(sound: AudioBuffer): Float32Array<ArrayBuffer> {
  const sum = new Float32Array(sound.length);
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    const samples = sound.getChannelData(channel);
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (samples[at] ?? 0);
  }
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) / sound.numberOfChannels;
  return sum;
}
