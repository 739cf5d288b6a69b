/**
 * Fetches one address into a part file, going on where an earlier attempt ended. A server that ignores the range is
 * read from the start; a connection that breaks or stalls is taken up again as long as that brings something new.
 * The content is not checked here.
 */
import { open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { isAllowedUrl } from './catalog.ts';
import { errorCode, failWriting, SourceFailure } from './download-failures.ts';
import { PHRASES } from '../common/strings/phrases.ts';

/** Patience of a download. */
export const DOWNLOAD_TIMING = {
  /** From the request to the response's first line, for each redirect anew. */
  connectMs: 10_000,
  /** Between two pieces of the body. */
  stallMs: 30_000,
  /** Before a broken connection is taken up again. */
  retryWaitMs: 1_000,
} as const;

export type DownloadTiming = { readonly [Name in keyof typeof DOWNLOAD_TIMING]: number };

export interface Download {
  readonly url: string;
  /** Absolute path of the part file; made when missing. */
  readonly part: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly signal: AbortSignal;
  readonly timing: DownloadTiming;
  /** Told the bytes that the part file holds; goes back to 0 when the server starts anew. */
  readonly onReceived: (bytes: number) => void;
}

/**
 * Returns when the part file holds `size` bytes. Throws {@link SourceFailure} when the server does not give them (what
 * was received stays), an AppFailure when the disk does not take them, and the signal's reason when that is aborted.
 */
export async function download(task: Download): Promise<void> {
  let best = await partSize(task.part);
  let fruitless = 0;
  for (;;) {
    const have = await partSize(task.part);
    if (have === task.size) return;
    if (have > task.size) await truncate(task.part, 0);
    const end = await attempt(task, have > task.size ? 0 : have);
    if (end.complete) return;
    fruitless = end.bytes > best ? 0 : fruitless + 1;
    if (fruitless > (end.broken ? FRUITLESS_BREAKS : 0)) throw new SourceFailure(end.problem);
    best = Math.max(best, end.bytes);
    await pause(task.timing.retryWaitMs, task.signal);
  }
}

/** Bytes of a part file; 0 when there is none. */
export async function partSize(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** How often in a row a connection may break without having brought anything; then the source is given up. */
const FRUITLESS_BREAKS = 3;

/**
 * How one connection ended; `bytes` is what the part file then holds. `broken`: it was cut, which costs little to try
 * again; not when the server fell silent or ended its answer early.
 */
type Attempt =
  | { readonly complete: true }
  | { readonly complete: false; readonly broken: boolean; readonly bytes: number; readonly problem: string };

const MAX_REDIRECTS = 5;

async function attempt(task: Download, have: number): Promise<Attempt> {
  const patience = new Patience(task.signal);
  try {
    const response = await request(task, have, patience);
    const start = startOf(response, task, have);
    if (start === undefined) return await startAnew(task, response);
    return await receive(task, response, start, patience);
  } finally {
    patience.end();
  }
}

/** Sends the request, following redirects by hand so that none leads to an address that is not allowed. */
async function request(task: Download, have: number, patience: Patience): Promise<Response> {
  let url = task.url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (!isAllowedUrl(url)) throw new SourceFailure(PHRASES.download.notHttps(hostOf(task.url)));
    const headers = {
      // Compressed bytes could not be counted or resumed.
      'accept-encoding': 'identity',
      ...(have > 0 ? { range: `bytes=${have}-` } : {}),
    };
    let response: Response;
    patience.expect(task.timing.connectMs);
    try {
      response = await fetch(url, { headers, redirect: 'manual', signal: patience.signal });
    } catch (thrown) {
      task.signal.throwIfAborted();
      throw new SourceFailure(PHRASES.download.unreachable(hostOf(url), because(thrown)), { cause: thrown });
    }
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url).href;
  }
  throw new SourceFailure(PHRASES.download.endlessRedirects(hostOf(task.url)));
}

