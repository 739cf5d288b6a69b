/**
 * Models that a person added as a folder: each lies in the models folder under the name that its `model.json` gives it. Only
 * files are copied (or linked, where the disk can), nothing is downloaded, and nothing is overwritten.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
} from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MODEL_FILE, parseHiggsModel, type HiggsModel } from '../common/higgs-model.ts';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { ModelFolders } from './paths.ts';

/** A model folder that can be used, as far as its description says. */
export interface AddedModel {
  /** The name in its `model.json`, and of its folder. */
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  readonly model: HiggsModel;
  /** Bytes of its files. */
  readonly size: number;
}

/** A model folder that cannot be used, and why as a sentence. */
export interface DamagedModel {
  readonly id: string;
  readonly folder: string;
  readonly problem: string;
}

/** All folders with a `model.json` in the places where models lie, by name. */
export async function listAddedModels(
  folders: ModelFolders,
): Promise<{ readonly usable: readonly AddedModel[]; readonly damaged: readonly DamagedModel[] }> {
  const usable = new Map<string, AddedModel>();
  const damaged = new Map<string, DamagedModel>();
  for (const parent of folders.lookup) {
    for (const id of (await readdir(parent).catch(() => [])).sort()) {
      if (usable.has(id) || damaged.has(id) || id.startsWith('.')) continue;
      const folder = join(parent, id);
      const read = await readModelFolder(folder);
      if (read === undefined) continue;
      if (read.ok) usable.set(id, { id, folder, model: read.model, size: read.size });
      else damaged.set(id, { id, folder, problem: read.problem });
    }
  }
  return { usable: [...usable.values()], damaged: [...damaged.values()] };
}

/**
 * The model that a person means: by its name or, when nothing is named, the first that is there. `paths`: a path of any model
 * folder will do too; only for what the person wrote in a command, never for what comes from the page.
 * Throws `AppFailure`: `model-missing` or `model-damaged`.
 */
export async function locateAddedModel(
  folders: ModelFolders,
  named = '',
  { paths = false }: { readonly paths?: boolean } = {},
): Promise<AddedModel> {
  const { usable, damaged } = await listAddedModels(folders);
  const broken = damaged.find(({ id }) => named === '' || id === named);
  const found = named === '' ? usable[0] : usable.find(({ id }) => id === named);
  if (found !== undefined) return found;
  if (paths && named !== '' && broken === undefined) {
    const folder = resolve(named);
    const read = await readModelFolder(folder);
    if (read?.ok) return { id: read.model.name, folder, model: read.model, size: read.size };
    if (read !== undefined) return failDamaged(read.problem);
  }
  if (broken !== undefined) return failDamaged(broken.problem);
  const there = usable.map(({ id }) => id).join(', ');
  return fail('model-missing', 'model', FAILURES.higgs.noneOfThem(named, there));
}

/** How far adding a folder is, bytes. */
export interface AddProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Adds a model folder: checks its `model.json` and all files that it names, with their SHA-256 where it gives them, and
 * brings them into the models folder. A folder that lies there already is only checked.
 *
 * Throws `AppFailure`: `model-missing`, `model-damaged`, `disk-full`, `file-unwritable`, and `request-invalid` when another
 * model of that name is there.
 */
export async function addModelFolder(
  path: string,
  folders: ModelFolders,
  onProgress: (progress: AddProgress) => void = () => undefined,
): Promise<AddedModel> {
  const source = resolve(path);
  const read = await readModelFolder(source);
  if (read === undefined) fail('model-missing', 'model', FAILURES.models.noModelFolder(source, MODEL_FILE));
  if (!read.ok) return failDamaged(read.problem);
  const { model, size } = read;
  await checkSums(source, model);
  const added = (folder: string): AddedModel => ({ id: model.name, folder, model, size });
  const target = join(folders.install, model.name);
  if (resolve(target) === source) return added(source);
  if ((await stat(target).catch(() => undefined)) !== undefined)
    fail('request-invalid', 'model', FAILURES.models.alreadyThere(model.name, target));
  await bringIn(source, target, size, onProgress);
  return added(target);
}

type FolderReading =
  | { readonly ok: true; readonly model: HiggsModel; readonly size: number }
  | { readonly ok: false; readonly problem: string };

/** Reads a folder's description and looks for its files; undefined when it has no `model.json`. */
async function readModelFolder(folder: string): Promise<FolderReading | undefined> {
  const path = join(folder, MODEL_FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = parseHiggsModel(text);
  if (!parsed.ok) return { ok: false, problem: PHRASES.modelFolder.noDescription(path, parsed.problem) };
  const names = Object.values(parsed.model.files);
  const missing: string[] = [];
  for (const name of names)
    if ((await stat(join(folder, name)).catch(() => undefined))?.isFile() !== true) missing.push(name);
  if (missing.length > 0)
    return { ok: false, problem: PHRASES.modelFolder.lacks(folder, missing.join(', ')) };
  const sizes = await Promise.all(
    (await filesOf(folder)).map(async (name) => (await stat(join(folder, name))).size),
  );
  return { ok: true, model: parsed.model, size: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The files of a model folder: all that lie in it directly, as graphs name their weights' files themselves. */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const facts = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return names.filter((_, at) => facts[at]?.isFile() === true);
}

async function checkSums(folder: string, { sha256 }: HiggsModel): Promise<void> {
  for (const [name, wanted] of Object.entries(sha256)) {
    const hash = createHash('sha256');
    try {
      for await (const piece of createReadStream(join(folder, name), { highWaterMark: 1 << 20 }))
        if (piece instanceof Uint8Array) hash.update(piece);
    } catch {
      failDamaged(PHRASES.modelFolder.lacks(folder, name));
    }
    if (hash.digest('hex') !== wanted) failDamaged(PHRASES.modelFolder.damaged(join(folder, name)));
  }
}

/** Links or copies the files into a folder beside the target, which gets its name when all are there. */
async function bringIn(
  source: string,
  target: string,
  total: number,
  onProgress: (progress: AddProgress) => void,
): Promise<void> {
  const part = `${target}.${randomUUID()}.part`;
  try {
    await mkdir(part, { recursive: true });
    let done = 0;
    for (const name of await filesOf(source)) {
      const { size } = await stat(join(source, name));
      await linkOrCopy(join(source, name), join(part, name), size);
      done += size;
      onProgress({ done, total });
    }
    await rename(part, target);
  } catch (cause) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      fail('disk-full', 'model', FAILURES.models.noRoom(Math.ceil(total / 1e6)), { cause });
    fail('file-unwritable', 'model', FAILURES.models.notBrought(target), { cause });
  }
}

/** A link takes no space and no time; it works within one disk only. */
async function linkOrCopy(from: string, to: string, size: number): Promise<void> {
  try {
    // A download cache holds links to its files: the file itself is meant.
    await link(await realpath(from), to);
  } catch {
    const { bavail, bsize } = await statfs(join(to, '..'));
    if (bavail * bsize < size)
      throw Object.assign(new Error(`No room for ${basename(from)}`), { code: 'ENOSPC' });
    await copyFile(from, to);
  }
}

function failDamaged(problem: string): never {
  return fail('model-damaged', 'model', FAILURES.models.damaged(problem));
}
