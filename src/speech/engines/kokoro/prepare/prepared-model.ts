/** Finding out, quickly, whether a folder holds graphs that this program prepared and can run. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CALIBRATION_FILE } from './calibration.ts';
import {
  MANIFEST_FILE,
  manifestSchema,
  PREPARATION_VERSION,
  SOURCE,
  type PreparedManifest,
} from './prepared-manifest.ts';
import { PREPARED_GRAPHS, type PreparedGraphName } from './prepared-graphs.ts';
import { PHRASES } from '../../../../common/strings/phrases.ts';

/** Folder of this engine's tables in the program's data folder. */
const DATA_FOLDER = 'kokoro-82m';

/** Where a preparation finds and puts its files; absolute paths. */
export interface PreparationFolders {
  /** Holds the official model file. */
  readonly sourceFolder: string;
  /** Takes the graphs and the manifest. May be the same; another one where the source lies where nothing can be written. */
  readonly preparedFolder: string;
  /** The program's data tables (`models/` of the program). */
  readonly dataFolder: string;
}

/** What a folder holds. */
export type PreparedModel =
  | {
      readonly state: 'ready';
      /** Absolute paths of the graphs. */
      readonly paths: Readonly<Record<PreparedGraphName, string>>;
      readonly manifest: PreparedManifest;
    }
  | {
      /** Nothing, or nothing that can be used as it is: prepare. */
      readonly state: 'unprepared';
      /** Why, for a log: a part of a sentence. */
      readonly reason: string;
    };

/** Absolute path of the calibration table that ships with the program. */
export function calibrationPath({ dataFolder }: Pick<PreparationFolders, 'dataFolder'>): string {
  return join(dataFolder, DATA_FOLDER, CALIBRATION_FILE);
}

/**
 * Looks at the manifest, at the sizes of the source and of the graphs, and at the calibration table; no graph is read.
 * Never throws: what cannot be read is not prepared.
 */
export async function preparedModel(folders: PreparationFolders): Promise<PreparedModel> {
  const manifest = await readManifest(join(folders.preparedFolder, MANIFEST_FILE));
  if (typeof manifest === 'string') return { state: 'unprepared', reason: manifest };
  const problem = await problemOf(manifest, folders);
  if (problem !== '') return { state: 'unprepared', reason: problem };
  const path = (graph: PreparedGraphName): string =>
    join(folders.preparedFolder, manifest.graphs[graph].file);
  return {
    state: 'ready',
    paths: {
      front: path('front'),
      'generator-q8': path('generator-q8'),
      'generator-f32': path('generator-f32'),
    },
    manifest,
  };
}

async function readManifest(path: string): Promise<PreparedManifest | string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return PHRASES.prepared.noManifest;
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return PHRASES.prepared.damagedManifest;
  }
}

/** '' when all is as the manifest says. */
async function problemOf(manifest: PreparedManifest, folders: PreparationFolders): Promise<string> {
  if (manifest.version !== PREPARATION_VERSION)
    return PHRASES.prepared.otherPreparation(manifest.version, PREPARATION_VERSION);
  if (manifest.source.sha256 !== SOURCE.sha256) return PHRASES.prepared.otherModelFile;
  if (manifest.calibrationSha256 !== (await sha256OfFile(calibrationPath(folders))))
    return PHRASES.prepared.otherCalibration;
  const expected = [
    join(folders.sourceFolder, manifest.source.file),
    ...PREPARED_GRAPHS.map((graph) => join(folders.preparedFolder, manifest.graphs[graph].file)),
  ];
  const sizes = [manifest.source, ...PREPARED_GRAPHS.map((graph) => manifest.graphs[graph])];
  for (const [number, path] of expected.entries())
    if ((await sizeOf(path)) !== sizes[number]?.bytes) return PHRASES.prepared.notWhole(path);
  return '';
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}

async function sha256OfFile(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch {
    return undefined;
  }
}
