/**
 * The voice models that a person added as folders: which there are, adding one, and what their licences ask, which the
 * person sees before a model is first used.
 */
import { dialog } from 'electron';
import type { ModelFolderListing } from '../common/ports/bridge.ts';
import { appError, err, ok, toAppError, type Result } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { STRINGS } from '../common/strings/interface.ts';
import {
  addModelFolder,
  listAddedModels,
  locateAddedModel,
  type AddedModel,
} from '../library/added-models.ts';
import { licenceLines, openLicenceNotes, type LicenceNotes } from '../library/licence-notes.ts';
import { dataFolder, modelFolders, type Surroundings } from '../library/paths.ts';

export class CloningModels {
  private readonly around: Surroundings;
  private readonly notes: LicenceNotes;
  /** Name of the model that the person chose; '' for the first that is there. */
  private readonly chosen: () => string;
  /** Voices can be used now that could not before. */
  private readonly onChange: () => void;

  constructor(around: Surroundings, chosen: () => string, onChange: () => void) {
    this.onChange = onChange;
    this.around = around;
    this.notes = openLicenceNotes(dataFolder(around));
    this.chosen = chosen;
  }

  async list(): Promise<readonly ModelFolderListing[]> {
    const { usable, damaged } = await listAddedModels(modelFolders(this.around));
    return [
      ...usable.map(listing),
      ...damaged.map(({ id, problem }) => ({ id, problem, licence: '', useClauses: [], size: 0 })),
    ];
  }

  /** Whether a recording can be cloned now. */
  async isThere(): Promise<boolean> {
    return (await this.find()).ok;
  }

  /** Asks for a folder and adds it; null when the person gave up. */
  async add(): Promise<Result<ModelFolderListing | null>> {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: STRINGS.dialogs.modelFolder,
      message: STRINGS.dialogs.modelFolderNote,
      properties: ['openDirectory'],
    });
    const [path] = filePaths;
    if (canceled || path === undefined) return ok(null);
    try {
      const added = await addModelFolder(path, modelFolders(this.around));
      this.onChange();
      return ok(listing(added));
    } catch (thrown) {
      return err(toAppError(thrown, 'model'));
    }
  }

  /** The chosen model's folder, once the person has seen what its licence asks. */
  async folder(): Promise<Result<string>> {
    const found = await this.find();
    if (!found.ok) return found;
    const { model, folder } = found.value;
    if ((await this.notes.due(model)) === undefined) return ok(folder);
    const { response } = await dialog.showMessageBox({
      type: 'info',
      title: STRINGS.dialogs.licenceOf(model.name),
      message: STRINGS.dialogs.beforeUse(model.name),
      detail: licenceLines(model).join('\n'),
      buttons: [STRINGS.dialogs.use, STRINGS.dialogs.notNow],
      defaultId: 0,
      cancelId: 1,
    });
    if (response !== 0) return err(appError('cancelled', 'model', FAILURES.higgs.licenceWaits(model.name)));
    await this.notes.shown(model);
    return ok(folder);
  }

  private async find(): Promise<Result<AddedModel>> {
    try {
      return ok(await locateAddedModel(modelFolders(this.around), this.chosen()));
    } catch (thrown) {
      return err(toAppError(thrown, 'model'));
    }
  }
}

function listing({ id, model: { licence }, size }: AddedModel): ModelFolderListing {
  return { id, licence: licence.name, useClauses: licence.useClauses, size, problem: '' };
}
