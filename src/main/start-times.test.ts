import { describe, expect, it } from 'vitest';
import type { AppStart } from '../library/app-starts.ts';
import { StartTimes, type StartPart } from './start-times.ts';

/** What is kept of a start at 0 in which each part gets ready at its time. */
function keptOf(...parts: readonly (readonly [StartPart, number])[]): AppStart[] {
  const kept: AppStart[] = [];
  let clock = 0;
  const times = new StartTimes({
    startedAtMs: 0,
    version: '1.0.0',
    keep: (start) => kept.push(start),
    now: () => clock,
  });
  for (const [part, at] of parts) {
    clock = at;
    times.ready(part);
  }
  return kept;
}

const start = { startedAt: '1970-01-01T00:00:00.000Z', version: '1.0.0', windowMs: 800, voiceMs: 2_000 };

describe('the times of a start', () => {
  it('are kept when window and voice are there', () => {
    expect(keptOf(['window', 800], ['voice', 2_000])).toEqual([{ ...start, modelMs: null }]);
    expect(keptOf(['window', 800])).toEqual([]);
  });

  it('are kept with the model, whether it comes before or after the voice', () => {
    expect(keptOf(['window', 800], ['model', 1_500], ['voice', 2_000])).toEqual([
      { ...start, modelMs: 1_500 },
    ]);
    expect(keptOf(['window', 800], ['voice', 2_000], ['model', 2_500]).at(-1)).toEqual({
      ...start,
      modelMs: 2_500,
    });
  });

  it('do not change when the voice is loaded again after a rest', () => {
    expect(keptOf(['window', 800], ['voice', 2_000], ['voice', 900_000])).toHaveLength(1);
  });
});
