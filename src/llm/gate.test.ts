import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

describe('a gate', () => {
  it('lets work through while it is not held', () => {
    const done: number[] = [];
    new Gate().pass(() => done.push(1));
    expect(done).toEqual([1]);
  });

  it('has work wait while it is held, and does it once when it is let go', () => {
    const gate = new Gate();
    const done: number[] = [];
    gate.hold(true);
    gate.pass(() => done.push(1));
    expect(done).toEqual([]);
    gate.hold(false);
    gate.hold(true);
    gate.hold(false);
    expect(done).toEqual([1]);
  });
});
