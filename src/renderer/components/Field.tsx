/** A control with its label above it. */
import type { ReactNode } from 'react';

export interface FieldProps {
  readonly label: string;
  /** Id of the control inside. */
  readonly id: string;
  readonly children: ReactNode;
}

export function Field({ label, id, children }: FieldProps) {
  return (
    <div className="min-w-0 flex-1 basis-72">
      <label htmlFor={id} className="block text-small text-soft">
        {label}
      </label>
      {children}
    </div>
  );
}
