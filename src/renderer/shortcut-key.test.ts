import { describe, expect, it } from 'vitest';
import { shortcutKey } from './shortcut-key.ts';

describe('the key of a shortcut', () => {
  it.each([
    ['an American keyboard', 'n', 'KeyN', 'n'],
    ['Caps Lock', 'N', 'KeyN', 'n'],
    ['Dvorak, where the letter stands elsewhere', 'n', 'KeyL', 'n'],
    ['a Russian keyboard', 'т', 'KeyN', 'n'],
    ['a Greek keyboard', 'κ', 'KeyK', 'k'],
    ['a Russian keyboard, with a letter in the comma’s place', 'б', 'Comma', ','],
    ['a German keyboard', ',', 'Comma', ','],
    ['a key without a character', 'Escape', 'Escape', 'Escape'],
    ['a dead key', 'Dead', 'BracketLeft', 'Dead'],
  ])('on %s', (_, key, code, meant) => {
    expect(shortcutKey({ key, code })).toBe(meant);
  });
});
