/**
 * The person's own dictionary as its file stands now. The file is looked at once a second, because an editor may replace it
 * (which ends a watch of the file itself) and because it may come only later.
 */
import { unwatchFile, watchFile } from 'node:fs';
import type { DictionaryEntry } from '../common/dictionary.ts';
import type { AppError } from '../common/result.ts';
import { readDictionary, type Dictionary } from '../library/dictionary.ts';

const LOOK_EVERY_MS = 1_000;

export class DictionaryWatch {
  private readonly path: string;
  private current: Dictionary = { entries: [], problem: undefined };
  private readonly look: () => void;
  private changed: () => void = () => undefined;

  private reading: Promise<void> = Promise.resolve();

  private constructor(path: string, intervalMs: number) {
    this.path = path;
    this.look = () => void this.read();
    watchFile(path, { interval: intervalMs, persistent: false }, this.look);
  }

  /** Reads the file and watches it until {@link close}. Never fails. */
  static async open(path: string, intervalMs = LOOK_EVERY_MS): Promise<DictionaryWatch> {
    // Watched before it is read: a change in between is seen.
    const watch = new DictionaryWatch(path, intervalMs);
    await watch.read();
    return watch;
  }

  get entries(): readonly DictionaryEntry[] {
    return this.current.entries;
  }

  /** What the person should know of the file; undefined when all of it will do. */
  get problem(): AppError | undefined {
    return this.current.problem;
  }

  /** Calls back after each change of the file, when it has been read. */
  onChange(changed: () => void): void {
    this.changed = changed;
  }

  close(): void {
    unwatchFile(this.path, this.look);
  }

  /** One after the other: the last one to begin is the last to count. */
  private read(): Promise<void> {
    this.reading = this.reading.then(async () => {
      this.current = await readDictionary(this.path);
      this.changed();
    });
    return this.reading;
  }
}
