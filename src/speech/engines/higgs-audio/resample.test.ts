import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';
import { snrDb } from './testing/fixtures.ts';
import { tone } from './testing/make-wav.ts';

/** Without the ends, where the filter looks past the recording. */
const inner = (samples: Float32Array): Float32Array => samples.subarray(2_000, samples.length - 2_000);

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

describe('resampling to 24,000 Hz', () => {
  it.each([8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 44_101, 48_000, 96_000, 192_000])(
    'gives a tone from %i Hz as it is, in place and in level',
    (rate) => {
      const found = resample(tone(1, 1_000, rate), rate, 24_000);
      expect(found).toHaveLength(24_000);
      expect(snrDb(inner(found), inner(tone(1, 1_000)))).toBeGreaterThan(75);
    },
  );

  it('keeps what 24,000 Hz can hold and leaves out what would fold back', () => {
    const level = rms(tone(1, 1_000));
    expect(rms(inner(resample(tone(1, 10_500, 48_000), 48_000, 24_000))) / level).toBeGreaterThan(0.98);
    expect(rms(inner(resample(tone(1, 13_000, 48_000), 48_000, 24_000))) / level).toBeLessThan(1e-4);
  });

  it('gives a copy where the rate is the same', () => {
    const samples = tone(0.1, 440);
    const found = resample(samples, 24_000, 24_000);
    expect(found).toEqual(samples);
    expect(found).not.toBe(samples);
  });
});
