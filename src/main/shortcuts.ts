/** The person's global shortcuts: which keys do what while another program is in front. */
import type { Settings } from '../common/settings.ts';

/** What a global shortcut can be for. */
export type ShortcutName = keyof Settings['shortcuts'];

/** The part of Electron's `globalShortcut` that is used. */
export interface ShortcutRegistry {
  /** False when another program holds the keys. */
  register(accelerator: string, act: () => void): boolean;
  unregister(accelerator: string): void;
}

export class Shortcuts {
  private readonly registry: ShortcutRegistry;
  private readonly actions: Readonly<Record<ShortcutName, () => void>>;
  private readonly refused: (accelerator: string) => void;
  private held: readonly string[] = [];

  /** `refused` hears of keys that cannot be had. */
  constructor(
    registry: ShortcutRegistry,
    actions: Readonly<Record<ShortcutName, () => void>>,
    refused: (accelerator: string) => void,
  ) {
    this.registry = registry;
    this.actions = actions;
    this.refused = refused;
  }

  /** From now on these keys, and only these, do something. '' is none. */
  apply(wanted: Settings['shortcuts']): void {
    for (const accelerator of this.held) this.registry.unregister(accelerator);
    const pairs: readonly (readonly [string, () => void])[] = [
      [wanted.showHide, this.actions.showHide],
      [wanted.speakClipboard, this.actions.speakClipboard],
    ];
    this.held = pairs
      .filter(([accelerator, act]) => accelerator !== '' && this.take(accelerator, act))
      .map(([accelerator]) => accelerator);
  }

  private take(accelerator: string, act: () => void): boolean {
    const isOurs = this.registry.register(accelerator, act);
    if (!isOurs) this.refused(accelerator);
    return isOurs;
  }
}
