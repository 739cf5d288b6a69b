import { describe, expect, it } from 'vitest';
import type { EpName } from '../common/engine.ts';
import { toAppError } from '../common/result.ts';
import { chooseEp, type TryEp } from './ep.ts';

/** A machine on which providers answer as told: with numbers after some time, or not at all. */
function machine(answers: Partial<Record<EpName, { numbers: number[]; runMs: number } | string>>): TryEp {
  return async (ep) => {
    const answer = answers[ep] ?? `no provider ${ep}`;
    if (typeof answer === 'string') return Promise.reject(new Error(answer));
    return Promise.resolve({ output: Float32Array.from(answer.numbers), runMs: answer.runMs });
  };
}

const cpu = { numbers: [1, 2], runMs: 40 };

describe('the execution provider', () => {
  it('by "auto" is the fastest that gives right numbers, and what failed is told', async () => {
    const run = machine({
      cpu,
      cuda: 'libcudnn.so.9 is missing',
      webgpu: { numbers: [1, 2.0001], runMs: 5 },
    });
    expect(await chooseEp('auto', ['cuda', 'webgpu', 'cpu'], 1e-3, run)).toEqual({
      ep: 'webgpu',
      report: [
        'cuda: libcudnn.so.9 is missing',
        'webgpu: 5.0 ms a run, differs by 0.00010',
        'cpu: 40.0 ms a run, differs by 0.0',
        'chosen: webgpu',
      ],
    });
  });

  it.each([
    ['wrong numbers', { numbers: [1, 3], runMs: 1 }],
    ['numbers that are none', { numbers: [1, NaN], runMs: 1 }],
    ['too few numbers', { numbers: [1], runMs: 1 }],
    ['a slower run', { numbers: [1, 2], runMs: 90 }],
  ])('by "auto" is not one with %s', async (_, webgpu) => {
    expect((await chooseEp('auto', ['webgpu', 'cpu'], 1e-3, machine({ cpu, webgpu }))).ep).toBe('cpu');
  });

  it('that the person named is used or fails with its reason; the processor never takes its place', async () => {
    const failure = await chooseEp('cuda', ['cuda', 'cpu'], 1e-3, machine({ cpu, cuda: 'no driver' })).catch(
      (thrown: unknown) => toAppError(thrown, 'system'),
    );
    expect(failure).toMatchObject({ code: 'ep-unusable' });
    expect(failure).toHaveProperty('message', 'The voice cannot run as asked: cuda: no driver.');
    const slow = machine({ cpu, cuda: { numbers: [1, 2], runMs: 90 } });
    expect((await chooseEp('cuda', ['cuda', 'cpu'], 1e-3, slow)).ep).toBe('cuda');
  });
});
