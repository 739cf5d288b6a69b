/** What a server needs to be reached: its address where that is not fixed, a key where it wants one; and whether it answers. */
import { useState } from 'react';
import type { ProviderListing } from '../../common/ports/bridge.ts';
import { hasOwnAddress, takesKey, chosenProvider } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { Field } from './Field.tsx';
import { useApp } from './use-app.ts';

export function ProviderFields() {
  const provider = useApp(chosenProvider);
  if (provider === undefined || !(hasOwnAddress(provider) || takesKey(provider))) return null;
  // What was typed for one provider is never handed to another.
  return <FieldsOf key={provider.id} provider={provider} />;
}

function FieldsOf({ provider }: { readonly provider: ProviderListing }) {
  const models = useApp((state) => state.models);
  const [keyDraft, setKeyDraft] = useState('');
  const listError = models.provider === provider.id ? models.error : undefined;
  return (
    <div className="flex flex-none flex-wrap items-end gap-x-3 gap-y-2">
      {hasOwnAddress(provider) && <BaseUrlField provider={provider} />}
      {takesKey(provider) && <KeyField provider={provider} draft={keyDraft} onDraft={setKeyDraft} />}
      <TestButton provider={provider} keyDraft={keyDraft} onKeySaved={() => setKeyDraft('')} />
      <TrialNote provider={provider} />
      {listError !== undefined && <p className="note">{STRINGS.modelsUnknown(listError.message)}</p>}
    </div>
  );
}

function BaseUrlField({ provider }: { readonly provider: ProviderListing }) {
  const baseUrl = useApp((state) => state.settings?.providers[provider.id]?.baseUrl ?? '');
  const editProvider = useApp((state) => state.editProvider);
  const keepEdits = useApp((state) => state.keepEdits);
  return (
    <Field label={STRINGS.baseUrl} id="base-url">
      <input
        id="base-url"
        className="field-control"
        data-testid="base-url"
        type="url"
        spellCheck={false}
        autoComplete="off"
        value={baseUrl}
        placeholder={provider.id === 'custom' ? STRINGS.baseUrlExample : provider.baseUrl}
        onChange={(event) => editProvider(provider.id, { baseUrl: event.target.value.trim() })}
        onBlur={keepEdits}
      />
    </Field>
  );
}

interface KeyFieldProps {
  readonly provider: ProviderListing;
  /** What was typed and not handed over yet. */
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
}

/** The key is typed here and handed over; it cannot be read back, so the field is empty again afterwards. */
function KeyField({ provider, draft: key, onDraft: setKey }: KeyFieldProps) {
  const saveKey = useApp((state) => state.saveKey);
  const save = async (value: string): Promise<void> => {
    if ((await saveKey(provider.id, value)) !== undefined) setKey('');
  };
  return (
    <Field label={STRINGS.key} id="api-key">
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save(key.trim());
        }}
      >
        <input
          id="api-key"
          className="field-control min-w-32 flex-1"
          data-testid="api-key"
          type="password"
          autoComplete="off"
          value={key}
          placeholder={placeholder(provider)}
          onChange={(event) => setKey(event.target.value)}
        />
        <button type="submit" className="button" data-testid="save-key" disabled={key.trim() === ''}>
          {STRINGS.saveKey}
        </button>
        {provider.hasKey && provider.keyKeeping !== 'environment' && (
          <button type="button" className="button button-quiet" onClick={() => void save('')}>
            {STRINGS.removeKey}
          </button>
        )}
      </form>
      {provider.keyKeeping === 'until-quit' && <p className="note">{STRINGS.keyUntilQuit}</p>}
    </Field>
  );
}

interface TestButtonProps {
  readonly provider: ProviderListing;
  readonly keyDraft: string;
  readonly onKeySaved: () => void;
}

/** Makes a real request. A key that stands in its field is handed over first: it is the one that is meant. */
function TestButton({ provider, keyDraft, onKeySaved }: TestButtonProps) {
  const saveKey = useApp((state) => state.saveKey);
  const tryProvider = useApp((state) => state.tryProvider);
  const isBusy = useApp(({ trial }) => trial?.provider === provider.id && trial.result === undefined);
  const test = async (): Promise<void> => {
    const key = keyDraft.trim();
    if (key !== '') {
      if ((await saveKey(provider.id, key)) === undefined) return;
      onKeySaved();
    }
    await tryProvider(provider.id);
  };
  return (
    <button
      type="button"
      className="button"
      data-testid="test-provider"
      disabled={isBusy}
      onClick={() => void test()}
    >
      {isBusy ? STRINGS.testing : STRINGS.test}
    </button>
  );
}

/** What came of the test: the model and its time, or the server's own reason. */
function TrialNote({ provider }: { readonly provider: ProviderListing }) {
  const result = useApp(({ trial }) => (trial?.provider === provider.id ? trial.result : undefined));
  return (
    <p role="status" className="basis-full text-small empty:hidden" data-testid="trial">
      {result?.ok === true && (
        <span className="text-good">
          {STRINGS.testAnswered(result.value.model, result.value.firstTextMs)}
        </span>
      )}
      {result?.ok === false && (
        <span className="[overflow-wrap:anywhere]">
          <strong className="font-semibold text-danger">{result.error.message}</strong> {result.error.hint}
        </span>
      )}
    </p>
  );
}

function placeholder({ hasKey, needsKey, keyKeeping }: ProviderListing): string {
  if (keyKeeping === 'environment') return STRINGS.keyFromEnvironment;
  if (hasKey) return STRINGS.keyStored;
  return needsKey ? STRINGS.keyMissing : STRINGS.keyOptional;
}
