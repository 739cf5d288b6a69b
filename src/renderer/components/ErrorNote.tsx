/** A failure as the person reads it: what happened, and what to do next. */
import { useState } from 'react';
import type { AppError } from '../../common/result.ts';
import { STRINGS } from '../../common/strings/interface.ts';

export interface ErrorNoteProps {
  readonly error: AppError;
  /**
   * Whether it is the newest failure on screen; only that one carries the test id and is announced, once: not again when a newer
   * one was dismissed. The same failure told again is another `error`.
   */
  readonly isNewest: boolean;
  readonly onDismiss?: () => void;
}

export function ErrorNote({ error, isNewest, onDismiss }: ErrorNoteProps) {
  /** What was announced, and whether a newer failure came after it. */
  const [told, setTold] = useState<{ readonly error: AppError; readonly isPast: boolean }>();
  const isTold = told?.error === error;
  if (isNewest && !isTold) setTold({ error, isPast: false });
  if (!isNewest && isTold && !told.isPast) setTold({ error, isPast: true });
  return (
    <div
      className="flex flex-none items-start justify-between gap-2 rounded border-l-[3px] border-danger bg-danger-surface px-3 py-2 text-small [overflow-wrap:anywhere]"
      role={isNewest && !(isTold && told.isPast) ? 'alert' : undefined}
      data-testid={isNewest ? 'error' : undefined}
      data-code={error.code}
    >
      <p>
        <strong className="font-semibold text-danger">{error.message}</strong> {error.hint}
      </p>
      {onDismiss !== undefined && (
        <button type="button" className="button button-quiet min-h-7" onClick={onDismiss}>
          {STRINGS.dismiss}
        </button>
      )}
    </div>
  );
}
