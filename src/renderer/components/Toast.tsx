/** What was just done, for a few seconds, with the way back where there is one. */
import { useEffect } from 'react';
import type { Undo } from '../store.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

/** Long enough to read it and to press Undo, ms. */
const SHOWN_MS = 8_000;

export function Toast() {
  const toast = useApp((state) => state.toast);
  const dismiss = useApp((state) => state.dismissToast);
  const undoDelete = useApp((state) => state.undoDelete);
  const undoRemoval = useApp((state) => state.undoRemoval);
  const bringBack = (undo: Undo): void => {
    if (undo.what === 'conversation') void undoDelete(undo.id);
    else void undoRemoval(undo);
  };
  useEffect(() => {
    if (toast === undefined) return undefined;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, dismiss]);
  const undo = toast?.undo;
  return (
    <div role="status" aria-live="polite" className="flex justify-center empty:hidden" data-testid="toast">
      {toast !== undefined && (
        <div
          key={toast.id}
          className="rises flex max-w-full items-center gap-3 rounded bg-ink px-3 py-1.5 text-small text-paper shadow-lg"
        >
          <span className="min-w-0 [overflow-wrap:anywhere]">{toast.text}</span>
          {undo !== undefined && (
            <button
              type="button"
              className="font-semibold underline underline-offset-2"
              onClick={() => bringBack(undo)}
            >
              {STRINGS.conversations.undo}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
