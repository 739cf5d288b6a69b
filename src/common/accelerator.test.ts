import { describe, expect, it } from 'vitest';
import { acceleratorOf, acceleratorSchema, keysInWords, type KeyPress } from './accelerator.ts';

const press = (code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
});

describe('the accelerator of a key press', () => {
  it.each([
    [press('KeyA', { ctrlKey: true, altKey: true }), 'Control+Alt+A'],
    [press('Digit7', { metaKey: true, shiftKey: true }), 'Super+Shift+7'],
    [press('ArrowUp', { altKey: true }), 'Alt+Up'],
    [press('Space', { ctrlKey: true, shiftKey: true }), 'Control+Shift+Space'],
    [press('F9'), 'F9'],
    [press('F12', { shiftKey: true }), 'Shift+F12'],
  ])('%o is %s', (keys, accelerator) => {
    expect(acceleratorOf(keys)).toBe(accelerator);
  });

  it.each([
    ['a modifier alone', press('ControlLeft', { ctrlKey: true })],
    ['a letter that would be typed', press('KeyA')],
    ['a capital that would be typed', press('KeyA', { shiftKey: true })],
    ['a key that has no name', press('IntlBackslash', { ctrlKey: true })],
  ])('is none for %s', (_what, keys) => {
    expect(acceleratorOf(keys)).toBeUndefined();
  });
});

it('is shown with the names that stand on the keys', () => {
  expect(keysInWords('Control+Alt+A')).toBe('Ctrl + Alt + A');
});

describe('a stored accelerator', () => {
  it.each(['', 'Control+Alt+Super+Shift+Q', 'F24', 'Alt+PageDown'])('may be "%s"', (text) => {
    expect(acceleratorSchema.safeParse(text).success).toBe(true);
  });

  it.each(['A', 'Shift+A', 'Control+', 'Control+Alt', 'F25', 'MediaStop', 'Control+A+B', 'Control+a'])(
    'may not be "%s"',
    (text) => {
      expect(acceleratorSchema.safeParse(text).success).toBe(false);
    },
  );
});
