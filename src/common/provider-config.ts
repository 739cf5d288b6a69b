/** From what is known of an OpenAI-compatible provider to what the assistant needs to call it, or to what is missing. */
import { OPENAI_COMPATIBLE, type ProviderConfig, type ProviderId } from './provider.ts';
import { appError, err, ok, type Result } from './result.ts';
import { FAILURES } from './strings/failures.ts';

/** The providers that are reached over HTTP. */
export type RemoteProviderId = Exclude<ProviderId, 'built-in' | 'read-aloud'>;

/** What was set; '' where nothing was. */
export interface RemoteProviderWishes {
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string;
}

/** Fills in the provider's defaults. Fails with `base-url-invalid` or `key-missing` where something must be set first. */
export function remoteProviderConfig(
  id: RemoteProviderId,
  wishes: RemoteProviderWishes,
): Result<ProviderConfig> {
  const facts = OPENAI_COMPATIBLE[id];
  const baseUrl = wishes.baseUrl || facts.baseUrl;
  if (baseUrl === '') {
    return err(appError('base-url-invalid', 'provider', FAILURES.server.noAddress));
  }
  if (facts.needsKey && wishes.key === '') {
    return err(
      appError('key-missing', 'provider', FAILURES.server.keyMissingAtStart(facts.label, facts.keyVariable)),
    );
  }
  const model = wishes.model || facts.defaultModel;
  return ok({ kind: 'openai-compatible', id, baseUrl, model, key: wishes.key });
}
