/** The installed models, as main needs them: the voice model's folder and the built-in language model's file. */
import type { ProviderId } from '../common/provider.ts';
import { BUILT_IN_MODEL } from '../common/provider.ts';
import { err, ok, toAppError, type Result } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { openModelStore, type InstalledModel, type ModelStore } from '../library/model-store.ts';
import {
  catalogFile,
  modelFolders,
  preparedFolder,
  type ModelFolders,
  type Surroundings,
} from '../library/paths.ts';

/** Catalog id of the model that the Kokoro engine speaks with. */
export const SPEECH_MODEL = 'kokoro-82m-int8';

/** Absolute paths of the speech model and of what is made from it. */
export interface SpeechModelFolders {
  readonly modelFolder: string;
  readonly preparedFolder: string;
}

export class ModelDirectory {
  private readonly programFolder: string;
  private readonly around: Surroundings;

  /** `programFolder`: the program's own `models` folder. */
  constructor(programFolder: string, around: Surroundings) {
    this.programFolder = programFolder;
    this.around = around;
  }

  /** The folders of models as they are now. */
  folders(): ModelFolders {
    return modelFolders(this.around);
  }

  /** The store with the catalog as it is now. Throws `file-unreadable` for the catalog. */
  store(): Promise<ModelStore> {
    return openModelStore(this.programFolder, this.folders(), catalogFile(this.around, this.programFolder));
  }

  /** Where the installed speech model is. */
  async speechModel(): Promise<Result<SpeechModelFolders>> {
    const found = await this.locate(SPEECH_MODEL);
    if (!found.ok) return found;
    const modelFolder = found.value.folder;
    return ok({ modelFolder, preparedFolder: preparedFolder(modelFolder, this.around) });
  }

  /** The same for a model folder that was added by hand. */
  async inFolder(finding: Promise<Result<string>>): Promise<Result<SpeechModelFolders>> {
    const found = await finding;
    if (!found.ok) return found;
    return ok({ modelFolder: found.value, preparedFolder: preparedFolder(found.value, this.around) });
  }

  /** The built-in language model's file. */
  async builtInModel(): Promise<Result<{ readonly id: string; readonly path: string }>> {
    const found = await this.locate(BUILT_IN_MODEL);
    if (!found.ok) return found;
    const [path = ''] = found.value.files;
    return ok({ id: BUILT_IN_MODEL, path });
  }

  /** The built-in model's file if it is installed and `provider` is the one that uses it. */
  async firstModelPath(provider: ProviderId): Promise<string | undefined> {
    if (provider !== 'built-in') return undefined;
    const found = await this.builtInModel();
    return found.ok ? found.value.path : undefined;
  }

  /** Looks afresh each time: a model may have been installed by the command line meanwhile. */
  private async locate(id: string): Promise<Result<InstalledModel>> {
    try {
      return ok(await (await this.store()).locateModel(id));
    } catch (thrown) {
      const error = toAppError(thrown, 'model');
      const isToInstall = ['model-missing', 'model-damaged', 'model-mismatch'].includes(error.code);
      const hint = PHRASES.models.installIt(id);
      return err(isToInstall ? { ...error, hint } : error);
    }
  }
}
