/** Asks before a link of an answer leaves the program: the address stands there in full. */
import { useEffect, useRef } from 'react';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export function LinkQuestion() {
  const link = useApp((state) => state.link);
  const askLink = useApp((state) => state.askLink);
  const openLink = useApp((state) => state.openLink);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (link !== '') dialog.current?.showModal();
    else dialog.current?.close();
  }, [link]);
  return (
    <dialog
      ref={dialog}
      className="question"
      aria-labelledby="link-question"
      onClose={() => askLink('')}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="link-question" className="font-semibold">
        {STRINGS.link.question}
      </h2>
      <p className="my-3 break-all text-small text-soft">{link}</p>
      <div className="flex justify-end gap-2">
        <button type="button" className="button" onClick={() => askLink('')}>
          {STRINGS.link.cancel}
        </button>
        <button type="button" className="button button-accent" onClick={() => void openLink(link)}>
          {STRINGS.link.open}
        </button>
      </div>
    </dialog>
  );
}
