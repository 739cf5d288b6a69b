import { describe, expect, it } from 'vitest';
import { endOfSound, findSound, firstSound, followSound, longestSilence, rms, soften } from './analysis.ts';

/** Noise that is the same at every run (a linear congruential generator). */
function noise(length: number, seed: number, level = 8_000): Int16Array {
  let state = seed;
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * level;
  });
}

function place(sound: Int16Array, at: number, length: number, gain = 1): Int16Array {
  const recording = noise(length, 99, 30);
  sound.forEach((value, i) => (recording[at + i] = (recording[at + i] ?? 0) + value * gain));
  return recording;
}

describe('finding a sound in a recording', () => {
  const sound = noise(4_000, 1);

  it('gives its place whatever the gain', () => {
    const match = findSound(place(sound, 2_345, 20_000, 0.5), sound);
    expect(match.offset).toBe(2_345);
    expect(match.correlation).toBeGreaterThan(0.99);
  });

  it('gives a low correlation for a sound that is not there', () => {
    expect(findSound(place(sound, 2_345, 20_000), noise(4_000, 2)).correlation).toBeLessThan(0.2);
  });
});

describe('following a sound through a recording', () => {
  const sound = noise(9_600, 1);
  const follow = { from: 0, segment: 2_400, reach: 1_200 };

  it('finds a whole one without a jump, at the place where it lies', () => {
    const trace = followSound(place(sound, 2_345, 20_000), sound, follow);
    expect(trace).toMatchObject({ offset: 2_345, end: 2_345 + 9_600, jumps: [] });
    expect(Math.min(...trace.correlations)).toBeGreaterThan(0.99);
  });

  it('follows one that comes twice where it comes first, also where the second is a little truer', () => {
    const recording = noise(40_000, 99, 30);
    const worn = noise(9_600, 7, 1_000);
    recording.set(
      sound.map((value, i) => value + (worn[i] ?? 0)),
      1_000,
    );
    recording.set(sound, 22_000);
    expect(followSound(recording, sound, follow)).toMatchObject({ offset: 1_000, jumps: [] });
    expect(followSound(recording, sound, { ...follow, from: 12_000 }).offset).toBe(22_000);
  });

  it('shows silence put into it as a jump of that length', () => {
    const recording = noise(20_000, 99, 30);
    recording.set(sound.subarray(0, 4_800), 1_000);
    recording.set(sound.subarray(4_800), 1_000 + 4_800 + 600);
    expect(followSound(recording, sound, follow).jumps).toEqual([600]);
  });

  it('shows a part that was overwritten as a low correlation', () => {
    const recording = place(sound, 1_000, 20_000);
    recording.fill(0, 1_000 + 4_800, 1_000 + 7_200);
    expect(Math.min(...followSound(recording, sound, follow).correlations)).toBeLessThan(0.5);
  });
});

it('keeps speech when it softens, and takes what is above 8 kHz', () => {
  const tone = (hz: number): Int16Array =>
    Int16Array.from({ length: 2_400 }, (_, i) => 8_000 * Math.sin((2 * Math.PI * hz * i) / 24_000));
  expect(rms(soften(tone(300)), 100, 2_200)).toBeGreaterThan(5_000);
  expect(rms(soften(tone(9_000)), 100, 2_200)).toBeLessThan(500);
});

it('tells sound from silence', () => {
  const recording = new Int16Array(1_000);
  recording.fill(500, 100, 200);
  recording.fill(-500, 260, 300);
  expect(firstSound(recording, 100)).toBe(100);
  expect(endOfSound(recording, 100)).toBe(300);
  expect(longestSilence(recording, 100, 100, 300)).toEqual({ start: 200, length: 60 });
  expect(rms(recording, 100, 100)).toBe(500);
});
