/**
 * Saves changes of settings when typing pauses, so that not every keystroke is written to disk. Changes are sent in the
 * order they were made; `flush` sends at once what waits and resolves when all was answered.
 */
import type { SettingsPatch } from '../common/settings.ts';

/** How long typing must pause before it is saved, ms. */
export const SAVE_AFTER_MS = 400;

export interface SettingsSaver {
  /** Takes a change that may wait. */
  later(patch: SettingsPatch): void;
  /** Sends everything that waits. Never rejects: `save` handles its own errors. */
  flush(): Promise<void>;
}

/** `save` sends one change to main and must not reject. */
export function createSettingsSaver(save: (patch: SettingsPatch) => Promise<void>): SettingsSaver {
  let waiting: SettingsPatch | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    const patch = waiting;
    waiting = undefined;
    if (patch !== undefined) sent = sent.then(() => save(patch));
    return sent;
  };
  return {
    later: (patch) => {
      waiting = { ...waiting, ...patch };
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), SAVE_AFTER_MS);
    },
    flush,
  };
}
