/** From what the person set and what is installed to what the assistant needs to call a language model. */
import { OPENAI_COMPATIBLE, PROVIDER_IDS, type ProviderConfig, type ProviderId } from '../common/provider.ts';
import { remoteProviderConfig } from '../common/provider-config.ts';
import { ok, type Result } from '../common/result.ts';
import type { KeyKeeping, ProviderListing } from '../common/ports/bridge.ts';
import type { Settings } from '../common/settings.ts';
import { PHRASES } from '../common/strings/phrases.ts';

/** Where the directory looks things up. */
export interface ProviderSources {
  readonly settings: () => Settings;
  readonly keyOf: (provider: ProviderId) => string;
  readonly keepingOf: (provider: ProviderId) => KeyKeeping | 'environment';
  /** The installed built-in model, or why there is none. */
  readonly builtInModel: () => Promise<Result<{ readonly id: string; readonly path: string }>>;
}

export class ProviderDirectory {
  private readonly sources: ProviderSources;

  constructor(sources: ProviderSources) {
    this.sources = sources;
  }

  /** What the assistant needs for a request; `model` '' means the one set, else the provider's default. */
  async configure(id: ProviderId, model: string): Promise<Result<ProviderConfig>> {
    if (id === 'read-aloud') return ok({ kind: 'read-aloud', id });
    if (id === 'built-in') {
      const installed = await this.sources.builtInModel();
      if (!installed.ok) return installed;
      return ok({ kind: 'built-in', id, model: installed.value.id, modelPath: installed.value.path });
    }
    const set = this.sources.settings().providers[id];
    return remoteProviderConfig(id, {
      baseUrl: set?.baseUrl ?? '',
      model: model || (set?.model ?? ''),
      key: this.sources.keyOf(id),
    });
  }

  /** All providers for the picker; `answers` tells which local servers answered. */
  list(answers: ReadonlySet<ProviderId>): ProviderListing[] {
    const { providers } = this.sources.settings();
    return PROVIDER_IDS.map((id) => {
      const keyKeeping = this.sources.keepingOf(id);
      if (id === 'built-in' || id === 'read-aloud') {
        const label = id === 'built-in' ? PHRASES.providers.builtIn : PHRASES.providers.readAloud;
        const keyless = { needsKey: false, hasKey: false, keyKeeping };
        return { id, label, baseUrl: '', model: '', ...keyless, reachable: true };
      }
      const facts = OPENAI_COMPATIBLE[id];
      return {
        id,
        label: facts.label,
        baseUrl: providers[id]?.baseUrl || facts.baseUrl,
        model: providers[id]?.model || facts.defaultModel,
        needsKey: facts.needsKey,
        hasKey: this.sources.keyOf(id) !== '',
        keyKeeping,
        reachable: !facts.local || answers.has(id),
      };
    });
  }
}
