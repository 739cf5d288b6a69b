import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamSettings } from '../../../common/higgs-model.ts';
import { CodecStream, openCodecDecoder, type CodecDecoder } from './codec-decoder.ts';
import type { Frame } from './delay-pattern.ts';
import { generateFrames } from './generate.ts';
import { emptyCache } from './kv-cache.ts';
import { openLanguageModel, type LanguageModel } from './language-model.ts';
import { never, seededNoise } from './random.ts';
import {
  concat,
  FIXTURES,
  goldenPrompt,
  joined,
  maxDifference,
  MODEL,
  OPTIONS,
  promptCase,
} from './testing/fixtures.ts';

const { codebooks, bos, eos, hop } = MODEL.audio;
const FRAMES = 50;

let languageModel: LanguageModel;
let decoder: CodecDecoder;
beforeAll(async () => {
  languageModel = await openLanguageModel(FIXTURES, MODEL, OPTIONS);
  decoder = await openCodecDecoder(FIXTURES, MODEL, OPTIONS);
});
afterAll(async () => {
  await languageModel.dispose();
  await decoder.dispose();
});

/** Generates an utterance that does not end of itself, and streams it while it comes. */
async function speak(settings: Partial<StreamSettings>): Promise<{
  frames: Frame[];
  /** Each run of sound, with the columns that were generated before it. */
  runs: { sound: Float32Array; columns: number }[];
}> {
  const { prefix, rest } = goldenPrompt(promptCase('plain'));
  const stream = new CodecStream(decoder, {
    ...MODEL.stream,
    left: 10,
    right: 10,
    firstRight: 10,
    ...settings,
  });
  const frames: Frame[] = [];
  const runs: { sound: Float32Array; columns: number }[] = [];
  let columns = -1;
  const generation = generateFrames(
    { model: MODEL, languageModel, block: undefined },
    {
      prompt: [...prefix, ...rest],
      prefix: emptyCache(MODEL.arch),
      sampling: { ...MODEL.sampling, temperature: 1, maxFrames: FRAMES },
      noise: never(bos, never(eos, seededNoise(5))),
      signal: new AbortController().signal,
      onColumn: () => columns++,
    },
  );
  for await (const some of generation) {
    frames.push(...some);
    for await (const sound of stream.push(some)) runs.push({ sound, columns });
  }
  for await (const sound of stream.end()) runs.push({ sound, columns });
  return { frames, runs };
}

describe('sound that is streamed while its codes come', () => {
  it('begins as soon as the schedule allows: 21 steps, or 15 with a fast start', async () => {
    const usual = await speak({ schedule: [4, 8, 16, 20] });
    expect(usual.runs[0]?.columns).toBe(4 + 10 + codebooks - 1);
    expect(usual.runs.slice(0, 3).map(({ sound }) => sound.length / hop)).toEqual([4, 8, 16]);
    const fast = await speak({ schedule: [4, 8, 16, 20], firstRight: 4 });
    expect(fast.runs[0]?.columns).toBe(4 + 4 + codebooks - 1);
  });

  it.each([[[4, 8, 16, 20]], [[1]], [[7, 3]], [[200]]])(
    'in chunks of %j is the full decode, sample by sample',
    async (schedule) => {
      const { frames, runs } = await speak({ schedule, tailRepeat: 10 });
      expect(frames).toHaveLength(FRAMES);
      const sound = concat(runs.map((run) => run.sound));
      expect(sound).toHaveLength(hop * FRAMES);
      const last = frames.at(-1) ?? [];
      const full = await decoder.decode([...frames, ...Array.from({ length: 10 }, () => last)]);
      expect(maxDifference(sound, full.subarray(0, sound.length))).toBeLessThan(1e-4);
    },
  );

  it('with a fast start loses no sample, and differs in the first chunk and its fade only', async () => {
    const settings = { schedule: [4, 8, 16, 20], firstRight: 4, fadeSamples: 480, tailRepeat: 0 };
    const { frames, runs } = await speak(settings);
    const sound = concat(runs.map((run) => run.sound));
    const full = await decoder.decode(frames);
    expect(sound).toHaveLength(full.length);
    const faded = 4 * hop + 480;
    expect(maxDifference(sound.subarray(faded), full.subarray(faded))).toBeLessThan(1e-4);
    expect(maxDifference(sound.subarray(0, faded), full.subarray(0, faded))).toBeGreaterThan(1e-3);
    // No step at the seam that the full decode has not: the fade begins where the first chunk ends.
    const seam = 4 * hop;
    const step = Math.abs((sound[seam] ?? 0) - (sound[seam - 1] ?? 0));
    const window = await decoder.decode(frames.slice(0, 8));
    expect(step).toBeLessThan(Math.abs((window[seam] ?? 0) - (window[seam - 1] ?? 0)) + 0.01);
  });

  it('decoded chunk by chunk as the original servers do is not', async () => {
    const { frames, runs } = await speak({ schedule: [20], left: 0, right: 0, firstRight: 0, tailRepeat: 0 });
    const alone = await joined(
      (async function* () {
        for (let at = 0; at < frames.length; at += 20) yield await decoder.decode(frames.slice(at, at + 20));
      })(),
    );
    const sound = concat(runs.map((run) => run.sound));
    expect(maxDifference(sound, alone)).toBeLessThan(1e-4);
    expect(maxDifference(sound, await decoder.decode(frames))).toBeGreaterThan(0.01);
  });
});
