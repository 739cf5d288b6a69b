import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './server-failure.ts';

describe('the Retry-After header', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['5', 5_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Thu, 01 Jan 2026 00:00:07 GMT', 7_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['-3', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('reads %j as %j ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});
