/** Where the voice model and what was made from it lie. */
import { openModelStore } from '../library/model-store.ts';
import { catalogFile, modelFolders, preparedFolder } from '../library/paths.ts';
import type { CheckContext } from './check.ts';
import { FINDINGS } from '../common/strings/findings.ts';

/** Catalog id of the model that is prepared. */
const VOICE_MODEL = 'kokoro-82m-int8';

/** What mends a prepared voice. */
export const PREPARE_AGAIN = FINDINGS.prepared.makeAgain(VOICE_MODEL);

/** Absolute paths. */
export interface VoiceModelPlace {
  readonly modelFolder: string;
  readonly preparedFolder: string;
}

/** Undefined when the model is not installed. Throws `AppFailure` when the catalog cannot be read. */
export async function locateVoice({
  dataFolder,
  around,
}: CheckContext): Promise<VoiceModelPlace | undefined> {
  const store = await openModelStore(dataFolder, modelFolders(around), catalogFile(around, dataFolder));
  if ((await store.modelState(VOICE_MODEL)) !== 'installed') return undefined;
  const { folder } = await store.locateModel(VOICE_MODEL);
  return { modelFolder: folder, preparedFolder: preparedFolder(folder, around) };
}
