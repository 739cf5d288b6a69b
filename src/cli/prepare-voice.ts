/** Prepares the installed voice model when it is installed, so that the first sentence need not wait for it. */
import { preparedFolder, surroundings } from '../library/paths.ts';
import { prepareModel } from '../speech/engines/kokoro/prepare/prepare-model.ts';
import { preparedModel } from '../speech/engines/kokoro/prepare/prepared-model.ts';

/** Catalog id of the model that is prepared. */
export const VOICE_MODEL = 'kokoro-82m-int8';

export interface PrepareVoiceOptions {
  /** Folder of the installed model. Absolute. */
  readonly modelFolder: string;
  /** Folder of the program's data tables. Absolute. */
  readonly dataFolder: string;
  /** Prepares even what is prepared: what lies there may be damaged. */
  readonly anew: boolean;
  /** Takes lines of progress. */
  readonly tell: (line: string) => void;
}

/** Prepares the model unless that was done. Throws what `prepareModel` throws. */
export async function prepareVoice(options: PrepareVoiceOptions): Promise<void> {
  const { modelFolder, dataFolder, anew, tell } = options;
  const folders = {
    sourceFolder: modelFolder,
    preparedFolder: preparedFolder(modelFolder, surroundings()),
    dataFolder,
  };
  if (!anew && (await preparedModel(folders)).state === 'ready') return;
  let told = -1;
  await prepareModel(folders, {
    onProgress: ({ done }) => {
      const quarter = Math.floor(done * 4);
      if (quarter > told) tell(`Preparing the voice: ${quarter * 25} %`);
      told = quarter;
    },
  });
}
