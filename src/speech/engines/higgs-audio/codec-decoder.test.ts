import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { StreamSettings } from '../../../common/higgs-model.ts';
import { CodecStream, openCodecDecoder, type CodecDecoder } from './codec-decoder.ts';
import type { Frame } from './delay-pattern.ts';
import {
  codesSchema,
  concat,
  FIXTURES,
  floats,
  floatsSchema,
  golden,
  joined,
  maxDifference,
  MODEL,
  OPTIONS,
  snrDb,
} from './testing/fixtures.ts';

const TOLERANCE = 1e-4;
const HOP = MODEL.audio.hop;

const windowed = z.object({ schedule: z.array(z.int()), left: z.int(), right: z.int() });
const CASES = golden(
  'codec.json',
  z.object({
    cases: z.array(
      z.object({
        name: z.string(),
        frames: codesSchema,
        full: floatsSchema,
        fullWithTailRepeat10: floatsSchema.extend({ firstSample: z.int() }),
        streams: z.array(windowed.extend({ tailRepeat: z.int(), equals: z.string() })).default([]),
        negativeControls: z.array(windowed.extend({ snrDbVersusFull: z.number() })).default([]),
        fastStart: z
          .object({
            schedule: z.array(z.int()),
            firstRight: z.int(),
            fadeSamples: z.int(),
            tailRepeat: z.int(),
            firstSamples: floatsSchema,
          })
          .optional(),
      }),
    ),
  }),
).cases;
type Case = (typeof CASES)[number];

/** The full decode with the last frame repeated ten times, cut to the utterance. */
function withTail({ full, fullWithTailRepeat10 }: Case): Float32Array {
  const whole = floats(full);
  whole.set(floats(fullWithTailRepeat10), fullWithTailRepeat10.firstSample);
  return whole;
}

let decoder: CodecDecoder;
beforeAll(async () => {
  decoder = await openCodecDecoder(FIXTURES, MODEL, OPTIONS);
});
afterAll(() => decoder.dispose());

/** Streams frames that arrive `at a time` by so many. */
async function stream(
  frames: readonly Frame[],
  settings: Partial<StreamSettings>,
  atATime = 1,
): Promise<Float32Array> {
  const all = { ...MODEL.stream, ...settings };
  const session = new CodecStream(decoder, { ...all, firstRight: settings.firstRight ?? all.right });
  const pieces: Float32Array[] = [];
  for (let at = 0; at < frames.length; at += atATime)
    pieces.push(await joined(session.push(frames.slice(at, at + atATime))));
  pieces.push(await joined(session.end()));
  return concat(pieces);
}

describe.each(CASES.map((one) => [one.name, one] as const))('the decoder, golden "%s"', (_, one) => {
  it('gives the full decode, and that with the last frame repeated', async () => {
    expect(maxDifference(await decoder.decode(one.frames), floats(one.full))).toBeLessThan(TOLERANCE);
    const last = one.frames.at(-1) ?? [];
    const repeated = await decoder.decode([...one.frames, ...Array.from({ length: 10 }, () => last)]);
    expect(maxDifference(repeated.subarray(0, HOP * one.frames.length), withTail(one))).toBeLessThan(
      TOLERANCE,
    );
  });

  it('streams the full decode for every schedule of the goldens, however the frames arrive', async () => {
    for (const { equals, ...settings } of one.streams) {
      const wanted = equals === 'full' ? floats(one.full) : withTail(one);
      for (const atATime of [1, 8, one.frames.length])
        expect(maxDifference(await stream(one.frames, settings, atATime), wanted)).toBeLessThan(TOLERANCE);
    }
  });

  it('streams any number of frames whole, sample by sample', async () => {
    for (const count of [1, 2, 4, 5, 11, 23, one.frames.length].filter((some) => some <= one.frames.length)) {
      const frames = one.frames.slice(0, count);
      const plain = await stream(frames, { left: 10, right: 10, tailRepeat: 0 });
      expect(plain).toHaveLength(HOP * count);
      expect(maxDifference(plain, await decoder.decode(frames))).toBeLessThan(TOLERANCE);
    }
  });

  it('differs from it without enough context, as the goldens say by how much', async () => {
    for (const { snrDbVersusFull, ...settings } of one.negativeControls) {
      const cut = await stream(one.frames, { ...settings, tailRepeat: 0 });
      const full = floats(one.full);
      expect(cut).toHaveLength(full.length);
      expect(maxDifference(cut, full)).toBeGreaterThan(TOLERANCE);
      expect(Math.abs(snrDb(cut, full) - snrDbVersusFull)).toBeLessThan(0.5);
    }
  });

  it('starts fast with a cross-fade into the same moments, and is exact behind it', async () => {
    const settings = one.fastStart;
    if (settings === undefined) {
      // A clip that is too short for a fast start is streamed as without one.
      const fast = await stream(one.frames, {
        schedule: [one.frames.length],
        firstRight: 4,
        fadeSamples: 480,
      });
      expect(maxDifference(fast, withTail(one))).toBeLessThan(TOLERANCE);
      return;
    }
    const found = await stream(one.frames, settings);
    const head = floats(settings.firstSamples);
    expect(maxDifference(found.subarray(0, head.length), head)).toBeLessThan(TOLERANCE);
    expect(maxDifference(found.subarray(head.length), withTail(one).subarray(head.length))).toBeLessThan(
      TOLERANCE,
    );
  });
});

describe("the original servers' stream: chunks of 20 frames decoded alone", () => {
  it('is not the full decode', async () => {
    const one = CASES.find(({ frames }) => frames.length > 40);
    if (one === undefined) throw new Error('codec.json has no long case');
    const seed = await stream(one.frames, { schedule: [20], left: 0, right: 0, tailRepeat: 0 });
    const ours = await stream(one.frames, { left: 10, right: 10, tailRepeat: 0 });
    const full = floats(one.full);
    expect(snrDb(seed, full)).toBeLessThan(40);
    expect(snrDb(ours, full)).toBeGreaterThan(90);
  });
});
