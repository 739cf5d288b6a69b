import { describe, expect, it } from 'vitest';
import { Shortcuts, type ShortcutRegistry } from './shortcuts.ts';

/** As Electron's: keys of other programs and keys that are held already are refused. */
class Keyboard implements ShortcutRegistry {
  readonly held = new Map<string, () => void>();
  private readonly others: readonly string[];

  constructor(others: readonly string[] = []) {
    this.others = others;
  }

  register(accelerator: string, act: () => void): boolean {
    if (this.others.includes(accelerator) || this.held.has(accelerator)) return false;
    this.held.set(accelerator, act);
    return true;
  }

  unregister(accelerator: string): void {
    this.held.delete(accelerator);
  }
}

function shortcutsOn(keyboard: Keyboard): { shortcuts: Shortcuts; done: string[]; refused: string[] } {
  const done: string[] = [];
  const refused: string[] = [];
  const shortcuts = new Shortcuts(
    keyboard,
    { showHide: () => done.push('showHide'), speakClipboard: () => done.push('speakClipboard') },
    (accelerator) => refused.push(accelerator),
  );
  return { shortcuts, done, refused };
}

describe('global shortcuts', () => {
  it('do what they are set for', () => {
    const keyboard = new Keyboard();
    const { shortcuts, done } = shortcutsOn(keyboard);
    shortcuts.apply({ showHide: 'Control+Alt+A', speakClipboard: 'Control+Alt+S' });
    keyboard.held.get('Control+Alt+S')?.();
    keyboard.held.get('Control+Alt+A')?.();
    expect(done).toEqual(['speakClipboard', 'showHide']);
  });

  it('give back what is not wanted any more, and change places', () => {
    const keyboard = new Keyboard();
    const { shortcuts, done, refused } = shortcutsOn(keyboard);
    shortcuts.apply({ showHide: 'Control+Alt+A', speakClipboard: 'Control+Alt+S' });
    shortcuts.apply({ showHide: 'Control+Alt+S', speakClipboard: '' });
    expect([...keyboard.held.keys()]).toEqual(['Control+Alt+S']);
    keyboard.held.get('Control+Alt+S')?.();
    expect(done).toEqual(['showHide']);
    expect(refused).toEqual([]);
  });

  it('say which keys cannot be had, and leave them to whoever has them', () => {
    const keyboard = new Keyboard(['Control+Alt+A']);
    const { shortcuts, refused } = shortcutsOn(keyboard);
    shortcuts.apply({ showHide: 'Control+Alt+A', speakClipboard: 'F9' });
    expect(refused).toEqual(['Control+Alt+A']);
    expect([...keyboard.held.keys()]).toEqual(['F9']);
  });

  it('refuse the same keys for two things', () => {
    const { shortcuts, refused } = shortcutsOn(new Keyboard());
    shortcuts.apply({ showHide: 'F9', speakClipboard: 'F9' });
    expect(refused).toEqual(['F9']);
  });
});
