import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestTable } from './request-table.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a question to another process', () => {
  it('is answered by its own id, once', async () => {
    const table = new RequestTable<string>();
    const [one, two] = [table.open(1_000, 'late'), table.open(1_000, 'late')];
    table.close(two.id, 'second');
    table.close(two.id, 'again');
    table.close('unknown', 'nobody asked');
    table.close(one.id, 'first');
    expect(await Promise.all([one.answer, two.answer])).toEqual(['first', 'second']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that is not answered in time is late', async () => {
    const { answer } = new RequestTable<string>().open(1_000, 'late');
    vi.advanceTimersByTime(1_000);
    expect(await answer).toBe('late');
  });

  it('is answered with all others when the process is gone', async () => {
    const table = new RequestTable<string>();
    const answers = [table.open(1_000, 'late').answer, table.open(1_000, 'late').answer];
    table.closeAll('gone');
    expect(await Promise.all(answers)).toEqual(['gone', 'gone']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
