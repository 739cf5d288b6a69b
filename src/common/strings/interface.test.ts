import { describe, expect, it } from 'vitest';
import type { SpeedReport } from '../engine.ts';
import { STRINGS } from './interface.ts';

const REPORT: SpeedReport = {
  rtf: 0.3,
  firstMs: 180,
  audioMs: 5_000,
  startBufferMs: 220,
  engineId: 'kokoro',
  engine: 'Kokoro 82M',
  ep: 'cpu',
  threads: 1,
  variant: '8-bit',
};

describe('what the speed check says', () => {
  it('of a voice that keeps ahead', () => {
    const said = STRINGS.setup.found(REPORT);
    expect(said).toContain('0.30 s');
    expect(said).toContain('The voice keeps ahead of you.');
    expect(said).toContain('Kokoro 82M (8-bit, cpu, one thread)');
  });

  it('of a slow Kokoro voice: what takes the processor, and no other engine, is the way out', () => {
    const said = STRINGS.setup.found({ ...REPORT, rtf: 1.2 });
    expect(said).toContain('Close other programs');
    expect(said).not.toContain('A Kokoro voice is faster');
  });

  it('of another engine that is slow: Kokoro is the way out', () => {
    const slow: SpeedReport = { ...REPORT, rtf: 3, engineId: 'higgs-audio', engine: 'Higgs Audio v2' };
    expect(STRINGS.setup.found(slow)).toContain('A Kokoro voice is faster.');
  });
});
