import { describe, expect, it } from 'vitest';
import { speedFigures } from './figures.ts';

describe('the figures of a bench', () => {
  it('reckon the real-time factor of each utterance, not of the sum', () => {
    const said = [
      { firstMs: 100, synthMs: 300, audioMs: 1_000 },
      { firstMs: 200, synthMs: 300, audioMs: 1_000 },
      { firstMs: 300, synthMs: 9_000, audioMs: 1_000 },
    ];
    expect(speedFigures(said)).toEqual({ firstP50Ms: 200, firstP95Ms: 290, rtf: 0.3 });
  });
});
