/** The words that name a language-model provider, and what they stand for. */
import {
  BUILT_IN_MODEL,
  OPENAI_COMPATIBLE,
  PROVIDER_IDS,
  providerIdSchema,
  type ProviderConfig,
} from '../common/provider.ts';
import { remoteProviderConfig } from '../common/provider-config.ts';
import { AppFailure } from '../common/result.ts';
import { openModelStore } from '../library/model-store.ts';
import { UsageError } from './command.ts';
import { programFolders } from './program-folders.ts';

/** Where the key for a custom server comes from; other providers have variables of their own. */
const CUSTOM_KEY_VARIABLE = 'ALOUD_API_KEY';

/**
 * The provider that is meant; with a base URL and no name it is `custom`. Throws `UsageError` for an unknown name, `AppFailure`
 * where a key, an address or the built-in model is missing.
 */
export async function providerConfig(
  name: string | undefined,
  baseUrl: string,
  model: string,
): Promise<ProviderConfig> {
  const parsed = providerIdSchema.safeParse(name ?? (baseUrl === '' ? 'built-in' : 'custom'));
  if (!parsed.success) {
    throw new UsageError(
      `There is no provider "${name ?? ''}". The providers are: ${PROVIDER_IDS.join(', ')}.`,
    );
  }
  const id = parsed.data;
  if (id === 'read-aloud') return { kind: 'read-aloud', id };
  if (id === 'built-in') {
    const store = await openModelStore(programFolders().models);
    const [modelPath = ''] = (await store.locateModel(BUILT_IN_MODEL)).files;
    return { kind: 'built-in', id, model: BUILT_IN_MODEL, modelPath };
  }
  const key = process.env[OPENAI_COMPATIBLE[id].keyVariable || CUSTOM_KEY_VARIABLE] ?? '';
  const config = remoteProviderConfig(id, { baseUrl, model, key });
  if (!config.ok) throw new AppFailure(config.error);
  return config.value;
}
