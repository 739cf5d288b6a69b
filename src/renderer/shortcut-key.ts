/** Which key a shortcut means, whatever the layout of the keyboard. */

/** What is asked of a keyboard event. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code'>;

/**
 * The character of a key for shortcuts with Ctrl or Command, in small letters: what the layout gives where that is ASCII, so that it
 * is the letter on the key; else what stands at its place on an American keyboard, as on a Greek or Russian one, where
 * Ctrl and the key of N give no "n". Keys without a character, such as Escape, have their names.
 */
export function shortcutKey({ key, code }: PressedKey): string {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return letter.toLowerCase();
  return code === 'Comma' ? ',' : key;
}
