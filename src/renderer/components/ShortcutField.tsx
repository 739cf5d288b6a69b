/** A global shortcut to set: press the button, then the keys. Escape leaves it as it was, Backspace takes it away. */
import { useState, type KeyboardEvent } from 'react';
import { acceleratorOf, keysInWords } from '../../common/accelerator.ts';
import { STRINGS } from '../../common/strings/interface.ts';

interface ShortcutFieldProps {
  readonly label: string;
  /** As Electron writes it; '' is none. */
  readonly value: string;
  readonly onChange: (accelerator: string) => void;
}

export function ShortcutField({ label, value, onChange }: ShortcutFieldProps) {
  const [isListening, setListening] = useState(false);
  const words = STRINGS.settings;
  const onKeyDown = (event: KeyboardEvent): void => {
    // Tab goes on to the next field as ever.
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const isBare = !event.ctrlKey && !event.altKey && !event.metaKey;
    const accelerator = isBare && event.key === 'Backspace' ? '' : acceleratorOf(event.nativeEvent);
    if (accelerator !== undefined) onChange(accelerator);
    if (accelerator !== undefined || event.key === 'Escape') setListening(false);
  };
  const shown = value === '' ? words.noShortcut : keysInWords(value);
  return (
    <div className="flex items-center justify-between gap-4">
      <span aria-hidden>{label}</span>
      <button
        type="button"
        className="field-control w-48 text-center text-small tabular-nums"
        aria-label={`${label}: ${isListening ? words.pressKeys : shown}`}
        onClick={() => setListening(true)}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
      >
        {isListening ? words.pressKeys : shown}
      </button>
    </div>
  );
}
