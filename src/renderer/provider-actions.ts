/** What the window does about providers: their addresses, keys and models, and whether they answer. */
import type { KeyKeeping } from '../common/ports/bridge.ts';
import type { ProviderId } from '../common/provider.ts';
import type { ProviderSettings } from '../common/settings.ts';
import { canListModels, chosenProvider } from './choices.ts';
import type { StoreTools } from './store.ts';

export interface ProviderActions {
  /** Changes what is set for one provider; saved when typing pauses. */
  readonly editProvider: (id: ProviderId, patch: Partial<ProviderSettings>) => void;
  /** Hands over a key, '' removes it. Resolves to how it is kept, undefined when that failed. */
  readonly saveKey: (id: ProviderId, key: string) => Promise<KeyKeeping | undefined>;
  readonly loadProviders: () => Promise<void>;
  /** Asks the chosen provider's server for its models, where that can be answered. */
  readonly loadModels: () => Promise<void>;
  /** Makes a small, real request to a provider; what comes of it stands in `trial`. */
  readonly tryProvider: (id: ProviderId) => Promise<void>;
}

export function providerActions({
  world: { bridge },
  set,
  get,
  load,
  ask,
  report,
  saveLater,
  saved,
}: StoreTools): ProviderActions {
  return {
    editProvider: (id, patch) => {
      const { settings } = get();
      if (settings === undefined) return;
      const before = settings.providers[id] ?? { baseUrl: '', model: '' };
      const providers = { ...settings.providers, [id]: { ...before, ...patch } };
      set({ settings: { ...settings, providers }, trial: undefined });
      saveLater({ providers });
    },
    saveKey: async (provider, key) => {
      const result = await ask(() => bridge.setKey({ provider, key }));
      if (!result.ok) report(result.error);
      set({ trial: undefined });
      await get().loadProviders();
      return result.ok ? result.value : undefined;
    },
    loadProviders: async () => {
      await load(
        () => bridge.providers(),
        (providers) => ({ providers }),
      );
    },
    loadModels: async () => {
      const provider = chosenProvider(get());
      if (provider === undefined || !canListModels(provider)) return;
      await saved();
      const result = await ask(() => bridge.models(provider.id));
      set({
        models: {
          provider: provider.id,
          names: result.ok ? result.value : [],
          error: result.ok ? undefined : result.error,
        },
      });
    },
    tryProvider: async (provider) => {
      const trial = { provider, result: undefined };
      set({ trial });
      await saved();
      const result = await ask(() => bridge.tryProvider(provider));
      // A provider that was changed meanwhile is another one.
      set((state) => (state.trial === trial ? { trial: { provider, result } } : {}));
    },
  };
}
