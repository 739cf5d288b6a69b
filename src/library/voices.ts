/**
 * The voice library: the voices that ship and the person's own, in one list. An own voice hides a shipped one of the same
 * id. What is damaged stays in the list and says why, so that a person sees what became of a file; only a missing shipped
 * folder is a failure.
 *
 * Folders are read again on every call: a voice that is copied in is there at the next look, without a restart.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { LONGEST_ID, VOICE_ID } from '../common/voice-name.ts';
import { kokoroSpeaks, type EngineId, type VoiceListing, type VoiceSource } from '../common/voice.ts';
import { readVoiceFolder, type FoundVoice } from './voices-folder.ts';

/** Absolute paths of the folders that hold voices. */
export interface VoiceFolders {
  /** The program's own `voices/`. Its file `default` names the default voice. */
  readonly shipped: string;
  /** The person's folder; it need not exist. Its file `default`, if it has one, goes before the program's. */
  readonly own: string;
}

/** The file of a voices folder that names the default voice. */
export const DEFAULT_FILE = 'default';

export interface VoiceLibrary {
  /**
   * All voices, shipped ones first, each group by id. Those that cannot be used say why in `problem`. Throws
   * `AppFailure` with `file-unreadable` when the shipped folder cannot be read.
   */
  list(): Promise<readonly VoiceListing[]>;
  /**
   * What an engine needs to speak with the voice `id`; '' means the default voice. Throws `AppFailure`: `voice-missing`
   * (its hint names the voices there are) or `voice-damaged`.
   */
  resolve(id: string): Promise<VoiceSource>;
  /** Id of the voice that speaks when none is chosen. */
  defaultId(): Promise<string>;
}

/** Opens the library over two folders. Nothing is read before the first call. */
export function openVoiceLibrary(folders: VoiceFolders): VoiceLibrary {
  const defaultId = async (): Promise<string> => {
    const own = await ownDefault(folders);
    if (own !== undefined) return own;
    const path = join(folders.shipped, DEFAULT_FILE);
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (cause) {
      return shippedFolderFailure(folders.shipped, cause);
    }
  };

  return {
    defaultId,

    async list() {
      const [voices, preferred] = await Promise.all([readBoth(folders), defaultId()]);
      return voices.map(({ id, origin, engine, card, problem }) => ({
        ...card,
        id,
        engine,
        origin,
        isDefault: id === preferred,
        problem: problem === '' ? languageProblem(engine, card.language) : problem,
      }));
    },

    async resolve(id) {
      const wanted = id === '' ? await defaultId() : id;
      const voice = await readOne(folders, wanted);
      if (voice === undefined) return missingVoice(wanted, await readBoth(folders));
      if (voice.source === undefined) fail('voice-damaged', 'voice', FAILURES.voices.damaged(voice.problem));
      return voice.source;
    },
  };
}

/** Why a voice that is whole cannot speak: its language. */
function languageProblem(engine: EngineId, language: string): string {
  if (engine !== 'kokoro' || kokoroSpeaks(language)) return '';
  return PHRASES.voices.otherLanguage(language);
}

/** The default that the person chose; undefined when they chose none or that voice is gone. */
async function ownDefault(folders: VoiceFolders): Promise<string | undefined> {
  const path = join(folders.own, DEFAULT_FILE);
  const facts = await stat(path).catch(() => undefined);
  // Asked before opening: the folder is the person's, and anything may lie there.
  if (facts === undefined || !facts.isFile() || facts.size > LONGEST_ID + 2) return undefined;
  const id = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (!VOICE_ID.test(id) || id.length > LONGEST_ID) return undefined;
  return (await readOne(folders, id)) === undefined ? undefined : id;
}

/** One voice without a look into the others' files: it stands between Send and the first sound. */
async function readOne(folders: VoiceFolders, id: string): Promise<FoundVoice | undefined> {
  const [own] = (await readVoiceFolder(folders.own, 'own', id)) ?? [];
  if (own !== undefined) return own;
  const shipped = await readVoiceFolder(folders.shipped, 'shipped', id);
  if (shipped === undefined) return shippedFolderFailure(folders.shipped);
  return shipped[0];
}

async function readBoth(folders: VoiceFolders): Promise<readonly FoundVoice[]> {
  const [shipped, own] = await Promise.all([
    readVoiceFolder(folders.shipped, 'shipped'),
    readVoiceFolder(folders.own, 'own'),
  ]);
  if (shipped === undefined) return shippedFolderFailure(folders.shipped);
  const hidden = new Set((own ?? []).map((voice) => voice.id));
  return [...shipped.filter((voice) => !hidden.has(voice.id)), ...(own ?? [])];
}

function missingVoice(id: string, voices: readonly FoundVoice[]): never {
  const usable = voices.filter((voice) => voice.source !== undefined).map((voice) => voice.id);
  const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id;
  return fail('voice-missing', 'voice', FAILURES.voices.noneNamed(shown, usable.join(', ')));
}

function shippedFolderFailure(folder: string, cause?: unknown): never {
  return fail('file-unreadable', 'voice', FAILURES.voices.folderUnreadable(folder), { cause });
}
