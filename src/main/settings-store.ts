/**
 * The settings file: read once, brought up to date, checked against the schema, written atomically. A file that is damaged
 * or of a newer program is set aside (never overwritten) and the defaults are used; the caller tells the person.
 */
import { readFile, rename } from 'node:fs/promises';
import { AppFailure, appError, ok, err, type AppError, type Result } from '../common/result.ts';
import { readSettings, writeSettings } from '../common/settings-file.ts';
import { DEFAULT_SETTINGS, NEW_SETTINGS, settingsSchema, type Settings } from '../common/settings.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { writeFileAtomically } from '../library/atomic-file.ts';

export class SettingsStore {
  private readonly path: string;
  private current: Settings;
  /** Resolves when every change so far is written or has failed. */
  private written: Promise<unknown> = Promise.resolve();
  private writing = 0;
  /** What went wrong when the file was read; undefined when nothing did. */
  readonly problem: AppError | undefined;

  private constructor(path: string, settings: Settings, problem: AppError | undefined) {
    this.path = path;
    this.current = settings;
    this.problem = problem;
  }

  /** Opens the store at `path`. Never fails: see {@link SettingsStore.problem}. */
  static async open(path: string): Promise<SettingsStore> {
    const read = await readOwnFile(path);
    if (read.ok) return new SettingsStore(path, read.value, undefined);
    return new SettingsStore(path, DEFAULT_SETTINGS, read.error);
  }

  get settings(): Settings {
    return this.current;
  }

  /**
   * Applies a patch and writes the file. When it cannot be written the settings stay as they were. Changes are made one
   * after the other, so that none undoes another.
   */
  change(patch: Partial<Settings>): Promise<Result<Settings>> {
    this.writing++;
    const changed = this.written.then(() => this.apply(patch)).finally(() => this.writing--);
    this.written = changed;
    return changed;
  }

  /** Whether a change is not on the disk yet. */
  get isWriting(): boolean {
    return this.writing > 0;
  }

  /** Resolves when no change is on its way to the disk any more. */
  async settled(): Promise<void> {
    while (this.isWriting) await this.written;
  }

  private async apply(patch: Partial<Settings>): Promise<Result<Settings>> {
    const next = settingsSchema.parse({ ...this.current, ...patch });
    try {
      await writeFileAtomically(this.path, writeSettings(next));
    } catch (thrown) {
      return err(unwritable(thrown));
    }
    this.current = next;
    return ok(next);
  }
}

async function readOwnFile(path: string): Promise<Result<Settings>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return ok(NEW_SETTINGS);
    return err(appError('settings-damaged', 'settings', FAILURES.settings.unreadable(path)));
  }
  const read = readSettings(text);
  if (read.is === 'settings') return ok(read.settings);
  const aside = `${path}.${read.is === 'newer' ? `version-${read.version}` : 'damaged'}-${Date.now()}`;
  const kept = await rename(path, aside).then(
    () => true,
    () => false,
  );
  return err(
    appError(
      'settings-damaged',
      'settings',
      read.is === 'newer'
        ? FAILURES.settings.newer(path, kept ? aside : undefined)
        : FAILURES.settings.damaged(path, kept ? aside : undefined),
    ),
  );
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

function unwritable(thrown: unknown): AppError {
  if (thrown instanceof AppFailure) return thrown.error;
  return appError('settings-unwritable', 'settings', FAILURES.settings.notSaved, { retryable: true });
}
