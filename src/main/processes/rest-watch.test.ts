import { describe, expect, it } from 'vitest';
import { RestWatch } from './rest-watch.ts';

const MINUTE = 60_000;

/** Ticks of a second until the process may rest. */
function ticksUntilRest(watch: RestWatch, afterMs: number): number {
  let ticks = 1;
  while (!watch.tick(afterMs)) ticks++;
  return ticks;
}

function tickFor(watch: RestWatch, ms: number, afterMs: number | undefined): boolean {
  let rested = false;
  for (let at = 0; at < ms; at += 1_000) rested = watch.tick(afterMs) || rested;
  return rested;
}

describe('a process that may rest', () => {
  it('rests when it was idle for the time that is set', () => {
    const watch = new RestWatch(1_000);
    watch.heard(true);
    expect(ticksUntilRest(watch, 5 * MINUTE)).toBe(300);
  });

  it('does not rest before it has said that it is idle: it may be loading', () => {
    expect(tickFor(new RestWatch(1_000), 60 * MINUTE, MINUTE)).toBe(false);
  });

  it('counts anew after work, however short', () => {
    const watch = new RestWatch(1_000);
    watch.heard(true);
    tickFor(watch, 4 * MINUTE, 5 * MINUTE);
    watch.heard(false);
    watch.heard(true);
    expect(ticksUntilRest(watch, 5 * MINUTE)).toBe(300);
  });

  it('never rests while it works, as when a listener has paused in mid-answer', () => {
    const watch = new RestWatch(1_000);
    watch.heard(false);
    expect(tickFor(watch, 120 * MINUTE, MINUTE)).toBe(false);
  });

  it('counts anew when somebody begins to type', () => {
    const watch = new RestWatch(1_000);
    watch.heard(true);
    tickFor(watch, 4 * MINUTE, 5 * MINUTE);
    watch.touch();
    expect(ticksUntilRest(watch, 5 * MINUTE)).toBe(300);
  });

  it('stays loaded always where that is set, and takes a change of the setting at once', () => {
    const watch = new RestWatch(1_000);
    watch.heard(true);
    expect(tickFor(watch, 600 * MINUTE, undefined)).toBe(false);
    expect(watch.tick(5 * MINUTE)).toBe(true);
  });
});