/** The offset at which the response's body begins; undefined when the server wants nothing of our range. */
function startOf(response: Response, task: Download, have: number): number | undefined {
  const host = hostOf(response.url || task.url);
  switch (response.status) {
    case 200: {
      const length = response.headers.get('content-length');
      if (length !== null && Number(length) !== task.size)
        throw new SourceFailure(PHRASES.download.otherSize(host, length));
      return 0;
    }
    case 206: {
      const range = /^bytes (\d+)-\d*\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
      const total = range?.[2];
      if (total !== undefined && total !== '*' && Number(total) !== task.size)
        throw new SourceFailure(PHRASES.download.otherSize(host, total));
      return Number(range?.[1]) === have ? have : undefined;
    }
    case 416:
      return undefined;
    default:
      throw new SourceFailure(`${host} answered ${response.status}`);
  }
}

/** Forgets what there is, so that the next attempt asks for the whole file. */
async function startAnew(task: Download, response: Response): Promise<Attempt> {
  await response.body?.cancel();
  if ((await partSize(task.part)) === 0) throw new SourceFailure(PHRASES.download.refused(hostOf(task.url)));
  await truncate(task.part, 0);
  return attempt(task, 0);
}

async function receive(
  task: Download,
  response: Response,
  start: number,
  patience: Patience,
): Promise<Attempt> {
  const host = hostOf(response.url || task.url);
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (body === null) throw new SourceFailure(PHRASES.download.sentNothing(host));
  const reader = body.getReader();
  const file = await openPart(task.part, start);
  let bytes = start;
  try {
    for (;;) {
      patience.expect(task.timing.stallMs);
      const piece = await reader.read().catch((thrown: unknown) => {
        task.signal.throwIfAborted();
        return {
          problem: PHRASES.download.stoppedSending(host, because(thrown)),
          broken: !(thrown instanceof TimedOut),
        };
      });
      patience.pause();
      if ('problem' in piece) return { complete: false, bytes, ...piece };
      if (piece.done) break;
      if (bytes + piece.value.length > task.size) throw new SourceFailure(PHRASES.download.sentTooMuch(host));
      await writeAll(file, piece.value, bytes, task.part);
      bytes += piece.value.length;
      task.onReceived(bytes);
    }
    if (bytes < task.size)
      return { complete: false, broken: false, bytes, problem: PHRASES.download.sentTooLittle(host) };
    await file.sync().catch((thrown: unknown) => failWriting(thrown, task.part));
    return { complete: true };
  } finally {
    await reader.cancel().catch(() => undefined);
    await file.close();
  }
}

async function openPart(path: string, start: number): Promise<FileHandle> {
  try {
    return await open(path, start === 0 ? 'w' : 'r+');
  } catch (thrown) {
    return failWriting(thrown, path);
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number, path: string): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file
      .write(bytes, done, bytes.length - done, position + done)
      .catch((thrown: unknown) => failWriting(thrown, path));
    done += bytesWritten;
  }
}

/** An abort signal that fires when the outer one does, or when what is expected does not come in time. */
class Patience {
  private readonly controller = new AbortController();
  private readonly outer: AbortSignal;
  private timer: NodeJS.Timeout | undefined;
  private readonly abort = (): void => this.controller.abort(this.outer.reason);

  constructor(outer: AbortSignal) {
    this.outer = outer;
    outer.addEventListener('abort', this.abort);
    if (outer.aborted) this.abort();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  expect(withinMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(new TimedOut(withinMs)), withinMs);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  end(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.abort);
  }
}

class TimedOut extends Error {
  constructor(afterMs: number) {
    super(PHRASES.download.noAnswerFor(Math.round(afterMs / 1000)));
  }
}

function because(thrown: unknown): string {
  if (thrown instanceof TimedOut) return ` (${thrown.message})`;
  const code = errorCode(thrown);
  return code === undefined ? '' : ` (${code})`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((done) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
  });
  signal.throwIfAborted();
}
