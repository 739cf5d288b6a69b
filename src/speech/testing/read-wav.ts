/** Reads the WAV files that this room writes, strictly: whatever a player might stumble over is an error. */
import { readFile } from 'node:fs/promises';

/** A PCM 16-bit mono file. */
export interface WavFile {
  readonly sampleRate: number;
  readonly pcm: Int16Array;
}

/** Reads a file; throws where it is not exactly a RIFF header, a `fmt ` and a `data` chunk of the stated sizes. */
export async function readWav(path: string): Promise<WavFile> {
  const bytes = await readFile(path);
  const text = (start: number, end: number): string => bytes.toString('latin1', start, end);
  const expected: readonly [what: string, found: unknown, wanted: unknown][] = [
    ['RIFF', text(0, 4), 'RIFF'],
    ['size of the file', bytes.readUInt32LE(4), bytes.length - 8],
    ['form', text(8, 16), 'WAVEfmt '],
    ['size of the format', bytes.readUInt32LE(16), 16],
    ['encoding', bytes.readUInt16LE(20), 1],
    ['channels', bytes.readUInt16LE(22), 1],
    ['bytes a second', bytes.readUInt32LE(28), bytes.readUInt32LE(24) * 2],
    ['bytes a frame', bytes.readUInt16LE(32), 2],
    ['bits a sample', bytes.readUInt16LE(34), 16],
    ['data', text(36, 40), 'data'],
    ['size of the data', bytes.readUInt32LE(40), bytes.length - 44],
  ];
  for (const [what, found, wanted] of expected)
    if (found !== wanted) throw new Error(`${path}: ${what} is ${String(found)}, not ${String(wanted)}`);
  const pcm = Int16Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => bytes.readInt16LE(44 + i * 2));
  return { sampleRate: bytes.readUInt32LE(24), pcm };
}
