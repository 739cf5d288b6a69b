/** The prepared model and the voices that ship, as tests of the decoders need them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseStyleTable } from '../../../../common/style-table.ts';
import {
  DATA_FOLDER,
  installedModel,
  preparedFolder,
  shippedVoice,
} from '../../../testing/installed-model.ts';
import { loadEdgeLevels } from '../edge-levels.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { preparedModel } from '../prepare/prepared-model.ts';
import { loadPredictor } from '../statistics-predictor.ts';
import type { StyleTable } from '../styles.ts';
import type { VariantFiles } from '../variants.ts';

/** What opens the variants of the installed model, which is prepared where it is not. */
export async function preparedFiles(): Promise<VariantFiles> {
  const modelFolder = installedModel('kokoro-82m-int8');
  const folders = {
    sourceFolder: modelFolder,
    preparedFolder: preparedFolder('kokoro-82m-int8'),
    dataFolder: DATA_FOLDER,
  };
  if ((await preparedModel(folders)).state !== 'ready') await prepareModel(folders);
  const prepared = await preparedModel(folders);
  if (prepared.state !== 'ready') throw new Error(prepared.reason);
  const [predictor, edgeLevels] = await Promise.all([
    loadPredictor(DATA_FOLDER),
    loadEdgeLevels(DATA_FOLDER),
  ]);
  return { modelFolder, prepared, predictor, edgeLevels };
}

/** The style of a voice that ships. */
export async function shippedStyle(voice: string): Promise<StyleTable> {
  const bytes = await readFile(shippedVoice(voice).path);
  const table = parseStyleTable(bytes);
  if (!table.ok) throw new Error(table.error);
  return { numbers: table.value, sha256: createHash('sha256').update(bytes).digest('hex') };
}
