/**
 * The person's own voices: adding one, taking one away, bringing it back, and which voice is the default.
 *
 * A new voice is in the folder whole or not at all: its files are written beside, flushed and then renamed, the sound before
 * the card. Nothing that is there is ever written over. What is taken away lies in `.removed` until the program ends. Changes
 * are made one after the other.
 */
import { rmSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { randomUUID } from 'node:crypto';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import {
  cleanVoiceName,
  LONGEST_VOICE_NAME,
  nameFault,
  voiceIdFor,
  type NameFault,
} from '../common/voice-name.ts';
import { OWN_VOICE_ID, type VoiceCard } from '../common/voice.ts';
import { folderAccess } from './paths.ts';
import { ENDINGS } from './voices-folder.ts';
import { DEFAULT_FILE, type VoiceLibrary } from './voices.ts';

/** A voice to be added. */
export interface NewVoice {
  readonly card: VoiceCard;
  readonly sound: { readonly ending: '.bin' | '.wav'; readonly bytes: Uint8Array };
  /** The words of a recording; undefined for a style table. */
  readonly transcript: string | undefined;
}

export interface OwnVoices {
  /**
   * Adds a voice and returns its id. Throws `AppFailure`: `voice-name-unusable`, `voice-name-taken`, `disk-full`,
   * `file-unwritable`.
   */
  add(voice: NewVoice): Promise<string>;
  /** Takes an own voice away. Throws `AppFailure`: `voice-missing`, `file-unwritable`. */
  remove(id: string): Promise<void>;
  /** Brings back what was taken away last under `id`. Throws `AppFailure`: `voice-missing`, `voice-name-taken`, `file-unwritable`. */
  restore(id: string): Promise<void>;
  /** Makes a voice of the library the one that speaks when none is chosen. Throws as `VoiceLibrary.resolve`, and `file-unwritable`. */
  setDefault(id: string): Promise<void>;
  /** Forgets for good what was taken away. */
  purge(): void;
}

/** Where voices that were taken away lie. */
const REMOVED = '.removed';

/** Opens the folder `own` of the library. It is made when something is first put into it. */
export function openOwnVoices(own: string, library: Pick<VoiceLibrary, 'list' | 'resolve'>): OwnVoices {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const done = last.then(change);
    last = done.catch(() => undefined);
    return done;
  };
  const removed = join(own, REMOVED);

  return {
    add: (voice) =>
      inTurn(async () => {
        const name = cleanVoiceName(voice.card.name);
        const voices = await library.list();
        const fault = nameFault(name, voices);
        if (fault !== undefined) return refuseName(fault, name);
        return orUnwritable(own, async () => {
          await mkdir(own, { recursive: true });
          const files = await readdir(own);
          const taken = [
            ...voices.map(({ id }) => id),
            ...files.map((file) => parse(file).name),
            OWN_VOICE_ID,
          ];
          const id = voiceIdFor(name, taken);
          await place(own, id, { ...voice, card: { ...voice.card, name } });
          return id;
        });
      }),

    remove: (id) =>
      inTurn(async () => {
        const files = await filesOf(own, id);
        if (files.length === 0) fail('voice-missing', 'voice', FAILURES.voices.notOwn(id));
        await orUnwritable(own, async () => {
          await mkdir(removed, { recursive: true });
          for (const old of await filesOf(removed, id)) await rm(join(removed, old));
          await moveAll(files, own, removed);
        });
      }),

    restore: (id) =>
      inTurn(async () => {
        const files = await filesOf(removed, id);
        if (files.length === 0) fail('voice-missing', 'voice', FAILURES.voices.filesGone(id));
        if ((await filesOf(own, id)).length > 0)
          fail('voice-name-taken', 'voice', FAILURES.voices.nameTakenMeanwhile(id));
        await orUnwritable(own, () => moveAll(files, removed, own));
      }),

    setDefault: (id) =>
      inTurn(async () => {
        await library.resolve(id);
        await orUnwritable(own, async () => {
          await mkdir(own, { recursive: true });
          const part = await writePart(own, DEFAULT_FILE, `${id}\n`);
          await rename(part, join(own, DEFAULT_FILE));
        });
      }),

    purge: () => {
      try {
        rmSync(removed, { recursive: true, force: true });
      } catch {
        // A folder that cannot be written to any more keeps them, out of the list.
      }
    },
  };
}

/** Writes the files of a new voice. On a failure none of them stays. */
async function place(folder: string, id: string, { card, sound, transcript }: NewVoice): Promise<void> {
  const contents: readonly (readonly [ending: string, content: string | Uint8Array])[] = [
    ...(transcript === undefined ? [] : [['.txt', `${transcript.trim()}\n`] as const]),
    [sound.ending, sound.bytes],
    ['.json', `${JSON.stringify(card, null, 2)}\n`],
  ];
  const parts: string[] = [];
  const placed: string[] = [];
  try {
    for (const [ending, content] of contents) parts.push(await writePart(folder, `${id}${ending}`, content));
    for (const [at, [ending]] of contents.entries()) {
      const path = join(folder, `${id}${ending}`);
      await rename(parts[at] ?? '', path);
      placed.push(path);
    }
  } catch (thrown) {
    for (const path of [...parts, ...placed]) await rm(path, { force: true });
    throw thrown;
  }
}

/** Writes and flushes a hidden file beside `name`; its path. Leaves nothing behind when that fails. */
async function writePart(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, `.${name}.${randomUUID()}.part`);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  } catch (thrown) {
    await rm(path, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

/** The files that make up a voice, by their names. */
async function filesOf(folder: string, id: string): Promise<readonly string[]> {
  const names = new Set(await readdir(folder).catch(() => []));
  return ENDINGS.map((ending) => `${id}${ending}`).filter((name) => names.has(name));
}

/** Moves files of one voice; all or none. */
async function moveAll(names: readonly string[], from: string, to: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of names) {
      await rename(join(from, name), join(to, name));
      moved.push(name);
    }
  } catch (thrown) {
    for (const name of moved) await rename(join(to, name), join(from, name));
    throw thrown;
  }
}

function refuseName(fault: NameFault, name: string): never {
  if (fault === 'taken') return fail('voice-name-taken', 'voice', FAILURES.voices.nameTaken(name));
  const reason = {
    empty: PHRASES.voiceName.missing,
    'too-long': PHRASES.voiceName.tooLong(LONGEST_VOICE_NAME),
    'no-letter': PHRASES.voiceName.noLetters(name),
  }[fault];
  return fail('voice-name-unusable', 'voice', FAILURES.voices.nameUnusable(reason));
}

/** Runs what writes into `folder`, and says in a sentence why that cannot be. */
async function orUnwritable<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    if (folderAccess(folder) === 'read-only') throw new Error('The folder is read-only.');
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      return fail('disk-full', 'system', FAILURES.voices.diskFull, { cause });
    return fail('file-unwritable', 'system', FAILURES.voices.unwritable(folder), { cause });
  }
}
