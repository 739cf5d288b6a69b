import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STATS_WIDTH } from './prepare/generator-layout.ts';
import { FEATURE_COUNT, type StatisticsPredictor } from './statistics-predictor.ts';
import { VoiceStatisticsStore } from './voice-statistics-store.ts';
import type { Lesson } from './voice-statistics.ts';

const predictor: StatisticsPredictor = {
  trainedStyles: new Set(),
  standardise: (features) => features,
  encode: () => new Float32Array(STATS_WIDTH),
  predict: () => new Float32Array(STATS_WIDTH),
};

const lesson = (number: number): Lesson => ({
  features: Float32Array.from({ length: FEATURE_COUNT }, (_, i) => Math.sin(i * number)),
  coded: Float32Array.from({ length: STATS_WIDTH }, (_, i) => Math.cos(i + number)),
});

describe('what is learnt of voices', () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'aloud-voices-')), 'voices');
  });

  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  const open = (generatorSha256 = 'a generator'): VoiceStatisticsStore =>
    new VoiceStatisticsStore({ predictor, folder, generatorSha256 });

  /** A store in which a voice was learnt from so many utterances. */
  async function learnt(count: number, voice = 'voice'): Promise<void> {
    const store = open();
    await store.prepare(voice);
    for (let i = 1; i <= count; i++) store.learn(voice, () => lesson(i));
    await store.settled();
  }

  async function lessonsOf(store: VoiceStatisticsStore, voice = 'voice'): Promise<readonly Lesson[]> {
    await store.prepare(voice);
    return store.get(voice)?.lessons ?? [];
  }

  it('is there again at the next start, number by number', async () => {
    await learnt(3);
    expect(await lessonsOf(open())).toEqual([1, 2, 3].map(lesson));
  });

  it('is not kept of a blend that was only tried', async () => {
    await learnt(1);
    expect(await lessonsOf(open())).toEqual([]);
  });

  it('does not count for another generator', async () => {
    await learnt(3);
    expect(await lessonsOf(open('another one'))).toEqual([]);
  });

  it('is learnt anew when its file is cut, holds something else, or is gone', async () => {
    await learnt(3);
    const path = join(folder, 'voice.bin');
    const whole = await readFile(path);
    const infinite = Buffer.from(whole);
    infinite.writeFloatLE(Infinity, whole.length - 4);
    for (const bytes of [whole.subarray(0, -4), Buffer.from('Once upon a time'), Buffer.alloc(0), infinite]) {
      await writeFile(path, bytes);
      expect(await lessonsOf(open())).toEqual([]);
    }
    await rm(path);
    expect(await lessonsOf(open())).toEqual([]);
  });

  it('goes on where nothing can be written', async () => {
    await writeFile(folder, 'a file where the folder should be');
    const store = open();
    await store.prepare('voice');
    for (const number of [1, 2, 3]) store.learn('voice', () => lesson(number));
    await store.settled();
    expect(store.get('voice')?.lessons).toHaveLength(3);
  });

  it('is kept of the voices that were learnt from last', async () => {
    await mkdir(folder, { recursive: true });
    for (let i = 0; i < 30; i++) {
      await writeFile(join(folder, `old-${i}.bin`), 'of an older voice');
      await utimes(join(folder, `old-${i}.bin`), i, i);
    }
    await learnt(2);
    const names = await readdir(folder);
    expect(names).toHaveLength(24);
    expect(names).toContain('voice.bin');
    expect(names).not.toContain('old-6.bin');
    expect(names).toContain('old-7.bin');
  });
});
