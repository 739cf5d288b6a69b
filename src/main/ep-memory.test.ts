import { describe, expect, it } from 'vitest';
import type { EpChoice } from '../common/engine.ts';
import { EpMemory } from './ep-memory.ts';

describe('the execution provider of the next load', () => {
  it('is what the person chose', () => {
    expect(new EpMemory(() => 'auto').choice('kokoro')).toBe('auto');
  });

  it('is the processor after the speech process ended twice on another one', () => {
    const memory = new EpMemory(() => 'auto');
    memory.loaded('higgs-audio', 'cuda');
    expect(memory.ended()).toBe(false);
    expect(memory.choice('higgs-audio')).toBe('auto');
    memory.loaded('higgs-audio', 'cuda');
    expect(memory.ended()).toBe(true);
    expect(memory.choice('higgs-audio')).toBe('cpu');
    memory.loaded('higgs-audio', 'cpu');
    expect(memory.ended()).toBe(false);
  });

  it('stays what it was for the other engine, and when the process ends on the processor, however often', () => {
    const memory = new EpMemory(() => 'auto');
    memory.loaded('higgs-audio', 'cuda');
    memory.ended();
    memory.loaded('kokoro', 'cpu');
    for (let end = 0; end < 5; end++) expect(memory.ended()).toBe(false);
    expect(memory.choice('kokoro')).toBe('auto');
    expect(memory.choice('higgs-audio')).toBe('auto');
  });

  it('is the processor once speech has given the chosen one up, until the person chooses again', () => {
    let wanted: EpChoice = 'cuda';
    const memory = new EpMemory(() => wanted);
    memory.loaded('higgs-audio', 'cuda');
    memory.giveUp('higgs-audio');
    expect(memory.choice('higgs-audio')).toBe('cpu');
    wanted = 'webgpu';
    expect(memory.choice('higgs-audio')).toBe('webgpu');
  });

  it('is the chosen one again after the person had the voice started anew, and two more ends are needed', () => {
    const memory = new EpMemory(() => 'cuda');
    memory.loaded('kokoro', 'cuda');
    memory.ended();
    memory.ended();
    expect(memory.choice('kokoro')).toBe('cpu');
    memory.forget();
    expect(memory.choice('kokoro')).toBe('cuda');
    memory.loaded('kokoro', 'cuda');
    expect([memory.ended(), memory.ended()]).toEqual([false, true]);
  });
});
