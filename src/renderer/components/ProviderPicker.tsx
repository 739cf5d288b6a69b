/** Who answers: the built-in model, nobody (read aloud), or a server. */
import type { ProviderListing } from '../../common/ports/bridge.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { Picker } from './Picker.tsx';
import { useApp } from './use-app.ts';

export function ProviderPicker() {
  const providers = useApp((state) => state.providers);
  const chosen = useApp((state) => state.settings?.provider ?? '');
  const change = useApp((state) => state.change);
  const choose = (id: string): void => {
    const provider = providers.find((candidate) => candidate.id === id);
    if (provider !== undefined) change({ provider: provider.id });
  };
  return (
    <Picker label={STRINGS.provider} id="provider" value={chosen} onChange={choose}>
      {providers.map((provider) => (
        <option key={provider.id} value={provider.id}>
          {describe(provider)}
        </option>
      ))}
    </Picker>
  );
}

function describe({ label, reachable }: ProviderListing): string {
  return reachable ? label : STRINGS.providerDown(label);
}
