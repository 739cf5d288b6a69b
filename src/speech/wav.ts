/**
 * Writes a WAV file as the sound comes: PCM 16-bit mono. The file appears under its name only when it is whole: it is
 * written beside it and renamed at the end, so that a broken run leaves neither a cut file nor a damaged older one.
 */
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SAMPLE_RATE } from '../common/audio.ts';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { WAV_HEADER_BYTES, wavHeader } from '../common/wav-header.ts';

/** A RIFF file's sizes are 32-bit. */
const LARGEST_DATA_BYTES = 0xffff_ffff - WAV_HEADER_BYTES;

/** One file being written. After {@link WavWriter.close} or {@link WavWriter.discard} it must not be used. */
export interface WavWriter {
  /** Appends samples. Throws `AppFailure`: `disk-full` or `file-unwritable`. */
  write(pcm: Int16Array): Promise<void>;
  /** Completes the file and gives it its name. Returns the samples written. Throws as `write`. */
  close(): Promise<number>;
  /** Gives the file up and leaves nothing behind. */
  discard(): Promise<void>;
}

/** Begins the file `path`. Throws `AppFailure` with `file-unwritable` where no file can be made there. */
export async function createWavWriter(path: string, sampleRate = SAMPLE_RATE): Promise<WavWriter> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  let file: FileHandle;
  try {
    file = await open(partial, 'w');
  } catch (cause) {
    return writeFailure(path, cause);
  }
  let dataBytes = 0;

  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
  };
  const orDiscard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      await discard();
      return writeFailure(path, cause);
    }
  };

  await orDiscard(() => file.write(wavHeader(0, sampleRate), 0, WAV_HEADER_BYTES, 0));
  return {
    write: (pcm) =>
      orDiscard(async () => {
        if (dataBytes + pcm.length * 2 > LARGEST_DATA_BYTES)
          throw new Error('The sound is too long for a WAV file');
        await writeAll(file, littleEndian(pcm), WAV_HEADER_BYTES + dataBytes);
        dataBytes += pcm.length * 2;
      }),
    close: () =>
      orDiscard(async () => {
        await writeAll(file, wavHeader(dataBytes, sampleRate), 0);
        await file.close();
        await rename(partial, path);
        return dataBytes / 2;
      }),
    discard,
  };
}

function littleEndian(pcm: Int16Array): Buffer {
  const bytes = Buffer.alloc(pcm.length * 2);
  for (const [i, sample] of pcm.entries()) bytes.writeInt16LE(sample, i * 2);
  return bytes;
}

/** A write may take less than it was given, on a disk that is nearly full for one. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function writeFailure(path: string, cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return fail('disk-full', 'system', FAILURES.wav.diskFull(path), { cause });
  const reason = cause instanceof Error ? ` (${cause.message.split(',')[0] ?? ''})` : '';
  return fail('file-unwritable', 'system', FAILURES.wav.unwritable(path, reason), { cause });
}
