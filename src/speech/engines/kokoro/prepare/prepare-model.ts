/**
 * Prepares Kokoro for this program: reads the official model file once and writes the graphs that the engine runs, with a
 * manifest. The same source gives the same bytes. Done at install time; takes seconds and under 1 GB of memory.
 *
 * Whole or not at all: graphs are written under temporary names; only when all are on the disk does an old manifest go,
 * do the graphs get their names and is the new manifest written. A run that is cut off anywhere leaves what was there
 * before, or no manifest; its temporary files are removed, at the latest by a later run.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { AppFailure, fail } from '../../../../common/result.ts';
import { FAILURES } from '../../../../common/strings/failures.ts';
import { readModel } from '../../../onnx/read-model.ts';
import { modelPieces, totalBytes } from '../../../onnx/write-model.ts';
import { readCalibration } from './calibration.ts';
import { calibrationPath, type PreparationFolders } from './prepared-model.ts';
import { graphsToPrepare, type GraphToPrepare, type PreparedGraphName } from './prepared-graphs.ts';
import {
  MANIFEST_FILE,
  PREPARATION_VERSION,
  SOURCE,
  type PreparedManifest,
  type WrittenFile,
} from './prepared-manifest.ts';
import { RECIPE } from './recipe.ts';

/** How far a preparation has come. */
export interface PreparationProgress {
  /** What is being done. */
  readonly step: 'check' | 'convert' | 'write';
  /** Share of the whole that is done, 0 to 1; never falls. */
  readonly done: number;
}

/** What may be said about a preparation. */
export interface PreparationOptions {
  /** Aborting ends the preparation with `cancelled`, within about a second. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PreparationProgress) => void;
}

/** Shares of the whole time after which the first two parts end, as measured. */
const DONE_AFTER = { check: 0.15, convert: 0.25 } as const;

/** Progress is told about as often as so much is written. */
const BYTES_BETWEEN_REPORTS = 4_000_000;

/** Ending of the names under which graphs are written before they are whole. */
const UNFINISHED = '.unfinished';

/** Unfinished files older than this belong to no run that is still going. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Prepares the model, whatever was prepared before, and returns the manifest that it wrote. Throws
 * `AppFailure`: `model-missing`, `model-damaged` (the source is not the official file), `model-mismatch` (the
 * calibration table is for another one), `file-unreadable`, `file-unwritable`, `disk-full`, `cancelled`.
 */
export async function prepareModel(
  folders: PreparationFolders,
  options: PreparationOptions = {},
): Promise<PreparedManifest> {
  await tell(options, 'check', 0);
  const { calibration, sha256 } = await readCalibration(calibrationPath(folders));
  if (calibration.sourceSha256 !== SOURCE.sha256)
    fail('model-mismatch', 'model', FAILURES.kokoro.calibrationOfAnother);
  const source = await readSource(join(folders.sourceFolder, SOURCE.file));
  await tell(options, 'convert', DONE_AFTER.check);
  const graphs = graphsToPrepare(readModel(source), calibration, RECIPE);
  const written = await writeAll(graphs, folders.preparedFolder, options);
  return finish(folders.preparedFolder, written, {
    format: 'aloud-kokoro-prepared',
    version: PREPARATION_VERSION,
    source: SOURCE,
    calibrationSha256: sha256,
    recipe: RECIPE,
  });
}

/** A graph's file under its unfinished name, and what the manifest will say of it. */
interface UnfinishedFile extends WrittenFile {
  readonly graph: PreparedGraphName;
  readonly unfinishedPath: string;
}

async function writeAll(
  graphs: readonly GraphToPrepare[],
  folder: string,
  options: PreparationOptions,
): Promise<readonly UnfinishedFile[]> {
  const run = randomUUID();
  const path = (name: PreparedGraphName): string => join(folder, `${name}.onnx.${run}${UNFINISHED}`);
  const written: UnfinishedFile[] = [];
  try {
    await mkdir(folder, { recursive: true });
    await removeAbandoned(folder);
    for (const [number, { name, make }] of graphs.entries()) {
      const doneAfter = (part: number): number =>
        DONE_AFTER.convert + ((number + part) / graphs.length) * (1 - DONE_AFTER.convert);
      await tell(options, 'write', doneAfter(0));
      const unfinishedPath = path(name);
      const file = await writePieces(unfinishedPath, modelPieces(make()), (part) =>
        tell(options, 'write', doneAfter(part)),
      );
      written.push({ ...file, graph: name, file: `${name}.onnx`, unfinishedPath });
    }
    return written;
  } catch (cause) {
    await removeQuietly(graphs.map(({ name }) => path(name)));
    return sayWhyUnwritten(cause, folder);
  }
}

/** Gives the graphs their names and writes the manifest, in the order that the file's comment says. */
async function finish(
  folder: string,
  written: readonly UnfinishedFile[],
  made: Omit<PreparedManifest, 'graphs'>,
): Promise<PreparedManifest> {
  const entry = (graph: PreparedGraphName): WrittenFile => {
    const found = written.find((file) => file.graph === graph);
    if (found === undefined) throw new Error(`the graph ${graph} was not written`);
    return { file: found.file, bytes: found.bytes, sha256: found.sha256 };
  };
  const manifest: PreparedManifest = {
    ...made,
    graphs: {
      front: entry('front'),
      'generator-q8': entry('generator-q8'),
      'generator-f32': entry('generator-f32'),
    },
  };
  const manifestPath = join(folder, MANIFEST_FILE);
  const unfinishedManifest = `${manifestPath}.${randomUUID()}${UNFINISHED}`;
  try {
    await writePieces(unfinishedManifest, [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]);
    await rm(manifestPath, { force: true });
    for (const { file, unfinishedPath } of written) await rename(unfinishedPath, join(folder, file));
    await rename(unfinishedManifest, manifestPath);
    return manifest;
  } catch (cause) {
    await removeQuietly([unfinishedManifest, ...written.map((file) => file.unfinishedPath)]);
    return sayWhyUnwritten(cause, folder);
  }
}

/** Reads the official file whole, or says why it is not that. */
async function readSource(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size !== SOURCE.bytes) damaged(path);
    bytes = await readFile(path);
  } catch (cause) {
    if (cause instanceof AppFailure) throw cause;
    if (errorCode(cause) === 'ENOENT')
      fail('model-missing', 'model', FAILURES.kokoro.notInstalled(path), { cause });
    fail('file-unreadable', 'model', FAILURES.kokoro.unreadable(path), { cause });
  }
  if (createHash('sha256').update(bytes).digest('hex') !== SOURCE.sha256) damaged(path);
  return bytes;
}

