import { expect, it } from 'vitest';
import { IDLE_SILENCE_MS } from '../common/ports/alive.ts';
import { Heartbeat } from './heartbeat.ts';

it('a process that does nothing is alive', () => {
  expect(new Heartbeat().beat(1e9)).toEqual({ type: 'alive', withinMs: IDLE_SILENCE_MS });
});

it('while work may take long, each sign of life says so, and when it is overdue there is none', () => {
  const heartbeat = new Heartbeat();
  const long = { type: 'alive', withinMs: 40_000 };
  expect(heartbeat.expect(40_000, 1_000)).toEqual(long);
  expect(heartbeat.beat(40_999)).toEqual(long);
  expect(heartbeat.beat(41_000)).toBeUndefined();
});

it('work that was overdue and is done after all is forgotten', () => {
  const heartbeat = new Heartbeat();
  heartbeat.expect(20_000, 0);
  expect(heartbeat.beat(30_000)).toBeUndefined();
  heartbeat.expect(0, 31_000);
  expect(heartbeat.beat(100_000)).toEqual({ type: 'alive', withinMs: IDLE_SILENCE_MS });
});

it('no work is overdue before the silence of an idle process', () => {
  const heartbeat = new Heartbeat();
  heartbeat.expect(10, 0);
  expect(heartbeat.beat(IDLE_SILENCE_MS - 1)).toBeDefined();
});
