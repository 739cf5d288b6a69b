import { describe, expect, it } from 'vitest';
import { COLLECT_EVERY_BYTES, GarbageCollection } from './garbage.ts';

describe('the garbage of the audio thread', () => {
  it('is collected once for every ten seconds of sound, however it is cut into chunks', () => {
    for (const samples of [1_200, 24_000, 100_000]) {
      let collections = 0;
      const garbage = new GarbageCollection(() => collections++);
      const chunk = new Int16Array(samples);
      const minute = 60 * 24_000;
      for (let at = 0; at < minute; at += samples) garbage.count(chunk);
      expect(collections).toBeGreaterThanOrEqual(5);
      expect(collections).toBeLessThanOrEqual((minute * 2) / COLLECT_EVERY_BYTES);
    }
  });
});
