/** One model of the catalog: whether its files are there and are the right ones, to the last byte. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILT_IN_MODEL } from '../../common/provider.ts';
import { FINDINGS } from '../../common/strings/findings.ts';
import type { CatalogFile, CatalogModel } from '../../library/catalog.ts';
import { isWhole } from '../../library/installer.ts';
import { openModelStore } from '../../library/model-store.ts';
import { catalogFile, modelFolders } from '../../library/paths.ts';
import { failed, fine, note, type Check, type CheckContext } from '../check.ts';
import { readSettings } from '../settings-reading.ts';

/** What was found of one file; `damaged`: its size is right, its content is not. */
type FileState = 'whole' | 'missing' | 'wrong size' | 'damaged';

/** The check of one model. */
export function modelFilesCheck(model: CatalogModel): Check {
  const { id, label } = model;
  return {
    id: `model ${id}`,
    title: label,
    async run(context) {
      const store = await openModelStore(
        context.dataFolder,
        modelFolders(context.around),
        catalogFile(context.around, context.dataFolder),
      );
      const listing = (await store.list()).find((each) => each.id === id);
      const { state = 'missing', folder = '' } = listing ?? {};
      const install = FINDINGS.models.install(id);
      if (state === 'missing') {
        const needed = await isNeeded(model, context);
        const detail = FINDINGS.models.notInstalled(folder);
        return needed
          ? failed(detail, install, { state, folder })
          : note(detail, FINDINGS.models.installIfWanted(id), {
              state,
              folder,
            });
      }
      if (state === 'outdated')
        return note(FINDINGS.models.older(folder), FINDINGS.models.update(id), { state, folder });
      const files = await Promise.all(
        model.files.map(async (file) => ({ name: file.name, state: await fileState(folder, file) })),
      );
      const wrong = files.filter((file) => file.state !== 'whole');
      const figures = { state: wrong.length === 0 ? 'installed' : 'damaged', folder, files };
      if (wrong.length === 0) return fine(FINDINGS.models.installed(folder, sizeOf(model)), figures);
      const faults = wrong.map((file) => `${file.name} ${FAULTS[file.state]}`).join('; ');
      return failed(FINDINGS.models.damaged(folder, faults), install, figures);
    },
  };
}

const FAULTS: Readonly<Record<FileState, string>> = {
  whole: FINDINGS.models.fileWhole,
  missing: FINDINGS.models.fileMissing,
  'wrong size': FINDINGS.models.fileWrongSize,
  damaged: FINDINGS.models.fileOther,
};

async function fileState(folder: string, file: CatalogFile): Promise<FileState> {
  const path = join(folder, file.name);
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined) return 'missing';
  if (facts.size !== file.size) return 'wrong size';
  return (await isWhole(path, file)) ? 'whole' : 'damaged';
}

/** A voice model is always needed; a language model only where it is the chosen provider's. */
async function isNeeded({ id, kind }: CatalogModel, { settingsFolder }: CheckContext): Promise<boolean> {
  if (kind === 'speech') return true;
  const { settings } = await readSettings(settingsFolder);
  return id === BUILT_IN_MODEL && settings.provider === 'built-in';
}

function sizeOf({ files }: CatalogModel): string {
  return `${Math.round(files.reduce((sum, { size }) => sum + size, 0) / 1e6)} MB`;
}
