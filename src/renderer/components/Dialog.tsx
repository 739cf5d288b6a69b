/** A question or a piece of work in front of the window: nothing else can be reached until it is done or left. */
import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { STRINGS } from '../../common/strings/interface.ts';

export interface DialogProps {
  readonly title: string;
  /** Escape, or the cross. */
  readonly onLeave: () => void;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export function Dialog({ title, onLeave, isWide = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the page is painted, and before the dialog is gone: closing it gives the focus back to where it was.
  useLayoutEffect(() => {
    const { current } = dialog;
    if (current?.open === false) current.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`question flex max-h-[92vh] flex-col gap-3 ${isWide ? 'w-[40rem]' : 'w-[28rem]'}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="flex flex-none items-center justify-between gap-2">
        <h2 id={titleId} className="font-semibold">
          {title}
        </h2>
        <button
          type="button"
          className="icon-button -mr-1"
          aria-label={STRINGS.newVoice.close}
          title={STRINGS.newVoice.close}
          onClick={onLeave}
        >
          <X size={17} aria-hidden />
        </button>
      </div>
      {children}
    </dialog>
  );
}
