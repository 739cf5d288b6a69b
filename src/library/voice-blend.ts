/** A blend of two voices of the library, made from their files: to be heard, and to be kept as a voice of its own. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blendCard, blendLanguage, blendTables, type Blend } from '../common/blend.ts';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { parseStyleTable } from '../common/style-table.ts';
import type { VoiceSource } from '../common/voice.ts';
import { writeFileAtomically } from './atomic-file.ts';
import type { NewVoice } from './own-voices.ts';
import type { VoiceLibrary } from './voices.ts';

/** Both voices of a blend and what lies between them. */
interface MadeBlend {
  readonly bytes: Uint8Array;
  readonly language: string;
}

/**
 * Writes a blend's style table into `folder`, which is made if it is not there, and returns the voice to speak with. The
 * file's name is its content's, so that an engine never takes one blend for another. Throws `AppFailure`: as
 * `VoiceLibrary.resolve`, `voice-unsupported` where one of the two is no Kokoro voice or both are the same, `file-unwritable`.
 */
export async function trialBlend(library: VoiceLibrary, blend: Blend, folder: string): Promise<VoiceSource> {
  const { bytes, language } = await makeBlend(library, blend);
  const id = `blend-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
  const path = join(folder, `${id}.bin`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Whole or not at all: an engine may read the same blend's file just now.
    await writeFileAtomically(path, bytes);
  } catch (cause) {
    fail('file-unwritable', 'system', FAILURES.blend.untriable(folder), { cause });
  }
  return { kind: 'style', id, path, language };
}

/** A blend as a voice to be added under `name`. Throws as {@link trialBlend}, `file-unwritable` aside. */
export async function newBlend(library: VoiceLibrary, name: string, blend: Blend): Promise<NewVoice> {
  const { bytes } = await makeBlend(library, blend);
  const voices = await library.list();
  const [first, second] = [blend.first, blend.second].map((id) => voices.find((voice) => voice.id === id));
  if (first === undefined || second === undefined) fail('voice-missing', 'voice', FAILURES.blend.oneGone);
  return {
    card: blendCard(name, first, second, blend.share),
    sound: { ending: '.bin', bytes },
    transcript: undefined,
  };
}

async function makeBlend(library: VoiceLibrary, { first, second, share }: Blend): Promise<MadeBlend> {
  if (first === second) fail('voice-unsupported', 'voice', FAILURES.blend.sameVoice);
  const [a, b] = await Promise.all([library.resolve(first), library.resolve(second)]);
  const [tableA, tableB] = await Promise.all([readTable(a), readTable(b)]);
  return {
    bytes: tableBytes(blendTables(tableA, tableB, share)),
    language: blendLanguage(a.language, b.language, share),
  };
}

async function readTable(voice: VoiceSource): Promise<Float32Array> {
  if (voice.kind !== 'style') fail('voice-unsupported', 'voice', FAILURES.blend.noKokoro(voice.id));
  const bytes = await readFile(voice.path).catch((cause: unknown) =>
    fail('voice-missing', 'voice', FAILURES.blend.unreadable(voice.id), { cause }),
  );
  const table = parseStyleTable(bytes);
  if (!table.ok) fail('voice-damaged', 'voice', FAILURES.blend.damaged(voice.id, table.error));
  return table.value;
}

/** The file of a style table: little-endian whatever the machine. */
function tableBytes(table: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(table.length * 4);
  for (const [at, value] of table.entries()) bytes.writeFloatLE(value, at * 4);
  return bytes;
}
