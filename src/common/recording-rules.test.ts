import { describe, expect, it } from 'vitest';
import { levelDb, soundFault, soundFaultClause, wordsFault } from './recording-rules.ts';

const RATE = 24_000;
const make = (seconds: number, sample: (timeS: number) => number): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * RATE) }, (_, at) => sample(at / RATE));
const speech = (timeS: number): number =>
  0.3 * Math.max(0, Math.sin(19 * timeS)) ** 2 * Math.sin(1_400 * timeS);

describe('the sound of a recording', () => {
  it.each([
    ['3 seconds', make(3, speech)],
    ['30 seconds', make(30, speech)],
    ['two samples at full scale', make(4, (time) => (time < 2 / RATE ? 1 : speech(time)))],
  ])('of %s will do', (_, samples) => {
    expect(soundFault(samples, RATE)).toBeUndefined();
  });

  it.each([
    ['empty', new Float32Array(0)],
    ['too-short', make(2.99, speech)],
    ['too-long', make(30.01, speech)],
    ['silent', make(4, (time) => 0.005 * speech(time))],
    ['clipped', make(4, (time) => Math.max(-1, Math.min(1, 20 * speech(time))))],
    ['no-speech', make(4, (time) => 0.3 * Math.sin(1_400 * time))],
  ])('that is %s is found to be so, and a clause says it', (kind, samples) => {
    const fault = soundFault(samples, RATE);
    expect(fault?.kind).toBe(kind);
    if (fault !== undefined) expect(soundFaultClause(fault)).toMatch(/^(is|lasts|does) /);
  });

  it('has its level in dB of full scale', () => {
    expect(levelDb(Float32Array.of(0.1, -0.1, 0.1, -0.1))).toBeCloseTo(-20, 3);
    expect(levelDb(Float32Array.of(0, 0))).toBe(-Infinity);
  });
});

describe('the words of a recording', () => {
  it('are at most as many as can be said', () => {
    expect(wordsFault('x'.repeat(160), 4)).toBeUndefined();
    expect(wordsFault('x'.repeat(161), 4)).toEqual({ kind: 'too-many-words', characters: 161, seconds: 4 });
  });

  it('must be there', () => {
    expect(wordsFault(' \n', 4)).toEqual({ kind: 'no-words' });
  });
});
