import fc from 'fast-check';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './install-lock.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rm(folder, { recursive: true }));

const timing = { heartbeatMs: 20, staleMs: 200, staleAliveMs: 200, pollMs: 2 };

function owner(pid: number, host: string): string {
  return JSON.stringify({ pid, host, token: 'another' });
}

function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('a lock', () => {
  it('lets one in at a time, whoever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(8), { minLength: 2, maxLength: 6 }), async (delays) => {
        let inside = 0;
        let most = 0;
        await Promise.all(
          delays.map(async (delayMs) => {
            await sleep(delayMs);
            await withLock(path, { timing }, async () => {
              most = Math.max(most, ++inside);
              await sleep(delayMs);
              inside--;
            });
          }),
        );
        expect(most).toBe(1);
      }),
      { numRuns: 20 },
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(path, { timing }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('stays with a holder that works longer than the stale time', async () => {
    const order: string[] = [];
    const long = withLock(path, { timing }, async () => {
      await sleep(2 * timing.staleMs);
      order.push('long');
    });
    await sleep(10);
    await withLock(path, { timing }, async () => void order.push('next'));
    await long;
    expect(order).toEqual(['long', 'next']);
  });

  it('says once that it waits, and stops waiting when told', async () => {
    const { pid } = process;
    await writeFile(path, owner(pid, hostname()));
    const stop = new AbortController();
    let waits = 0;
    const waiting = withLock(path, { signal: stop.signal, onWait: () => waits++ }, async () => 'in');
    await expect.poll(() => waits).toBe(1);
    stop.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    await expect(access(path)).resolves.toBeUndefined();
  });
});

describe('a stale lock', () => {
  it('is taken over when its process on this machine is gone', async () => {
    await writeFile(path, owner(endedProcess(), hostname()));
    expect(await withLock(path, {}, async () => 'in')).toBe('in');
  });

  it('is taken over when another machine has not touched it for long', async () => {
    await writeFile(path, owner(1, 'elsewhere'));
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(path, longAgo, longAgo);
    expect(await withLock(path, {}, async () => 'in')).toBe('in');
  });

  it('is not one merely because its living process has been stopped for a while', async () => {
    await writeFile(path, owner(process.pid, hostname()));
    const silentSince = async (ms: number): Promise<void> => {
      const then = new Date(Date.now() - ms);
      await utimes(path, then, then);
    };
    await silentSince(120_000);
    const signal = AbortSignal.timeout(500);
    await expect(withLock(path, { signal }, async () => 'in')).rejects.toThrow(/abort/i);
    await silentSince(3_600_000);
    expect(await withLock(path, {}, async () => 'in')).toBe('in');
  });

  it('of a process that was killed at work is taken over at once', async () => {
    const program = `
      import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'install-lock.ts'))};
      await withLock(${JSON.stringify(path)}, {}, async () => {
        process.stdout.write('in');
        await new Promise((done) => setTimeout(done, 600_000));
      });`;
    const file = join(folder, 'holder.mts');
    await writeFile(file, program);
    const holder = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file]);
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'close');
    await rm(file);
    expect(await withLock(path, {}, async () => 'in')).toBe('in');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over by one of several waiters only', async () => {
    await writeFile(path, owner(endedProcess(), hostname()));
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(10);
      inside--;
    };
    await Promise.all([1, 2, 3, 4, 5].map(() => withLock(path, { timing }, work)));
    expect(most).toBe(1);
  });
});
