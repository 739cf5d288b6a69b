/**
 * The database of the conversations as main uses it, which goes on when its file cannot be written: a full disk, a folder that
 * became read-only, a drive that is gone.
 *
 * Reads see every write that was made, in whichever place. While the file takes writes they go there, each in a transaction.
 * A write that the file does not take is made in a copy in memory, as are those after it; all of them are kept in order and put into
 * the file as soon as it takes them again, which is tried at a write, at most every {@link RETRY_MS}, and at the end. The
 * person is told once each time that this begins.
 */
import type { Database } from 'node-sqlite3-wasm';
import type { AppError } from '../../common/result.ts';
import {
  copyRows,
  openFile,
  openInPlace,
  openMemory,
  transaction,
  unwritableProblem,
  type OpenedFile,
} from './database.ts';

/** How often a file that took no writes is tried again, ms. */
const RETRY_MS = 5_000;

/** A change of rows. It may be made twice, on the file and on the copy, and must do the same on both. */
export type Change = (database: Database) => void;

interface Pending {
  readonly key: string;
  readonly change: Change;
}

export interface KeptDatabaseOptions {
  /** Hears each time that what is kept is not on the disk any more. */
  readonly onUnwritable?: (problem: AppError) => void;
  /** A clock that does not go back, ms. */
  readonly clock?: () => number;
}

export class KeptDatabase {
  /** What was wrong when the file was opened; undefined when nothing was. */
  readonly problem: AppError | undefined;
  private readonly path: string;
  private readonly onUnwritable: (problem: AppError) => void;
  private readonly clock: () => number;
  /** The open file; undefined while it could not be opened. */
  private file: Database | undefined;
  /** Stands in for the file; undefined while the file takes writes. */
  private copy: Database | undefined;
  private readonly mayOpenLater: boolean;
  private pending: Pending[] = [];
  private triedAt: number;

  constructor(path: string, { onUnwritable, clock }: KeptDatabaseOptions = {}, opened?: OpenedFile) {
    const file = opened ?? openFile(path);
    this.path = path;
    this.problem = file.problem;
    this.onUnwritable = onUnwritable ?? (() => undefined);
    this.clock = clock ?? (() => performance.now());
    this.triedAt = this.clock();
    this.mayOpenLater = file.is !== 'newer';
    if (file.is === 'open') this.file = file.database;
    else this.copy = file.is === 'unwritable' ? file.copy : openMemory();
  }

  /** To read from, until the next write. */
  get rows(): Database {
    return this.copy ?? this.opened();
  }

  /** Whether something that was written is not in the file. */
  get isUnsaved(): boolean {
    return this.pending.length > 0;
  }

  /**
   * Makes a change. Throws only what the change itself is at fault for. Where many writes of one `key` wait for the file, the
   * last one is enough; '' keeps each.
   */
  write(change: Change, key = ''): void {
    if (this.copy !== undefined && this.clock() - this.triedAt >= RETRY_MS) this.save();
    const { copy } = this;
    if (copy !== undefined) transaction(copy, () => change(copy));
    else if (this.writeToFile(change)) return;
    if (key !== '') this.pending = this.pending.filter((earlier) => earlier.key !== key);
    this.pending.push({ key, change });
  }

  /** Saves what waits, if the file takes it, and closes. Returns whether all is saved. */
  close(): boolean {
    const saved = this.save();
    this.copy?.close();
    try {
      this.file?.close();
    } catch {
      // What was committed is in the file's log, and the next start reads it from there.
    }
    return saved;
  }

  private opened(): Database {
    if (this.file === undefined) throw new Error('The database was closed.');
    return this.file;
  }

  /** False when the file does not take it; from then on there is a copy, which did. */
  private writeToFile(change: Change): boolean {
    const file = this.opened();
    try {
      transaction(file, () => change(file));
      return true;
    } catch (thrown) {
      const copy = copyOf(file);
      try {
        transaction(copy, () => change(copy));
      } catch {
        // Not the file is at fault.
        copy.close();
        throw thrown;
      }
      this.copy = copy;
    }
    this.triedAt = this.clock();
    this.onUnwritable(unwritableProblem(this.path));
    return false;
  }

  /** Puts what waits into the file, all or nothing. */
  private save(): boolean {
    if (this.copy === undefined) return true;
    this.triedAt = this.clock();
    if (!this.mayOpenLater) return false;
    try {
      this.file ??= openInPlace(this.path);
      const { file } = this;
      transaction(file, () => {
        for (const { change } of this.pending) change(file);
      });
    } catch {
      return false;
    }
    this.copy.close();
    this.copy = undefined;
    this.pending = [];
    return true;
  }
}

/** What the file holds, in memory. Of a file that cannot even be read, nothing. */
function copyOf(file: Database): Database {
  const copy = openMemory();
  try {
    copyRows(file, copy);
  } catch {
    copy.exec('DELETE FROM conversations');
  }
  return copy;
}
