/** The prompt box with what belongs to sending: voice, provider, model, Send and Stop. */
import { ArrowUp, Square } from 'lucide-react';
import type { KeyboardEvent, SubmitEvent } from 'react';
import { currentTurn } from '../store.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { isActive } from '../turn-state.ts';
import { ModelField } from './ModelField.tsx';
import { ProviderPicker } from './ProviderPicker.tsx';
import { VoicePicker } from './VoicePicker.tsx';
import { useApp } from './use-app.ts';

export function Composer() {
  const draft = useApp((state) => state.draft);
  const edit = useApp((state) => state.edit);
  const expectPrompt = useApp((state) => state.expectPrompt);
  const send = useApp((state) => state.send);
  const stop = useApp((state) => state.stop);
  const goesOn = useApp((state) => isActive(currentTurn(state)));

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className="flex-none rounded-lg border border-line bg-surface focus-within:border-line-strong"
      onSubmit={onSubmit}
    >
      <Editing />
      <label className="sr-only" htmlFor="prompt">
        {STRINGS.prompt}
      </label>
      <textarea
        id="prompt"
        className="block max-h-40 min-h-14 w-full resize-none rounded-lg bg-transparent px-4 pb-1 pt-3 outline-none [field-sizing:content] short:min-h-11"
        data-testid="prompt"
        rows={2}
        value={draft}
        placeholder={STRINGS.promptPlaceholder}
        onFocus={expectPrompt}
        onChange={(event) => edit(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex items-end gap-2 px-2 pb-2">
        <fieldset className="flex min-w-0 flex-1 flex-wrap gap-1" aria-label={STRINGS.options}>
          <VoicePicker />
          <ProviderPicker />
          <ModelField />
        </fieldset>
        <button
          type="button"
          className="button flex-none"
          data-testid="stop"
          title={STRINGS.stopTitle}
          disabled={!goesOn}
          onClick={stop}
        >
          <Square size={13} fill="currentColor" aria-hidden />
          {STRINGS.stop}
        </button>
        <button
          type="submit"
          className="button button-accent flex-none"
          data-testid="send"
          title={STRINGS.sendTitle}
        >
          <ArrowUp size={16} aria-hidden />
          {STRINGS.send}
        </button>
      </div>
    </form>
  );
}

/** Says that an earlier prompt is being changed. */
function Editing() {
  const editing = useApp((state) => state.editing);
  const cancel = useApp((state) => state.cancelEdit);
  if (editing === '') return null;
  return (
    <div className="flex items-center justify-between gap-2 rounded-t-lg bg-sunken px-4 py-1.5 text-small text-soft">
      {STRINGS.actions.editing}
      <button type="button" className="button button-quiet min-h-7" onClick={cancel}>
        {STRINGS.actions.cancelEdit}
      </button>
    </div>
  );
}
