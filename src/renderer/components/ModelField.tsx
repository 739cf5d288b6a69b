/** The model of a server: any name may be typed; the names that the server offers are suggested. */
import { chosenModel, chosenProvider } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export function ModelField() {
  const provider = useApp(chosenProvider);
  const model = useApp(({ settings }) => (settings ? chosenModel(settings, settings.provider) : ''));
  const models = useApp((state) => state.models);
  const loadModels = useApp((state) => state.loadModels);
  const editProvider = useApp((state) => state.editProvider);
  const keepEdits = useApp((state) => state.keepEdits);
  if (provider === undefined || provider.id === 'built-in' || provider.id === 'read-aloud') return null;
  const names = models.provider === provider.id ? models.names : [];
  return (
    <>
      <input
        id="model"
        className="h-8 min-w-0 max-w-44 flex-1 rounded bg-transparent px-1.5 text-small text-soft hover:bg-sunken hover:text-ink"
        aria-label={STRINGS.model}
        title={STRINGS.model}
        data-testid="model"
        type="text"
        list="model-names"
        spellCheck={false}
        autoComplete="off"
        value={model}
        placeholder={provider.model || STRINGS.modelDefault}
        onFocus={() => void loadModels()}
        onChange={(event) => editProvider(provider.id, { model: event.target.value })}
        onBlur={keepEdits}
      />
      <datalist id="model-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
