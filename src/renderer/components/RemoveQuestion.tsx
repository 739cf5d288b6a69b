/** Asks before a model is deleted, and says what would stop without it. */
import { useEffect, useRef } from 'react';
import type { ModelEntry } from '../../common/model.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export interface RemoveQuestionProps {
  /** The model that is asked about; undefined for none. */
  readonly model: ModelEntry | undefined;
  readonly onDone: () => void;
}

export function RemoveQuestion({ model, onDone }: RemoveQuestionProps) {
  const remove = useApp((state) => state.removeModel);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (model !== undefined) dialog.current?.showModal();
    else dialog.current?.close();
  }, [model]);
  const words = STRINGS.models;
  return (
    <dialog
      ref={dialog}
      className="question"
      aria-labelledby="remove-question"
      onClose={onDone}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {model !== undefined && (
        <>
          <h2 id="remove-question" className="font-semibold">
            {words.question(model.label)}
          </h2>
          <div className="my-3 flex flex-col gap-2 text-small text-soft [overflow-wrap:anywhere]">
            {model.use !== 'none' && <p className="text-danger">{words.consequence[model.use]}</p>}
            <p>{words.deletes(model.folder, model.size)}</p>
          </div>
          <div className="flex justify-end gap-2">
            <button type="button" className="button" autoFocus onClick={onDone}>
              {words.keep}
            </button>
            <button
              type="button"
              className="button button-accent"
              data-testid="remove-model"
              onClick={() => {
                onDone();
                void remove(model);
              }}
            >
              {words.remove}
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}