function damaged(path: string): never {
  return fail('model-damaged', 'model', FAILURES.kokoro.damaged(path));
}

/** Writes a new file piece by piece and flushes it to the disk. `onWritten` hears the share written so far. */
async function writePieces(
  path: string,
  pieces: readonly Uint8Array[],
  onWritten: (share: number) => Promise<void> = () => Promise.resolve(),
): Promise<Omit<WrittenFile, 'file'>> {
  const bytes = totalBytes(pieces);
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    let done = 0;
    let told = 0;
    for (const piece of pieces) {
      hash.update(piece);
      await file.appendFile(piece);
      done += piece.byteLength;
      if (done - told < BYTES_BETWEEN_REPORTS) continue;
      told = done;
      await onWritten(done / bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Reports progress, lets the process hear what has happened meanwhile, and ends an aborted preparation. */
async function tell(
  { signal, onProgress }: PreparationOptions,
  step: PreparationProgress['step'],
  done: number,
): Promise<void> {
  onProgress?.({ step, done });
  await nextTick();
  if (signal?.aborted === true) fail('cancelled', 'model', FAILURES.kokoro.preparationStopped);
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(UNFINISHED)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

/** Removes what there is of the files. What cannot be removed must not hide why the preparation failed. */
async function removeQuietly(paths: readonly string[]): Promise<void> {
  await Promise.allSettled(paths.map((path) => rm(path, { force: true })));
}

function sayWhyUnwritten(cause: unknown, folder: string): never {
  if (cause instanceof AppFailure) throw cause;
  const code = errorCode(cause);
  if (code === 'ENOSPC') fail('disk-full', 'model', FAILURES.kokoro.noRoom(folder), { cause });
  if (code !== undefined) fail('file-unwritable', 'model', FAILURES.kokoro.unwritable(folder), { cause });
  throw cause;
}

function errorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
