/** Makes WAV files of every kind that a person may have, and of some that they should not. */

export interface WavOptions {
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly bits?: 8 | 16 | 24 | 32 | 64;
  readonly float?: boolean;
  /** Writes the header in the extensible form. */
  readonly extensible?: boolean;
  /** The size that the header gives for the data, in place of the true one. */
  readonly claimedBytes?: number;
}

/** The bytes of a WAV file; all channels get the same samples. */
export function makeWav(samples: Float32Array, options: WavOptions = {}): Buffer {
  const { sampleRate = 24_000, channels = 1, bits = 16, float = false, extensible = false } = options;
  const width = bits / 8;
  const data = Buffer.alloc(samples.length * channels * width);
  for (const [at, sample] of samples.entries())
    for (let channel = 0; channel < channels; channel++)
      writeSample(data, (at * channels + channel) * width, sample, bits, float);
  const code = float ? 3 : 1;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : code, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * channels * width, 8);
  format.writeUInt16LE(channels * width, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(code, 24);
  const chunks = [
    chunk('fmt ', format),
    // Many editors write notes before the sound; an odd length is padded.
    chunk('LIST', Buffer.from('INFOx')),
    chunk('data', data, options.claimedBytes),
  ];
  const body = Buffer.concat([Buffer.from('WAVE', 'latin1'), ...chunks]);
  return chunk('RIFF', body);
}

function chunk(id: string, body: Buffer, claimed = body.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(claimed, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

function writeSample(data: Buffer, at: number, sample: number, bits: number, float: boolean): void {
  if (float) {
    if (bits === 64) data.writeDoubleLE(sample, at);
    else data.writeFloatLE(sample, at);
    return;
  }
  if (bits === 8) {
    data.writeUInt8(Math.round(sample * 127) + 128, at);
    return;
  }
  const top = 2 ** (bits - 1) - 1;
  data.writeIntLE(Math.round(Math.max(-1, Math.min(1, sample)) * top), at, bits / 8);
}

/** A tone whose level moves as that of speech does: three bursts a second. */
export function speechLike(seconds: number, sampleRate = 24_000, level = 0.3): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, at) => {
    const time = at / sampleRate;
    const burst = Math.max(0, Math.sin(2 * Math.PI * 3 * time)) ** 2;
    return level * burst * Math.sin(2 * Math.PI * 220 * time) + 0.0005 * Math.sin(2 * Math.PI * 60 * time);
  });
}

/** A steady tone. */
export function tone(seconds: number, hertz: number, sampleRate = 24_000, level = 0.3): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, at) => level * Math.sin((2 * Math.PI * hertz * at) / sampleRate),
  );
}
