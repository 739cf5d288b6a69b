import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeTrimmer, leftOutBeforeMs } from './trim.ts';

/** At 1,000 Hz a frame has 5 samples and a margin of 25 ms has 25. */
const RATE = 1_000;

function trim(
  pieces: readonly Float32Array[],
  options: { beforeMs?: number; afterMs?: number } = {},
): number[] {
  const trimmer = new EdgeTrimmer({ sampleRate: RATE, ...options });
  return [...pieces.flatMap((piece) => [...trimmer.push(piece)]), ...trimmer.end()];
}

const silence = (samples: number): number[] => new Array<number>(samples).fill(0);
const tone = (samples: number): number[] =>
  Array.from({ length: samples }, (_, i) => (i % 2 === 0 ? 0.5 : -0.5));

describe('the trimming of an utterance', () => {
  it('leaves the margin before the first and after the last sound', () => {
    const out = trim([Float32Array.from([...silence(300), ...tone(50), ...silence(200)])]);
    expect(out).toEqual([...silence(25), ...tone(50), ...silence(25)]);
  });

  it('tells how much silence it left out before the first sound, however the input is cut', () => {
    const sound = Float32Array.from([...silence(300), ...tone(50), ...silence(200)]);
    for (const size of [1, 7, 100, 1_000]) {
      const trimmer = new EdgeTrimmer({ sampleRate: RATE });
      for (let at = 0; at < sound.length; at += size) trimmer.push(sound.subarray(at, at + size));
      expect(trimmer.leadLeftOut).toBe(275);
    }
  });

  it('is told of a beginning alone: what will be left out before its first sound', () => {
    const at24kHz = (silentMs: number): Float32Array =>
      Float32Array.from([...silence(silentMs * 24), ...tone(480)]);
    expect(leftOutBeforeMs(at24kHz(120))).toBe(95);
    expect(leftOutBeforeMs(at24kHz(10))).toBe(0);
  });

  it('keeps silence inside speech, however long', () => {
    const speech = [...tone(20), ...silence(1_000), ...tone(20)];
    expect(trim([Float32Array.from([...silence(100), ...speech, ...silence(100)])])).toEqual([
      ...silence(25),
      ...speech,
      ...silence(25),
    ]);
  });

  it('adds no silence before the first sound, and after the last what is missing', () => {
    expect(trim([Float32Array.from([...tone(10), ...silence(5)])])).toEqual([...tone(10), ...silence(25)]);
  });

  it('keeps as much after the sound as it is told', () => {
    const input = Float32Array.from([...tone(10), ...silence(500)]);
    expect(trim([input], { afterMs: 200 })).toHaveLength(210);
    expect(trim([input], { afterMs: 0 })).toHaveLength(10);
  });

  it('gives nothing for an utterance without sound', () => {
    expect(trim([Float32Array.from(silence(400))])).toEqual([]);
    expect(trim([])).toEqual([]);
  });

  it('finds a sound that lies wholly in the last, broken frame', () => {
    expect(trim([Float32Array.from([...silence(101), 0.5])])).toEqual([...silence(26), 0.5, ...silence(25)]);
  });

  it('sends speech on at once: only silence that may be the last is held', () => {
    const trimmer = new EdgeTrimmer({ sampleRate: RATE });
    expect(trimmer.push(Float32Array.from(silence(100)))).toHaveLength(0);
    expect(trimmer.push(Float32Array.from(tone(50)))).toHaveLength(75);
    expect(trimmer.push(Float32Array.from(silence(50)))).toHaveLength(0);
    expect(trimmer.push(Float32Array.from(tone(5)))).toHaveLength(55);
    expect(trimmer.end()).toEqual(Float32Array.from(silence(25)));
  });

  it('is the same however the input is cut, a slice of it with silence behind, and holds every sounding sample', () => {
    const stretch = fc.oneof(
      fc.nat(60).map(silence),
      fc.nat(40).map(tone),
      fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { maxLength: 30 }),
    );
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 8 }),
        fc.array(fc.nat(400), { maxLength: 10 }),
        (parts, cuts) => {
          const input = Float32Array.from(parts.flat());
          const edges = [0, ...cuts.filter((cut) => cut < input.length).sort((a, b) => a - b), input.length];
          const pieces = edges.slice(1).map((edge, i) => input.subarray(edges[i], edge));
          const whole = trim([input]);
          expect(trim(pieces)).toEqual(whole);

          const loud = [...input.keys()].filter((i) => Math.abs(input[i] ?? 0) > 0.1);
          const first = loud[0];
          const last = loud.at(-1);
          if (first === undefined || last === undefined) return;
          const ended = [...input, ...silence(25)];
          const starts = [...input.keys()].filter((start) =>
            whole.every((sample, i) => Object.is(sample, ended[start + i])),
          );
          expect(starts.some((start) => start <= first && start + whole.length > last)).toBe(true);
        },
      ),
    );
  });
});
