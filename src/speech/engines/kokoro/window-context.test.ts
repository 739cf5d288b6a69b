import { describe, expect, it } from 'vitest';
import { CONTEXT_WORK_FRAMES, wholeSpans, windowSpans, workFrames } from './window-context.ts';

describe('what the generator sees around a window', () => {
  const spoken = { begin: 10, end: 90 };

  it('is less for each next part', () => {
    expect(windowSpans({ begin: 30, end: 50 }, spoken, 100)).toEqual({
      window: { begin: 25, end: 55 },
      firstStage: { begin: 26, end: 54 },
      secondStage: { begin: 29, end: 51 },
    });
  });

  it('is less beyond the silent edges, and never beyond the utterance', () => {
    expect(windowSpans(spoken, spoken, 91)).toEqual({
      window: { begin: 8, end: 91 },
      firstStage: { begin: 8, end: 91 },
      secondStage: { begin: 9, end: 91 },
    });
    expect(windowSpans({ begin: 10, end: 30 }, spoken, 100).window).toEqual({ begin: 8, end: 35 });
  });

  it('costs a few frames of work', () => {
    expect(workFrames(wholeSpans(40))).toBeCloseTo(40);
    expect(workFrames(windowSpans({ begin: 30, end: 50 }, spoken, 100))).toBeCloseTo(
      20 + CONTEXT_WORK_FRAMES,
    );
    expect(CONTEXT_WORK_FRAMES).toBeCloseTo(4.4);
  });
});
