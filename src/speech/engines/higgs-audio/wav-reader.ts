import { PHRASES } from '../../../common/strings/phrases.ts'; /**
 * Reads the sound of a WAV file: PCM of 8 to 32 bits and floats of 32 or 64, any number of channels (their mean is taken),
 * any rate. A file that was cut off, or whose header gives no length, gives what is there.
 */

export interface WavSound {
  /** Mono, nominal range −1 to 1. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/** The sound, or why there is none as a clause such as "is no WAV file". */
export type WavReading =
  { readonly ok: true; readonly sound: WavSound } | { readonly ok: false; readonly problem: string };

interface Format {
  readonly code: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** Reads the bytes of a whole file. */
export function readWav(bytes: Buffer): WavReading {
  if (bytes.length < 12 || ascii(bytes, 0) !== 'RIFF' || ascii(bytes, 8) !== 'WAVE')
    return { ok: false, problem: PHRASES.wav.noWav };
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = ascii(bytes, at);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') {
      if (body.length < 16) return { ok: false, problem: PHRASES.wav.damagedHeader };
      format = readFormat(body);
    }
    if (id === 'data') {
      if (format === undefined) return { ok: false, problem: PHRASES.wav.damagedHeader };
      return readSamples(body, format);
    }
    at += 8 + size + (size % 2);
  }
  return { ok: false, problem: PHRASES.wav.noSound };
}

function readFormat(body: Buffer): Format {
  const code = body.readUInt16LE(0);
  return {
    // The extensible form names the real format in the first bytes of a GUID.
    code: code === EXTENSIBLE && body.length >= 26 ? body.readUInt16LE(24) : code,
    channels: body.readUInt16LE(2),
    sampleRate: body.readUInt32LE(4),
    bits: body.readUInt16LE(14),
  };
}

function readSamples(data: Buffer, { code, channels, sampleRate, bits }: Format): WavReading {
  const read = sampleReader(code, bits);
  if (read === undefined) return { ok: false, problem: PHRASES.wav.otherFormat(code, bits) };
  if (channels < 1 || channels > 64 || sampleRate < 4_000 || sampleRate > 768_000)
    return { ok: false, problem: PHRASES.wav.damagedHeader };
  const width = bits / 8;
  const samples = new Float32Array(Math.floor(data.length / (width * channels)));
  for (let at = 0; at < samples.length; at++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(data, (at * channels + channel) * width);
    samples[at] = sum / channels;
  }
  if (!samples.every(Number.isFinite)) return { ok: false, problem: PHRASES.wav.notNumbers };
  return { ok: true, sound: { samples, sampleRate } };
}

function sampleReader(code: number, bits: number): ((data: Buffer, at: number) => number) | undefined {
  if (code === FLOAT && bits === 32) return (data, at) => data.readFloatLE(at);
  if (code === FLOAT && bits === 64) return (data, at) => data.readDoubleLE(at);
  if (code !== PCM) return undefined;
  switch (bits) {
    case 8:
      return (data, at) => (data.readUInt8(at) - 128) / 128;
    case 16:
      return (data, at) => data.readInt16LE(at) / 2 ** 15;
    case 24:
      return (data, at) => data.readIntLE(at, 3) / 2 ** 23;
    case 32:
      return (data, at) => data.readInt32LE(at) / 2 ** 31;
    default:
      return undefined;
  }
}

function ascii(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}
