/** A quiet picker below the prompt box: it looks like text until it is pointed at. */
import type { ReactNode } from 'react';

export interface PickerProps {
  readonly label: string;
  /** Id and test id of the control. */
  readonly id: string;
  readonly value: string;
  readonly title?: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

export function Picker({ label, id, value, title, onChange, children }: PickerProps) {
  return (
    <select
      id={id}
      data-testid={id}
      className="h-8 min-w-0 max-w-44 truncate narrow:max-w-[7.25rem] rounded bg-transparent px-1.5 text-small text-soft hover:bg-sunken hover:text-ink"
      aria-label={label}
      title={title ?? label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
  );
}
