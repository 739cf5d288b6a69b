import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeLevels } from './edge-levels.ts';
import { X_STEPS_PER_FRAME } from './prepare/generator-layout.ts';
import { spokenSpan } from './utterance-span.ts';

/** The span of an utterance whose frames are drawn: `#` is expected to sound, `.` not. Its pad has `pad` frames. */
function spanOf(frames: string, pad = 8): { begin: number; end: number } {
  const levels: EdgeLevels = { levelOf: (_, frame) => (frames[frame] === '#' ? -50 : -80) };
  const x = { data: new Float32Array(0), steps: frames.length * X_STEPS_PER_FRAME };
  return spokenSpan({ x, durations: Int32Array.of(pad, frames.length - pad) }, levels);
}

describe('the frames of an utterance that are decoded', () => {
  it('leave out the silence at both edges, but for a margin', () => {
    expect(spanOf('......####.##......')).toEqual({ begin: 4, end: 16 });
    expect(spanOf('..........##.......')).toEqual({ begin: 8, end: 15 });
  });

  it('hold a word that begins softly in the pad', () => {
    expect(spanOf('....#..#.####......').begin).toBe(2);
  });

  it('do not hold what sounds in the pad and is over before the word begins', () => {
    expect(spanOf('.##....####........').begin).toBe(5);
  });

  it('are all of them where there is no silence, and where nothing is expected to sound', () => {
    expect(spanOf('#.#', 1)).toEqual({ begin: 0, end: 3 });
    expect(spanOf('...', 1)).toEqual({ begin: 0, end: 3 });
    expect(spanOf('...', 5)).toEqual({ begin: 0, end: 3 });
  });

  it('hold every frame behind the pad that is expected to sound, and lie within the utterance', () => {
    const drawn = fc.string({ unit: fc.constantFrom('#', '.'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(drawn, fc.nat(45), (frames, pad) => {
        const { begin, end } = spanOf(frames, pad);
        expect(begin).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(frames.length);
        expect(end).toBeGreaterThan(begin);
        expect(frames.slice(Math.min(pad, begin), begin) + frames.slice(end)).not.toContain('#');
      }),
    );
  });
});
