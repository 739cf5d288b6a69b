import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP_STARTS_FILE, keepAppStart, readAppStarts, type AppStart } from './app-starts.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-starts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const start = (second: number, more: Partial<AppStart> = {}): AppStart => ({
  startedAt: new Date(second * 1_000).toISOString(),
  version: '1.0.0',
  windowMs: 900,
  voiceMs: 2_000,
  modelMs: null,
  ...more,
});

describe('the app’s last starts', () => {
  it('are none before the first', async () => {
    expect(await readAppStarts(join(folder, 'nowhere'))).toEqual([]);
  });

  it('are kept in order, in a folder that is made if need be', async () => {
    const cache = join(folder, 'new');
    await keepAppStart(cache, start(1));
    await keepAppStart(cache, start(2));
    expect(await readAppStarts(cache)).toEqual([start(1), start(2)]);
  });

  it('are kept once each: what is known later takes the place of what was known first', async () => {
    await keepAppStart(folder, start(1));
    await keepAppStart(folder, start(1, { modelMs: 3_000 }));
    expect(await readAppStarts(folder)).toEqual([start(1, { modelMs: 3_000 })]);
  });

  it('are bounded', async () => {
    for (let second = 1; second <= 25; second++) await keepAppStart(folder, start(second));
    const kept = await readAppStarts(folder);
    expect([kept.length, kept.at(-1)]).toEqual([20, start(25)]);
  });

  it('begin anew where the file is damaged', async () => {
    await writeFile(join(folder, APP_STARTS_FILE), '{"starts": [1');
    await keepAppStart(folder, start(1));
    expect(await readAppStarts(folder)).toEqual([start(1)]);
  });
});
