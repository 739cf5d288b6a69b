import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toAppError } from '../../../common/result.ts';
import { encodeRecording } from './codec-encoder.ts';
import { codesSchema, FIXTURES, floats, floatsSchema, golden, MODEL, OPTIONS } from './testing/fixtures.ts';

const { cases } = golden(
  'encoder.json',
  z.object({
    cases: z.array(z.object({ name: z.string(), waveform: floatsSchema, frames: codesSchema })),
  }),
);

describe('the encoder', () => {
  it.each(cases.map((one) => [one.name, one] as const))('gives the codes of golden "%s"', async (_, one) => {
    expect(await encodeRecording(floats(one.waveform), FIXTURES, MODEL, OPTIONS)).toEqual(one.frames);
  });

  it('that a model lacks is said, with what can be done', async () => {
    const without = { ...MODEL, files: { ...MODEL.files, codecEncoder: undefined } };
    const failure = await encodeRecording(new Float32Array(960), FIXTURES, without, OPTIONS).catch(
      (thrown: unknown) => toAppError(thrown, 'voice'),
    );
    expect(failure).toMatchObject({
      code: 'voice-unsupported',
      message: `The model "${MODEL.name}" has no encoder, so it cannot clone a recording.`,
    });
  });
});
