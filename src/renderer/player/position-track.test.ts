import { describe, expect, it } from 'vitest';
import { PositionTrack } from './position-track.ts';

const TURN = 'turn';

function report(contextTimeS: number, sentenceIndex: number, sentenceMs: number, turnId = TURN) {
  return { turnId, phase: 'playing', contextTimeS, sentenceIndex, sentenceMs } as const;
}

describe('the place that is heard', () => {
  it('is nothing before the first sound leaves the loudspeaker', () => {
    const track = new PositionTrack();
    expect(track.at(1)).toBeUndefined();
    track.add(report(1, 0, 30));
    expect(track.at(0.99)).toBeUndefined();
  });

  it('moves with the clock between two reports and never ahead of the newer one', () => {
    const track = new PositionTrack();
    track.add(report(1, 0, 30));
    track.add(report(1.04, 0, 60));
    expect(track.at(1.02)?.sentenceMs).toBeCloseTo(50);
    expect(track.at(1.039)?.sentenceMs).toBe(60);
  });

  it('waits at the newest report: what comes after it is not known', () => {
    const track = new PositionTrack();
    track.add(report(1, 0, 30));
    expect(track.at(5)).toEqual({ turnId: TURN, sentenceIndex: 0, sentenceMs: 30 });
  });

  it('enters a sentence only when its sound is heard, latency counted', () => {
    const track = new PositionTrack();
    track.add(report(1, 0, 900));
    track.add(report(1.04, 1, 20));
    expect(track.at(1.03)?.sentenceIndex).toBe(0);
    expect(track.at(1.04)?.sentenceIndex).toBe(1);
  });

  it('stands still in a pause', () => {
    const track = new PositionTrack();
    track.add({ ...report(1, 0, 900), phase: 'pause' });
    track.add(report(1.5, 0, 900));
    expect(track.at(1.4)?.sentenceMs).toBe(900);
  });

  it('forgets another turn at once', () => {
    const track = new PositionTrack();
    track.add(report(1, 4, 900));
    track.add(report(2, 0, 10, 'other'));
    expect(track.at(1.5)).toBeUndefined();
    expect(track.at(2)?.turnId).toBe('other');
  });
});
