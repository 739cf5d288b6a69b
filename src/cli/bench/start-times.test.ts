import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepAppStart } from '../../library/app-starts.ts';
import { medianAppStart, readStart, startLine } from './start-times.ts';

describe('the times of a start in the bench', () => {
  it('are medians of the app’s last starts; the model’s of those that loaded it', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'aloud-bench-starts-'));
    expect(await medianAppStart(cache)).toBeNull();
    for (const [second, modelMs] of [
      [1, null],
      [2, 3_000],
      [3, 5_000],
    ] as const)
      await keepAppStart(cache, {
        startedAt: new Date(second * 1_000).toISOString(),
        version: '1.0.0',
        windowMs: second * 100,
        voiceMs: second * 1_000,
        modelMs,
      });
    expect(await medianAppStart(cache)).toEqual({ starts: 3, windowMs: 200, voiceMs: 2_000, modelMs: 4_000 });
    await rm(cache, { recursive: true });
  });

  it('are read from what the other process printed, whatever else stands there', () => {
    expect(readStart('Preparing …\n{"voiceMs":1800,"modelMs":null}\n')).toEqual({
      voiceMs: 1_800,
      modelMs: null,
    });
    expect(readStart('It failed.\n')).toBeNull();
  });

  it('are one line, which says so where the app was never started', () => {
    expect(startLine({ voiceMs: 1_800, modelMs: 900 }, null)).toBe(
      'process start to ready: voice 1800 ms, model 900 ms; the app was not started here yet',
    );
  });
});
