/** From a provider's settings to the provider. */
import type { ProviderConfig } from '../../common/provider.ts';
import { unreachable } from '../../common/result.ts';
import { builtIn } from './built-in.ts';
import type { LlmLink } from './llm-link.ts';
import { openAiCompatible } from './openai-compatible.ts';
import type { Provider } from './provider.ts';
import { readAloud } from './read-aloud.ts';

/** Creates the provider for `config`; `link` leads to the built-in model's process. */
export function createProvider(config: ProviderConfig, link: LlmLink): Provider {
  switch (config.kind) {
    case 'read-aloud':
      return readAloud();
    case 'built-in':
      return builtIn(config, link);
    case 'openai-compatible':
      return openAiCompatible(config);
    default:
      return unreachable(config);
  }
}
