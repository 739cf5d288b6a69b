import { describe, expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

describe('a process that ends unasked', () => {
  it('is started again after 0.5, 2 and 8 s, then not at all', () => {
    const policy = new RestartPolicy();
    const delays = [0, 1_000, 5_000, 20_000].map((at) => policy.delayAfterExit(at));
    expect(delays).toEqual([500, 2_000, 8_000, undefined]);
  });

  it('is forgiven ends of more than five minutes ago', () => {
    const policy = new RestartPolicy();
    for (const at of [0, 1_000, 2_000]) policy.delayAfterExit(at);
    expect(policy.delayAfterExit(301_500)).toBe(2_000);
  });

  it('stays down while the last five minutes hold more than three ends', () => {
    const policy = new RestartPolicy();
    for (const at of [0, 1, 2, 3]) policy.delayAfterExit(at);
    expect(policy.delayAfterExit(299_999)).toBeUndefined();
  });
});
