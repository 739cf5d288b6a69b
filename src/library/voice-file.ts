/**
 * A voice as one file, `<name>.aloudvoice`, by which people hand voices on: JSON with the voice's card, its sound (a Kokoro style
 * table, or a recording as a WAV file) in Base64, and a recording's words. Whatever comes from such a file is checked: anyone may
 * have written it.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { AppFailure, fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { parseStyleTable } from '../common/style-table.ts';
import { LARGEST_VOICE_FILE, VOICE_FILE_ENDING } from '../common/voice-file.ts';
import { nameFault } from '../common/voice-name.ts';
import { voiceCardSchema, type VoiceListing } from '../common/voice.ts';
import type { NewVoice, OwnVoices } from './own-voices.ts';
import type { VoiceLibrary } from './voices.ts';

const FORMAT = 'aloud-voice';
/** Version that this program writes, and the newest that it reads. */
const VERSION = 1;

/** Characters of a recording's words. */
const LONGEST_TRANSCRIPT = 10_000;

const headSchema = z.object({ format: z.literal(FORMAT), version: z.number().int().min(1) });
const fileSchema = headSchema.extend({
  card: voiceCardSchema,
  sound: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('style'), base64: z.base64() }),
    z.object({
      kind: z.literal('recording'),
      base64: z.base64(),
      words: z.string().trim().min(1).max(LONGEST_TRANSCRIPT),
    }),
  ]),
});

/** The text of a voice's file. */
export function writeVoiceFile({ card, sound, transcript }: NewVoice): string {
  const base64 = Buffer.from(sound.bytes).toString('base64');
  const content: z.infer<typeof fileSchema> = {
    format: FORMAT,
    version: VERSION,
    card,
    sound:
      sound.ending === '.bin'
        ? { kind: 'style', base64 }
        : { kind: 'recording', base64, words: (transcript ?? '').trim() },
  };
  return `${JSON.stringify(content)}\n`;
}

/** The voice in a file's text. Throws `AppFailure` with `voice-damaged`; `name` is the file's, for the sentence. */
export function parseVoiceFile(text: string, name: string): NewVoice {
  if (text.length > LARGEST_VOICE_FILE) return refuse(name, PHRASES.voiceFile.tooLarge);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return refuse(name, PHRASES.voiceFile.notAlouds);
  }
  const head = headSchema.safeParse(content);
  if (!head.success) return refuse(name, PHRASES.voiceFile.notAlouds);
  if (head.data.version > VERSION)
    return refuse(name, PHRASES.voiceFile.newer, PHRASES.voiceFile.updateAloud);
  const file = fileSchema.safeParse(content);
  if (!file.success) {
    const fields = [
      ...new Set(file.error.issues.map(({ path }) => path.join('.') || PHRASES.voiceFile.wholeContent)),
    ];
    return refuse(name, PHRASES.voiceFile.wrongFields(fields.join(', ')));
  }
  const { card, sound } = file.data;
  const bytes = Buffer.from(sound.base64, 'base64');
  if (sound.kind === 'style') {
    const table = parseStyleTable(bytes);
    if (!table.ok) return refuse(name, PHRASES.voiceFile.damagedTable(table.error));
    return { card, sound: { ending: '.bin', bytes }, transcript: undefined };
  }
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return refuse(name, PHRASES.voiceFile.damagedRecording);
  return { card, sound: { ending: '.wav', bytes }, transcript: sound.words };
}

/** A voice of the library to be handed on. Throws as `VoiceLibrary.resolve`, and `voice-damaged`. */
export async function voiceToHandOn(library: VoiceLibrary, id: string): Promise<NewVoice> {
  const [voices, source] = await Promise.all([library.list(), library.resolve(id)]);
  const card = voiceCardSchema.parse(voices.find((voice) => voice.id === source.id));
  if (source.kind === 'own')
    return fail('voice-unsupported', 'voice', FAILURES.voiceFile.partOfModel(card.name));
  try {
    const bytes = await readFile(source.path);
    if (source.kind === 'style') return { card, sound: { ending: '.bin', bytes }, transcript: undefined };
    const transcript = await readFile(source.transcriptPath, 'utf8');
    return { card, sound: { ending: '.wav', bytes }, transcript };
  } catch (cause) {
    return fail('voice-missing', 'voice', FAILURES.voiceFile.filesUnreadable(card.name), { cause });
  }
}

/**
 * Adds the voice of a file's text; its id. A name that is taken is numbered. Throws `AppFailure`: `voice-damaged`, and as
 * `OwnVoices.add`.
 */
export async function addVoiceFile(
  { library, ownVoices }: { readonly library: VoiceLibrary; readonly ownVoices: OwnVoices },
  text: string,
  name: string,
): Promise<string> {
  const voice = parseVoiceFile(text, name);
  const card = { ...voice.card, name: freeName(voice.card.name, await library.list()) };
  return ownVoices.add({ ...voice, card });
}

/** The text of a file that the system asked Aloud to open. Throws `AppFailure`: `file-unreadable`, `voice-damaged`. */
export async function readVoiceFile(path: string): Promise<string> {
  const name = basename(path);
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return refuse(name, PHRASES.voiceFile.noFile);
    if (facts.size > LARGEST_VOICE_FILE) return refuse(name, PHRASES.voiceFile.tooLarge);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof AppFailure) throw cause;
    return fail('file-unreadable', 'voice', FAILURES.voiceFile.unreadable(name), { cause });
  }
}

/** Most voices of one name that are told apart by a number. */
const MOST_OF_A_NAME = 100;

function freeName(name: string, voices: readonly VoiceListing[]): string {
  for (let number = 2; number <= MOST_OF_A_NAME && nameFault(name, voices) === 'taken'; number++) {
    const numbered = `${name.replace(/ \d+$/, '')} ${number}`;
    if (nameFault(numbered, voices) !== 'taken') return numbered;
  }
  return name;
}

function refuse(name: string, why: string, hint = PHRASES.voiceFile.chooseAnother(VOICE_FILE_ENDING)): never {
  return fail('voice-damaged', 'voice', FAILURES.voiceFile.faulty(name, why, hint));
}
