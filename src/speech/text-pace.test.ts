import { expect, it } from 'vitest';
import { TextPace } from './text-pace.ts';

it('expects nothing before a second sentence was seen', () => {
  expect(new TextPace().expected(0)).toBeUndefined();
});

it('expects the second sentence when most came, as long as most were, and no wait after that time', () => {
  const pace = new TextPace();
  const seen = [
    [900, 60],
    [100, 150],
    [700, 40],
    [300, 80],
    [500, 70],
  ] as const;
  for (const [ms, characters] of seen) pace.note(ms, characters);
  expect(pace.expected(400)).toEqual({ textMs: 300, characters: 80 });
  expect(pace.expected(800)).toEqual({ textMs: 0, characters: 80 });
});

it('goes by the latest of a few', () => {
  const pace = new TextPace();
  pace.note(200, 100);
  expect(pace.expected(0)).toEqual({ textMs: 200, characters: 100 });
  pace.note(300, 50);
  expect(pace.expected(0)).toEqual({ textMs: 300, characters: 100 });
});

it('forgets what was long ago', () => {
  const pace = new TextPace();
  for (const ms of [500, 500, 500, 500, 0, 0, 0, 0, 0]) pace.note(ms, 20);
  expect(pace.expected(0)).toEqual({ textMs: 0, characters: 20 });
});
