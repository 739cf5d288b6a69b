/**
 * One folder of voices, read and checked. Never throws for what lies in the folder: a file that is not what its name says
 * becomes a voice with a `problem`. Files are only read inside the folder: a link that leads out of it is refused, since
 * voice folders are passed between people.
 */
import { open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { PHRASES } from '../common/strings/phrases.ts';
import { parseStyleTable, STYLE_TABLE_BYTES } from '../common/style-table.ts';
import { LONGEST_ID, VOICE_ID } from '../common/voice-name.ts';
import { voiceCardSchema, type EngineId, type VoiceCard, type VoiceSource } from '../common/voice.ts';

/** A voice as it was found. Either `source` is there or `problem` is a sentence. */
export interface FoundVoice {
  readonly id: string;
  readonly origin: 'shipped' | 'own';
  readonly engine: EngineId;
  readonly card: VoiceCard;
  readonly source: VoiceSource | undefined;
  /** Why the voice cannot be used, one sentence; '' when it can. */
  readonly problem: string;
}

/** Cards and transcripts are small; a larger file is something else. */
const LARGEST_TEXT_BYTES = 65_536;

/** File endings that make up voices. */
export const ENDINGS = ['.bin', '.wav', '.txt', '.json'] as const;
type Ending = (typeof ENDINGS)[number];

/**
 * The voices of a folder by id, or undefined when there is no such folder. With `only`, no other voice's files are opened,
 * and the list has one entry at most.
 */
export async function readVoiceFolder(
  folder: string,
  origin: 'shipped' | 'own',
  only?: string,
): Promise<readonly FoundVoice[] | undefined> {
  let names: string[];
  let root: string;
  try {
    names = await readdir(folder);
    root = await realpath(folder);
  } catch {
    return undefined;
  }
  const voices = [...groupById(names)]
    // A text file alone is no voice: a licence or a note may lie beside the voices.
    .filter(([id]) => only === undefined || id === only)
    .filter(([, endings]) => endings.has('.bin') || endings.has('.wav') || endings.has('.json'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(voices.map(([id, endings]) => readVoice({ folder, root, id, origin, endings })));
}

function groupById(names: readonly string[]): Map<string, Set<Ending>> {
  const groups = new Map<string, Set<Ending>>();
  for (const name of names) {
    const ending = ENDINGS.find((candidate) => candidate === extname(name));
    const id = basename(name, ending);
    if (ending === undefined || id.startsWith('.')) continue;
    const endings = groups.get(id) ?? new Set();
    groups.set(id, endings.add(ending));
  }
  return groups;
}

/** A voice's files, before they are looked into. */
interface VoiceFiles {
  readonly folder: string;
  /** The folder's real path, links resolved. */
  readonly root: string;
  readonly id: string;
  readonly origin: 'shipped' | 'own';
  readonly endings: ReadonlySet<Ending>;
}

/** What is wrong with a voice's files, as one sentence. Never leaves this file. */
class VoiceProblem extends Error {}

async function readVoice(files: VoiceFiles): Promise<FoundVoice> {
  const { id, origin } = files;
  const engine = files.endings.has('.wav') && !files.endings.has('.bin') ? 'higgs-audio' : 'kokoro';
  let card = cardFromName(id, engine);
  try {
    checkNames(files);
    if (files.endings.has('.json')) card = await readCard(files);
    const source = await readSource(files, card.language);
    return { id, origin, engine, card, source, problem: '' };
  } catch (thrown) {
    const problem = thrown instanceof VoiceProblem ? thrown.message : PHRASES.voices.unreadable(id);
    return { id, origin, engine, card, source: undefined, problem };
  }
}

function checkNames({ id, endings }: VoiceFiles): void {
  if (!VOICE_ID.test(id) || id.length > LONGEST_ID)
    throw new VoiceProblem(PHRASES.voices.noName(id, LONGEST_ID));
  if (endings.has('.bin') && endings.has('.wav')) throw new VoiceProblem(PHRASES.voices.twice(id));
  if (!endings.has('.bin') && !endings.has('.wav')) throw new VoiceProblem(PHRASES.voices.onlyCard(id));
}

async function readSource(files: VoiceFiles, language: string): Promise<VoiceSource> {
  const { id } = files;
  if (files.endings.has('.bin')) {
    const { path, bytes } = await readInside(files, '.bin', STYLE_TABLE_BYTES);
    const table = parseStyleTable(bytes);
    if (!table.ok) throw new VoiceProblem(PHRASES.voices.damagedTable(id, table.error));
    return { kind: 'style', id, path, language };
  }
  const { path, bytes } = await readInside(files, '.wav', 12);
  const header = bytes.toString('latin1');
  if (!header.startsWith('RIFF') || header.slice(8, 12) !== 'WAVE')
    throw new VoiceProblem(PHRASES.voices.damagedWav(id));
  if (!files.endings.has('.txt')) throw new VoiceProblem(PHRASES.voices.needsWords(id));
  const transcript = await readInside(files, '.txt', LARGEST_TEXT_BYTES);
  if (transcript.bytes.toString('utf8').trim() === '') throw new VoiceProblem(PHRASES.voices.emptyWords(id));
  return { kind: 'reference', id, path, transcriptPath: transcript.path, language };
}

async function readCard(files: VoiceFiles): Promise<VoiceCard> {
  const { bytes } = await readInside(files, '.json', LARGEST_TEXT_BYTES);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new VoiceProblem(PHRASES.voices.cardNoJson(files.id));
  }
  const card = voiceCardSchema.safeParse(value);
  if (card.success) return card.data;
  const fields = [
    ...new Set(card.error.issues.map((issue) => issue.path.join('.') || PHRASES.voices.wholeContent)),
  ];
  throw new VoiceProblem(PHRASES.voices.wrongCard(files.id, fields.join(', ')));
}

/**
 * Reads at most `limit` + 1 bytes of a voice's file: one more than wanted shows a file that is too large without reading
 * a gigabyte. The path given back is the real one.
 */
async function readInside(
  { folder, root, id }: VoiceFiles,
  ending: Ending,
  limit: number,
): Promise<{ path: string; bytes: Buffer }> {
  const name = `${id}${ending}`;
  const path = await realpath(join(folder, name)).catch(() => undefined);
  if (path === undefined) throw new VoiceProblem(PHRASES.voices.deadLink(name));
  if (!path.startsWith(root + sep)) throw new VoiceProblem(PHRASES.voices.linkOutside(name));
  let file: FileHandle | undefined;
  try {
    const status = await stat(path);
    // Asked before opening: opening a named pipe would wait for its writer.
    if (!status.isFile()) throw new VoiceProblem(PHRASES.voices.notAFile(name));
    file = await open(path, 'r');
    const wanted = Math.min(status.size, limit + 1);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, 0);
    return { path, bytes: buffer.subarray(0, bytesRead) };
  } catch (thrown) {
    if (thrown instanceof VoiceProblem) throw thrown;
    throw new VoiceProblem(PHRASES.voices.fileUnreadable(name));
  } finally {
    await file?.close();
  }
}

/** Languages by the first letter of a Kokoro voice's name, as its makers name them. */
const LANGUAGE_OF_LETTER: Readonly<Record<string, string>> = {
  a: 'en-US',
  b: 'en-GB',
  e: 'es-ES',
  f: 'fr-FR',
  h: 'hi-IN',
  i: 'it-IT',
  j: 'ja-JP',
  p: 'pt-BR',
  z: 'zh-CN',
};

/** The card of a voice that has none: `bf_alice` is a British voice named Alice. */
function cardFromName(id: string, engine: EngineId): VoiceCard {
  const [, letter, rest] = /^([a-z])[fm]_(.+)$/.exec(id) ?? [];
  const named = engine === 'kokoro' && letter !== undefined && rest !== undefined;
  const name = named ? `${rest.charAt(0).toUpperCase()}${rest.slice(1)}` : id;
  return {
    name: name.slice(0, 80),
    language: (named ? LANGUAGE_OF_LETTER[letter] : undefined) ?? 'en-US',
    licence: PHRASES.voices.licenceNotStated,
    description: '',
    grade: '',
  };
}
