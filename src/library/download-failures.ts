/** How a download fails: a source that did not deliver (the next one is tried), or this machine (nothing else helps). */
import { AppFailure, fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';

/** One source did not give the file. The message names the source and says why, as a clause without a full stop. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure';
}

/** Turns a failed write into a named failure. `path` is the file or folder that was being written. */
export function failWriting(cause: unknown, path: string): never {
  if (cause instanceof AppFailure) throw cause;
  const code = errorCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    fail('disk-full', 'model', FAILURES.download.diskFull(path), { cause });
  }
  return fail('file-unwritable', 'model', FAILURES.download.unwritable(path, code ?? String(cause)), {
    cause,
  });
}

/** The system's name for an error, such as `ENOSPC`; looks through the causes that `fetch` wraps around it. */
export function errorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return errorCode(thrown.cause);
}
