/**
 * A recording to clone, as the codec's encoder takes it: mono, at the model's rate, a whole number of frames. What would
 * make a bad voice is refused in one sentence each, before the model hears it.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  LONGEST_S,
  SHORTEST_S,
  soundFault,
  soundFaultClause,
  wordsFault,
} from '../../../common/recording-rules.ts';
import { fail } from '../../../common/result.ts';
import { PHRASES } from '../../../common/strings/phrases.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import type { VoiceSource } from '../../../common/voice.ts';
import { resample } from './resample.ts';
import { readWav } from './wav-reader.ts';

export type ReferenceVoice = Extract<VoiceSource, { kind: 'reference' }>;

/** The files of a voice, read. */
export interface ReferenceFiles {
  readonly wav: Buffer;
  /** Without white space around it; not empty. */
  readonly transcript: string;
}

/** Larger files are refused unread; 30 s of eight channels at 48 kHz in 32 bits are 46 MB. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Reads a voice's files. Throws `AppFailure`: `voice-missing` or `voice-damaged`. */
export async function readReferenceFiles(voice: ReferenceVoice): Promise<ReferenceFiles> {
  const wavName = basename(voice.path);
  const size = (await stat(voice.path).catch(() => undefined))?.size;
  if (size !== undefined && size > LARGEST_BYTES)
    return refuse(PHRASES.reference.tooLarge(wavName, LARGEST_BYTES / 2 ** 20, SHORTEST_S, LONGEST_S));
  const wav = await readFile(voice.path).catch((cause: unknown) =>
    fail('voice-missing', 'voice', FAILURES.reference.unreadable(wavName, voice.id), { cause }),
  );
  const textName = basename(voice.transcriptPath);
  const text = await readFile(voice.transcriptPath, 'utf8').catch((cause: unknown) =>
    fail('voice-missing', 'voice', FAILURES.reference.noWords(wavName, textName), { cause }),
  );
  const transcript = text.trim();
  if (transcript === '') fail('voice-damaged', 'voice', FAILURES.reference.emptyWords(textName, wavName));
  return { wav, transcript };
}

/**
 * The recording of a voice at `sampleRate`, cut to whole frames of `hop` samples. Throws `AppFailure` with `voice-damaged`
 * for one that will not do.
 */
export function prepareReference(
  { wav, transcript }: ReferenceFiles,
  name: string,
  { sampleRate, hop }: { readonly sampleRate: number; readonly hop: number },
): Float32Array {
  const reading = readWav(wav);
  if (!reading.ok) return refuse(`${name} ${reading.problem}.`);
  const { samples, sampleRate: rate } = reading.sound;
  const fault = soundFault(samples, rate);
  if (fault !== undefined) return refuse(`${name} ${soundFaultClause(fault)}.`);
  const seconds = samples.length / rate;
  if (wordsFault(transcript, seconds)?.kind === 'too-many-words')
    return refuse(PHRASES.reference.tooManyWords(name, transcript.length, seconds.toFixed(1)));
  const resampled = resample(samples, rate, sampleRate);
  return resampled.slice(0, resampled.length - (resampled.length % hop));
}

function refuse(message: string): never {
  return fail('voice-damaged', 'voice', FAILURES.reference.faulty(message));
}
