/**
 * Fetches a wheel from PyPI with the person's own pip, which knows their proxies, mirrors and certificates. Nothing is
 * installed and nothing in the package is run: only a finished wheel is accepted.
 */
import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PypiPackage } from './catalog.ts';
import { errorCode, failWriting, SourceFailure } from './download-failures.ts';
import { PHRASES } from '../common/strings/phrases.ts';

/** Commands that may be Python 3, tried in this order. */
export const PYTHON_COMMANDS: readonly string[] =
  process.platform === 'win32' ? ['py', 'python'] : ['python3'];

/** How long pip may run without a byte arriving, ms. Longer than pip's own time limits and retries together. */
const PIP_STALL_MS = 60_000;

export interface PipDownload {
  readonly package: PypiPackage;
  /** Where wheels are kept; absolute. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly python?: readonly string[];
  readonly stallMs?: number;
  /** Environment of pip; this process's own when left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told the bytes of this wheel that have arrived, now and then. */
  readonly onReceived: (bytes: number) => void;
}

/** Where a package's wheel is kept in a folder of wheels. */
export function wheelPath(folder: string, { name, version }: PypiPackage): string {
  return join(folder, `${name}-${version}.whl`);
}

/** Returns the path of the wheel in `folder`; one that is there already is not fetched again. */
export async function pipDownload(task: PipDownload): Promise<string> {
  const { name, version, wheelSize } = task.package;
  const wheel = wheelPath(task.folder, task.package);
  if ((await stat(wheel).catch(() => undefined)) !== undefined) {
    task.onReceived(wheelSize);
    return wheel;
  }
  const workplace = join(task.folder, `${name}.downloading`);
  const landing = join(workplace, 'done');
  try {
    await rm(workplace, { recursive: true, force: true });
    await mkdir(landing, { recursive: true });
  } catch (thrown) {
    failWriting(thrown, workplace);
  }
  try {
    await runPip(task, workplace, landing);
    const arrived = (await readdir(landing)).find((each) => each.endsWith('.whl'));
    if (arrived === undefined) throw new SourceFailure(PHRASES.pip.noWheel(name, version));
    await rename(join(landing, arrived), wheel).catch((thrown: unknown) => failWriting(thrown, wheel));
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
  task.onReceived(wheelSize);
  return wheel;
}

async function runPip(task: PipDownload, workplace: string, landing: string): Promise<void> {
  const { name, version } = task.package;
  const args = [
    ...['-m', 'pip', 'download', `${name}==${version}`, '--dest', landing],
    ...['--no-deps', '--only-binary', ':all:', '--no-cache-dir', '--no-input', '--quiet'],
    ...['--disable-pip-version-check', '--timeout', '15', '--retries', '1'],
  ];
  // pip downloads into its temporary folder first: there its progress can be seen, on the disk that was checked.
  const env = { ...(task.env ?? process.env), TMPDIR: workplace, TEMP: workplace, TMP: workplace };
  for (const command of task.python ?? PYTHON_COMMANDS) {
    const end = await runWatched(command, args, env, task, workplace);
    task.signal.throwIfAborted();
    switch (end.type) {
      case 'absent':
        continue;
      case 'stalled':
        throw new SourceFailure(PHRASES.pip.stoppedSending(name));
      case 'exited':
        if (end.code === 0) return;
        return failPip(name, end.errors, landing);
    }
  }
  throw new SourceFailure(PHRASES.pip.noPython);
}

function failPip(name: string, errors: string, landing: string): never {
  if (/No module named '?pip/.test(errors)) throw new SourceFailure(PHRASES.pip.noPip);
  if (/\bENOSPC\b|No space left on device/.test(errors))
    failWriting(Object.assign(new Error(errors), { code: 'ENOSPC' }), landing);
  const lines = errors.split('\n').filter((line) => line.startsWith('ERROR:'));
  const reason = lines[0]?.slice('ERROR:'.length).trim() ?? PHRASES.pip.noReason;
  throw new SourceFailure(PHRASES.pip.failed(name, reason.slice(0, 200)));
}

type PipEnd =
  | { readonly type: 'absent' }
  | { readonly type: 'stalled' }
  | { readonly type: 'exited'; readonly code: number | null; readonly errors: string };

function runWatched(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  task: PipDownload,
  workplace: string,
): Promise<PipEnd> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true });
    let errors = '';
    let stalled = false;
    let seen = 0;
    let seenAt = Date.now();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-20_000);
    });
    const watch = setInterval(() => {
      void bytesIn(workplace).then((bytes) => {
        if (bytes > seen) {
          seen = bytes;
          seenAt = Date.now();
          task.onReceived(Math.min(bytes, task.package.wheelSize));
        } else if (Date.now() - seenAt > (task.stallMs ?? PIP_STALL_MS)) {
          stalled = true;
          child.kill();
        }
      });
    }, 200);
    const stop = (): void => {
      child.kill();
    };
    task.signal.addEventListener('abort', stop);
    const settle = (): void => {
      clearInterval(watch);
      task.signal.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      settle();
      if (errorCode(error) === 'ENOENT') done({ type: 'absent' });
      else failed(new SourceFailure(PHRASES.pip.notStarted(command, errorCode(error) ?? error.message)));
    });
    child.on('close', (code) => {
      settle();
      done(stalled ? { type: 'stalled' } : { type: 'exited', code, errors });
    });
    if (task.signal.aborted) stop();
  });
}

/** Bytes of the largest file below a folder: pip holds the wheel twice while it copies it to its destination. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0);
  return Math.max(0, ...(await Promise.all(sizes)));
}
