import { expect, it } from 'vitest';
import { TextPace } from './text-pace.ts';

it('expects the second sentence when it usually came, and no wait before anything is known or after that time', () => {
  const pace = new TextPace();
  expect(pace.waitMs(0)).toBe(0);
  for (const ms of [900, 100, 500]) pace.note(ms);
  expect(pace.waitMs(400)).toBe(100);
  expect(pace.waitMs(600)).toBe(0);
});

it('lets no first sound wait long', () => {
  const pace = new TextPace();
  pace.note(60_000);
  expect(pace.waitMs(0)).toBe(150);
});

it('forgets what was long ago', () => {
  const pace = new TextPace();
  for (const ms of [500, 500, 500, 500, 500, 0, 0, 0]) pace.note(ms);
  expect(pace.waitMs(0)).toBe(0);
});
