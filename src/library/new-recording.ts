/** A recording as a voice to be added: checked by the rules of the engine that will clone it, before anything is written. */
import { SAMPLE_RATE } from '../common/audio.ts';
import { soundFault, soundFaultClause, wordsFault } from '../common/recording-rules.ts';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { VoiceCard } from '../common/voice.ts';
import { wavHeader, WAV_HEADER_BYTES } from '../common/wav-header.ts';
import type { NewVoice } from './own-voices.ts';

/** What a person gives. */
export interface Recording {
  readonly name: string;
  readonly language: string;
  /** The words that are said in it. */
  readonly transcript: string;
  /** Mono, {@link SAMPLE_RATE}. */
  readonly pcm: Int16Array;
}

/** Licence of a recording that its speaker agreed to have cloned on this computer. */
const OWN_LICENCE = PHRASES.recording.licence;

/** Builds the voice. Throws `AppFailure` with `voice-damaged` for a recording or words that will not do. */
export function newRecording({ name, language, transcript, pcm }: Recording): NewVoice {
  const samples = Float32Array.from(pcm, (sample) => sample / 32_768);
  const fault = soundFault(samples, SAMPLE_RATE);
  if (fault !== undefined) fail('voice-damaged', 'voice', FAILURES.recording.faulty(soundFaultClause(fault)));
  const seconds = pcm.length / SAMPLE_RATE;
  const wrong = wordsFault(transcript, seconds);
  if (wrong !== undefined)
    fail(
      'voice-damaged',
      'voice',
      wrong.kind === 'no-words'
        ? FAILURES.recording.noWords
        : FAILURES.recording.tooManyWords(wrong.characters, seconds),
    );
  const card: VoiceCard = {
    name,
    language,
    licence: OWN_LICENCE,
    description: PHRASES.recording.description(seconds.toFixed(1)),
    grade: '',
  };
  return { card, sound: { ending: '.wav', bytes: wavBytes(pcm) }, transcript };
}

function wavBytes(pcm: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(WAV_HEADER_BYTES + pcm.length * 2);
  bytes.set(wavHeader(pcm.length * 2, SAMPLE_RATE));
  for (const [at, sample] of pcm.entries()) bytes.writeInt16LE(sample, WAV_HEADER_BYTES + at * 2);
  return bytes;
}
