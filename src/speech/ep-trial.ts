/**
 * A trial of an execution provider under the guards that every engine needs: what cannot be there is not tried, a trial
 * that ended the process is not made for ever, and a failure says why.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { EpName, EpObstacles } from '../common/engine.ts';
import { AppFailure } from '../common/result.ts';
import { cudaProviderPath, epObstacle } from './ep-obstacle.ts';

export interface EpTrialOptions {
  /** For whom providers are tried; part of a file's name. */
  readonly engine: string;
  /** Absolute path of a folder for what can be made again; undefined: ended trials are not remembered. */
  readonly cacheFolder: string | undefined;
  /** What whoever started this process found in the way of providers. */
  readonly obstacles: EpObstacles;
}

/** How often a trial may end the process. Once may be a program that was closed meanwhile. */
const MOST_ENDED_TRIALS = 2;

/** Makes the trial. Throws an `Error` whose message says, in a clause, why the provider cannot be used. */
export async function guardedTrial<T>(
  ep: EpName,
  { engine, cacheFolder, obstacles }: EpTrialOptions,
  trial: () => Promise<T>,
): Promise<T> {
  if (ep === 'cpu') return trial();
  const obstacle = obstacles[ep] ?? epObstacle(ep);
  if (obstacle !== undefined) throw new Error(obstacle);
  const mark = cacheFolder === undefined ? undefined : join(cacheFolder, `trying-${ep}-for-${engine}`);
  const ended = mark === undefined ? 0 : endedTrials(mark);
  if (mark !== undefined && ended >= MOST_ENDED_TRIALS) {
    // Said once; whoever asks again means it.
    removeMark(mark);
    throw new Error(`the program ended ${ended} times while it was tried`);
  }
  if (mark !== undefined) writeMark(mark, ended + 1);
  try {
    return await trial();
  } catch (thrown) {
    throw new Error(reasonOf(thrown, ep), { cause: thrown });
  } finally {
    if (mark !== undefined) removeMark(mark);
  }
}

function endedTrials(mark: string): number {
  try {
    return existsSync(mark) ? Number.parseInt(readFileSync(mark, 'utf8'), 10) || 1 : 0;
  } catch {
    return 0;
  }
}

/** Written before the trial and at once, because the trial may end the process. Where it cannot be, nothing is remembered. */
function writeMark(mark: string, count: number): void {
  try {
    mkdirSync(join(mark, '..'), { recursive: true });
    writeFileSync(mark, String(count));
  } catch {
    return;
  }
}

function removeMark(mark: string): void {
  try {
    rmSync(mark, { force: true });
  } catch {
    return;
  }
}

/** How long a reason may be; the runtime's own can fill a screen. */
const LONGEST_REASON = 300;

/** A failure's reason as a clause. Behind a failure of ours stands the runtime's own. */
export function reasonOf(thrown: unknown, ep: EpName): string {
  const cause = thrown instanceof AppFailure && thrown.cause !== undefined ? thrown.cause : thrown;
  const text = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ').trim();
  if (ep === 'cuda' && text.includes('Failed to load shared library'))
    return (loaderReason(cudaProviderPath()) ?? text).slice(0, LONGEST_REASON);
  // Of CUDA's failures the runtime tells the place in its source first, and the reason last.
  const cuda = /CUDA failure \d+: [^;]*[^; ]/.exec(text);
  return (cuda?.[0] ?? text).replace(/\.$/, '').slice(0, LONGEST_REASON);
}

/**
 * What the system's loader says of a library that it cannot load: the runtime writes that to stderr only. All symbols are
 * asked for at once, so that nothing of a library runs that is not whole.
 */
export function loaderReason(path: string): string | undefined {
  try {
    process.dlopen({ exports: {} }, path, constants.dlopen.RTLD_NOW);
    return undefined;
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : '';
    return /cannot open shared object file|file too short|invalid ELF/.test(text)
      ? text.replace(/\s+/g, ' ').trim()
      : undefined;
  }
}
