/**
 * Lets one process at a time work in a folder. The lock is a file that its owner touches every few seconds; it is stale
 * when that stopped, or when its process on this machine is gone. Waiters poll: an install takes seconds, not
 * milliseconds.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { errorCode, failWriting } from './download-failures.ts';

/** Times of a lock. */
export const LOCK_TIMING = {
  /** Between two signs of life. */
  heartbeatMs: 5_000,
  /** Silence after which an owner on another machine counts as gone: several missed signs of life. */
  staleMs: 60_000,
  /**
   * The same for an owner whose process id lives on this machine. It is longer, because such a process may merely be
   * stopped; it is not endless, because the id may have gone to another program.
   */
  staleAliveMs: 600_000,
  /** Between two looks of a waiter. */
  pollMs: 250,
} as const;

export type LockTiming = { readonly [Name in keyof typeof LOCK_TIMING]: number };

export interface LockOptions {
  readonly signal?: AbortSignal;
  /** Called once, when another process holds the lock. */
  readonly onWait?: () => void;
  readonly timing?: LockTiming;
}

/** Runs `work` while holding the lock file `path`, whose folder must exist. */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const timing = options.timing ?? LOCK_TIMING;
  const token = await acquire(path, options, timing);
  const heartbeat = setInterval(() => void touch(path), timing.heartbeatMs);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readOwner(path))?.token === token) await rm(path, { force: true });
  }
}

const ownerSchema = z.object({ pid: z.int(), host: z.string(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

async function acquire(path: string, options: LockOptions, timing: LockTiming): Promise<string> {
  const owner: Owner = { pid: process.pid, host: hostname(), token: randomUUID() };
  let told = false;
  while (!(await tryCreate(path, owner))) {
    if (await isStale(path, timing)) {
      await clearStale(path, owner.token, timing);
      continue;
    }
    if (!told) options.onWait?.();
    told = true;
    await sleep(timing.pollMs, undefined, { signal: options.signal });
  }
  return owner.token;
}

/** Makes the lock file whole or not at all: a link to a file that is already written. */
async function tryCreate(path: string, owner: Owner): Promise<boolean> {
  const draft = `${path}.${owner.token}`;
  try {
    await writeFile(draft, JSON.stringify(owner));
    await link(draft, path);
    return true;
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    return failWriting(thrown, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function isStale(path: string, timing: LockTiming): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined) return false;
  const silentMs = Date.now() - facts.mtimeMs;
  const owner = await readOwner(path);
  if (owner?.host !== hostname()) return silentMs > timing.staleMs;
  return !isAlive(owner.pid) || silentMs > timing.staleAliveMs;
}

/**
 * Takes a stale lock away. Another waiter may have done so already and hold a fresh one: what was taken is looked at
 * again, and a fresh lock is put back.
 */
async function clearStale(path: string, token: string, timing: LockTiming): Promise<void> {
  const aside = `${path}.stale-${token}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if (!(await isStale(aside, timing))) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errorCode(thrown) === 'EPERM';
  }
}
