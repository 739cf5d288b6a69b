/** All checks, in the order in which they are shown. A new check is a file under `checks/` and a line here. */
import { readCatalog } from '../library/catalog.ts';
import { listAddedModels } from '../library/added-models.ts';
import { catalogFile, modelFolders } from '../library/paths.ts';
import type { Check, CheckContext } from './check.ts';
import { addedModelCheck } from './checks/added-model.ts';
import { conversationsFileCheck } from './checks/conversations-file.ts';
import { cudaCheck } from './checks/cuda.ts';
import { diskSpaceCheck } from './checks/disk-space.ts';
import { executionProviderCheck } from './checks/execution-provider.ts';
import { modelCatalogCheck } from './checks/model-catalog.ts';
import { modelFilesCheck } from './checks/model-files.ts';
import { preparedVoiceCheck } from './checks/prepared-voice.ts';
import { processorCheck } from './checks/processor.ts';
import { providerCheck } from './checks/provider.ts';
import { runtimeVersionsCheck } from './checks/runtime-versions.ts';
import { settingsFileCheck } from './checks/settings-file.ts';
import { soundOutputCheck } from './checks/sound-output.ts';
import { voiceVariantCheck } from './checks/voice-variant.ts';
import { voicesCheck } from './checks/voices.ts';

/** The checks for this machine: one for each model that the catalog has and each that was added. Never throws. */
export async function allChecks({ dataFolder, around }: CheckContext): Promise<readonly Check[]> {
  const catalog = await readCatalog(catalogFile(around, dataFolder)).catch(() => undefined);
  const added = await listAddedModels(modelFolders(around)).catch(() => undefined);
  return [
    runtimeVersionsCheck,
    processorCheck,
    executionProviderCheck,
    cudaCheck,
    modelCatalogCheck,
    ...(catalog?.models ?? []).map(modelFilesCheck),
    ...[...(added?.usable ?? []), ...(added?.damaged ?? [])].map(addedModelCheck),
    preparedVoiceCheck,
    voiceVariantCheck,
    voicesCheck,
    soundOutputCheck,
    diskSpaceCheck,
    settingsFileCheck,
    conversationsFileCheck,
    providerCheck,
  ];
}
