/** What is chosen now, from what is set and what there is to choose from. */
import type { ProviderListing } from '../common/ports/bridge.ts';
import type { ProviderId } from '../common/provider.ts';
import type { Settings } from '../common/settings.ts';
import type { VoiceListing } from '../common/voice.ts';

/** The voice that the next prompt is spoken with; '' while the library is not read. */
export function chosenVoice(state: {
  readonly settings: Settings | undefined;
  readonly voices: readonly VoiceListing[];
}): string {
  return state.settings?.voice || (state.voices.find((voice) => voice.isDefault)?.id ?? '');
}

/** The chosen provider's entry; undefined while it is not known. */
export function chosenProvider(state: {
  readonly settings: Settings | undefined;
  readonly providers: readonly ProviderListing[];
}): ProviderListing | undefined {
  return state.providers.find((provider) => provider.id === state.settings?.provider);
}

/** The model set for a provider; '' for its default. */
export function chosenModel(settings: Settings | undefined, provider: ProviderId): string {
  return settings?.providers[provider]?.model ?? '';
}

/** Whether the provider has a server that can be asked for its models now. */
export function canListModels(provider: ProviderListing): boolean {
  if (provider.id === 'built-in' || provider.id === 'read-aloud') return false;
  return provider.reachable && (provider.hasKey || !provider.needsKey);
}

/** Whether a person may give the provider another address than its own. */
export function hasOwnAddress(provider: ProviderListing): boolean {
  return ['custom', 'ollama', 'lm-studio', 'llama-cpp'].includes(provider.id);
}

/** Whether the provider may want a key: a custom server sometimes does. */
export function takesKey(provider: ProviderListing): boolean {
  return provider.needsKey || provider.id === 'custom';
}

/** Whether a voice can be blended with another: it is a Kokoro voice that can be used. */
export function canBlend(voice: VoiceListing): boolean {
  return voice.engine === 'kokoro' && voice.problem === '';
}
