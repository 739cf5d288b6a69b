/**
 * Keys that work while another program is in front, written as Electron writes them: `Control+Alt+A`. '' is none.
 *
 * A key is named by its place on the keyboard (`KeyboardEvent.code`), since Alt and AltGr change what it would type.
 */
import { z } from 'zod';

const FUNCTION_KEY = String.raw`F(?:[1-9]|1\d|2[0-4])`;
const PLAIN_KEY = 'Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert|Delete|[A-Z]|[0-9]';
const STRONG = 'Control|Alt|Super';

/** '' or a key with Control, Alt or Super, with Shift if wanted; a function key may stand alone. */
export const acceleratorSchema = z
  .string()
  .regex(
    new RegExp(
      `^(?:|(?:(?:${STRONG})\\+){1,3}(?:Shift\\+)?(?:${PLAIN_KEY}|${FUNCTION_KEY})|(?:Shift\\+)?${FUNCTION_KEY})$`,
    ),
  );

/** What of a `KeyboardEvent` says which keys are down. */
export interface KeyPress {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The accelerator of a key press; undefined while it is none (a modifier alone, a letter that would be typed). */
export function acceleratorOf(press: KeyPress): string | undefined {
  const key = keyName(press.code);
  if (key === undefined) return undefined;
  const parts = [
    ...(press.ctrlKey ? ['Control'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.metaKey ? ['Super'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
    key,
  ];
  const accelerator = parts.join('+');
  return acceleratorSchema.safeParse(accelerator).success ? accelerator : undefined;
}

/** An accelerator as it stands on the keyboard: `Ctrl + Alt + A`. */
export function keysInWords(accelerator: string): string {
  return accelerator.replace('Control', 'Ctrl').replaceAll('+', ' + ');
}

function keyName(code: string): string | undefined {
  const [, letter] = /^(?:Key|Digit|Arrow)(\w+)$/.exec(code) ?? [];
  return letter ?? (/^(?:F\d+|Space|Home|End|PageUp|PageDown|Insert|Delete)$/.test(code) ? code : undefined);
}
