import { readFile, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { DATA_FOLDER, shippedVoice } from '../../testing/installed-model.ts';
import golden from './testing/statistics-predictor-golden.json' with { type: 'json' };
import { STATS_WIDTH } from './prepare/generator-layout.ts';
import {
  FEATURE_COUNT,
  featuresOf,
  loadPredictor,
  parsePredictor,
  PREDICTOR_FILE,
  type StatisticsPredictor,
} from './statistics-predictor.ts';

const SHIPPED = [
  'af_bella',
  'af_heart',
  'af_nicole',
  'af_sarah',
  'am_fenrir',
  'am_michael',
  'am_puck',
  'bf_emma',
  'bm_george',
];

describe('the statistics predictor', () => {
  let predictor: StatisticsPredictor;

  beforeAll(async () => {
    predictor = await loadPredictor(DATA_FOLDER);
  });

  it.each(golden.cases)('predicts for $voice what its reference implementation does', (one) => {
    const stats = predictor.predict(Float32Array.from(one.features));
    expect(stats).toHaveLength(STATS_WIDTH);
    for (const [i, expected] of one.stats.entries()) {
      const own = stats[i * golden.every] ?? Number.NaN;
      expect(Math.abs(own - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    }
  });

  it('knows the voices that ship by their content', async () => {
    for (const voice of SHIPPED) {
      const bytes = await readFile(shippedVoice(voice).path);
      expect(predictor.trainedStyles.has(createHash('sha256').update(bytes).digest('hex'))).toBe(true);
    }
  });

  it('looks at means, squares, length and style', () => {
    const x = { data: new Float32Array(512 * 4).fill(2), steps: 4 };
    const har = { data: new Float32Array(22 * 241).fill(-3), steps: 241 };
    const features = featuresOf(x, har, new Float32Array(256).fill(0.5));
    expect(features).toHaveLength(FEATURE_COUNT);
    expect([0, 512, 1024, 1046, 1068, 1069, 1324].map((i) => features[i])).toEqual([
      2,
      4,
      -3,
      9,
      Math.fround(Math.log(4)),
      0.5,
      0.5,
    ]);
  });

  it('refuses what is no table, and says a missing one as a broken installation', async () => {
    expect(() => parsePredictor(Buffer.from('Once upon a time'))).toThrow('ALKP');
    const folder = await mkdtemp(join(tmpdir(), 'aloud-predictor-'));
    await mkdir(join(folder, 'kokoro-82m'));
    await writeFile(join(folder, 'kokoro-82m', PREDICTOR_FILE), 'ALKP and then nothing');
    await expect(loadPredictor(folder)).rejects.toMatchObject({ error: { hint: 'Install Aloud again.' } });
    await rm(folder, { recursive: true });
    await expect(loadPredictor(folder)).rejects.toMatchObject({ error: { code: 'file-unreadable' } });
  });
});
