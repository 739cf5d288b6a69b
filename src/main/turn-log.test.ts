import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEPT_TURNS, type KeptFigures } from '../common/figures.ts';
import { TurnLog } from './turn-log.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-figures-'));
  path = join(folder, 'figures.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const turn = (endedAtMs: number): KeptFigures => ({
  endedAtMs,
  provider: 'read-aloud',
  engine: 'Kokoro',
  ep: 'cpu',
  outcome: 'complete',
  firstTokenMs: 5,
  firstSentenceMs: 9,
  firstChunkMs: 200,
  firstSoundMs: 260,
  doneMs: 4_000,
  rtf: 0.4,
  underruns: 0,
});

describe('the log of turns', () => {
  it('keeps the newest fifty over restarts, in their order, added at once or not', async () => {
    const log = new TurnLog(path);
    await Promise.all(Array.from({ length: KEPT_TURNS + 3 }, (_, i) => log.add(turn(i))));
    const { turns, problem } = await new TurnLog(path).list();
    expect(turns.map(({ endedAtMs }) => endedAtMs)).toEqual(
      Array.from({ length: KEPT_TURNS }, (_, i) => i + 3),
    );
    expect(problem).toBeUndefined();
    await new TurnLog(path).add(turn(99));
    expect((await new TurnLog(path).list()).turns.at(-1)?.endedAtMs).toBe(99);
  });

  it('sets a damaged file aside and begins anew', async () => {
    await writeFile(path, '{"version":1,"turns":[{"endedAtMs":"then"}]}');
    const log = new TurnLog(path);
    expect((await log.list()).turns).toEqual([]);
    await log.add(turn(1));
    expect((await new TurnLog(path).list()).turns).toHaveLength(1);
    const aside = (await readdir(folder)).find((name) => name.startsWith('figures.json.damaged-'));
    expect(await readFile(join(folder, aside ?? ''), 'utf8')).toContain('then');
  });

  it('goes on in memory when the file cannot be written, and says so', async () => {
    await mkdir(path);
    const log = new TurnLog(path);
    await log.add(turn(1));
    const { turns, problem } = await log.list();
    expect(turns).toHaveLength(1);
    expect(problem).toMatchObject({ code: 'file-unwritable' });
  });
});
