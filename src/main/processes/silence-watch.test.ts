import { describe, expect, it } from 'vitest';
import { SilenceWatch } from './silence-watch.ts';

/** Ticks of a second until the process counts as hanging. */
function ticksUntilOverdue(watch: SilenceWatch): number {
  let ticks = 1;
  while (!watch.tick()) ticks++;
  return ticks;
}

describe('a process that is watched', () => {
  it('hangs when its first sign of life does not come', () => {
    expect(ticksUntilOverdue(new SilenceWatch(1_000, 60_000))).toBe(61);
  });

  it('may be silent as long as it said last', () => {
    const watch = new SilenceWatch(1_000, 60_000);
    watch.heard(15_000);
    expect(ticksUntilOverdue(watch)).toBe(16);
  });

  it('is given the time of a long run, and less again when that is over', () => {
    const watch = new SilenceWatch(1_000, 60_000);
    watch.heard(120_000);
    for (let i = 0; i < 100; i++) expect(watch.tick()).toBe(false);
    watch.heard(15_000);
    expect(ticksUntilOverdue(watch)).toBe(16);
  });

  it('never hangs while it gives its signs', () => {
    const watch = new SilenceWatch(1_000, 60_000);
    for (let i = 0; i < 1_000; i++) {
      watch.heard(15_000);
      expect(watch.tick()).toBe(false);
    }
  });
});
