/**
 * The SQLite file of the conversations: opened by main only, brought to the newest schema, and set aside when damaged.
 *
 * SQLite runs as WebAssembly (`node-sqlite3-wasm`), which needs no compiler. Its file layer flushes with `fsync` and locks by a
 * folder `<file>.lock`. That lock is also what its "does another process write?" answers, so after a crash a rollback
 * journal is taken for a living one and half of a transaction stays in the file (seen with version 0.8.60: a killed
 * UPDATE was there at the next start). With a write-ahead log the file is whole whatever happens, and with exclusive
 * locking the log needs no shared memory; so both are set before anything is read.
 *
 * The folder that a crash leaves behind is removed at the start: Electron's single-instance lock says that no other Aloud
 * runs on the same folder.
 */
import sqlite, { type Database, type QueryResult } from 'node-sqlite3-wasm';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { appError, type AppError } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { MIGRATIONS } from './migrations.ts';

/** What became of the file when it was opened. */
export type OpenedFile =
  /** It is open; `problem` tells that an older one was damaged and set aside. */
  | { readonly is: 'open'; readonly database: Database; readonly problem: AppError | undefined }
  /** It cannot be written now; `copy` holds in memory what could be read of it. It may be opened later. */
  | { readonly is: 'unwritable'; readonly copy: Database; readonly problem: AppError }
  /** A newer Aloud wrote it, so it is left alone for good. */
  | { readonly is: 'newer'; readonly problem: AppError };

/** Opens the file, making it if it is not there. Never throws for what the disk does. */
export function openFile(path: string, now: () => number = Date.now): OpenedFile {
  try {
    return { is: 'open', database: openInPlace(path), problem: undefined };
  } catch (thrown) {
    if (thrown instanceof NewerSchema) return { is: 'newer', problem: newerProblem(path) };
    if (!isDamage(thrown))
      return { is: 'unwritable', copy: readCopy(path), problem: unwritableProblem(path) };
    return beginAnew(path, now());
  }
}

/** Opens or makes the file. Throws when it is damaged, newer, or cannot be written. */
export function openInPlace(path: string): Database {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(`${path}.lock`, { recursive: true, force: true });
  return openWhole(path);
}

/** An empty database in memory. */
export function openMemory(): Database {
  return openWhole(':memory:');
}

/** Puts every row of one database into another, which is empty and has the same schema. */
export function copyRows(from: Database, to: Database): void {
  transaction(to, () => {
    for (const table of TABLES) {
      for (const row of from.all(`SELECT * FROM ${table}`)) {
        const names = Object.keys(row);
        const values = names.map((name) => storedValue(row[name]));
        to.run(
          `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
          values,
        );
      }
    }
  });
}

/** A column's value. The package's type also allows for rows in rows, which a join can give and a table cannot hold. */
function storedValue(value: QueryResult[string] | undefined): string | number | bigint | Uint8Array | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError('A column holds one value.');
}

/** In the order in which rows may be put in. */
const TABLES = ['conversations', 'turns'] as const;

/** Runs `work` in one transaction: all of it is kept, or none when it throws. */
export function transaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (thrown) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}

class NewerSchema extends Error {}

function openWhole(path: string): Database {
  const database = new sqlite.Database(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    const [check] = database.all('PRAGMA quick_check(1)');
    if (check?.['quick_check'] !== 'ok') throw new Error('The database is damaged.');
    migrate(database);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function migrate(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) throw new NewerSchema();
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    transaction(database, () => {
      database.exec(step);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/** What SQLite and its file layer say when it is the disk that does not do its part, and not the file that is wrong. */
const DISK_TROUBLE = /could not open|unable to open|disk i\/o error|readonly|is locked|is full/i;

function isDamage(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || 'code' in thrown) return false;
  return !DISK_TROUBLE.test(thrown.message);
}

function beginAnew(path: string, now: number): OpenedFile {
  try {
    const problem = damagedProblem(setAside(path, now));
    return { is: 'open', database: openWhole(path), problem };
  } catch {
    return { is: 'unwritable', copy: openMemory(), problem: unwritableProblem(path) };
  }
}

/**
 * What can be read of a file whose folder cannot be written. It is read from a copy in the system's temporary folder, for even to
 * read it its lock must be made beside it. Empty when that fails too.
 */
function readCopy(path: string): Database {
  const memory = openMemory();
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'aloud-conversations-'));
    const copy = join(folder, basename(path));
    for (const ending of ['', '-wal'])
      if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending);
    const database = openWhole(copy);
    try {
      copyRows(database, memory);
    } finally {
      database.close();
    }
  } catch {
    // The problem is told in any case; there is nothing of the file to be shown then.
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
  return memory;
}

/** Renames the file and its log, so that nothing of them is overwritten. */
function setAside(path: string, now: number): string {
  const aside = `${path}.damaged-${now}`;
  for (const ending of ['', '-wal', '-journal']) {
    if (existsSync(path + ending)) renameSync(path + ending, aside + ending);
  }
  rmSync(`${path}.lock`, { recursive: true, force: true });
  return aside;
}

function damagedProblem(aside: string): AppError {
  return appError('conversations-damaged', 'settings', FAILURES.conversations.damaged(aside));
}

/** Told when the file cannot be written, at the start or later. */
export function unwritableProblem(path: string): AppError {
  return appError('conversations-unwritable', 'settings', FAILURES.conversations.unwritable(dirname(path)), {
    retryable: true,
  });
}

function newerProblem(path: string): AppError {
  return appError('conversations-damaged', 'settings', FAILURES.conversations.newer(path));
}
