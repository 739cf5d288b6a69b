import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Patience } from './patience.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function armed(limitMs: number): { patience: Patience; expired: () => number } {
  let times = 0;
  const patience = new Patience(() => times++);
  patience.arm(limitMs);
  return { patience, expired: () => times };
}

describe('patience', () => {
  it('runs out once when nothing comes', () => {
    const { patience, expired } = armed(1_000);
    vi.advanceTimersByTime(999);
    expect(expired()).toBe(0);
    vi.advanceTimersByTime(10_000);
    patience.arm(1_000);
    vi.advanceTimersByTime(10_000);
    expect([expired(), patience.expired]).toEqual([1, true]);
  });

  it('begins anew with each sign of life, and not once it is disarmed', () => {
    const { patience, expired } = armed(1_000);
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(900);
      patience.feed();
    }
    patience.disarm();
    patience.feed();
    vi.advanceTimersByTime(10_000);
    expect(expired()).toBe(0);
  });

  it('does not run while it is held, whenever it was armed, and runs the whole wait afterwards', () => {
    const { patience, expired } = armed(1_000);
    vi.advanceTimersByTime(900);
    patience.hold(true);
    patience.arm(500);
    vi.advanceTimersByTime(60_000);
    expect(expired()).toBe(0);
    patience.hold(false);
    vi.advanceTimersByTime(499);
    expect(expired()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(expired()).toBe(1);
  });

  it('that was disarmed while it was held stays so', () => {
    const { patience, expired } = armed(1_000);
    patience.hold(true);
    patience.disarm();
    patience.hold(false);
    vi.advanceTimersByTime(10_000);
    expect(expired()).toBe(0);
  });
});
