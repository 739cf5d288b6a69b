import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EDGE_LEVELS_FILE, loadEdgeLevels } from './edge-levels.ts';

describe('the expected levels of frames', () => {
  let folder: string;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aloud-edge-levels-'));
    await mkdir(join(folder, 'kokoro-82m'));
    path = join(folder, 'kokoro-82m', EDGE_LEVELS_FILE);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('weigh the channels of a frame’s first step, then those of its second', async () => {
    const weights = Array<number>(1_024).fill(0);
    weights[3] = 2;
    weights[512 + 5] = 10;
    await writeFile(path, JSON.stringify({ weights, bias: -80 }));
    const levels = await loadEdgeLevels(folder);
    // Two frames; a channel's four steps lie one after another.
    const data = new Float32Array(512 * 4);
    data.set([0, 0, 7, 100], 3 * 4);
    data.set([0, 0, 100, 0.5], 5 * 4);
    expect(levels.levelOf({ data, steps: 4 }, 0)).toBe(-80);
    expect(levels.levelOf({ data, steps: 4 }, 1)).toBe(-80 + 2 * 7 + 10 * 0.5);
  });

  it('say a missing or damaged table as a broken installation', async () => {
    await writeFile(path, JSON.stringify({ weights: [1, 2, 3], bias: 0 }));
    await expect(loadEdgeLevels(folder)).rejects.toMatchObject({ error: { code: 'file-unreadable' } });
    await rm(path);
    await expect(loadEdgeLevels(folder)).rejects.toMatchObject({ error: { hint: 'Install Aloud again.' } });
  });
});
