import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDecodeBlock, type DecodeBlock } from './decode-block.ts';
import { FrameCollector, type Column, type Frame } from './delay-pattern.ts';
import { generateFrames, type GenerationParts, type GenerationRequest } from './generate.ts';
import { emptyCache } from './kv-cache.ts';
import { openLanguageModel, type LanguageModel } from './language-model.ts';
import type { Position } from './positions.ts';
import { never, seededNoise, type GumbelNoise } from './random.ts';
import {
  allFrames,
  codesSchema,
  FIXTURES,
  floats,
  floatsSchema,
  golden,
  goldenPrompt,
  MODEL,
  OPTIONS,
  positionsOf,
  promptCase,
  PROMPTS,
} from './testing/fixtures.ts';
import { huggingFaceRules, uniformDrawer } from './testing/other-rules.ts';

const { codebooks } = MODEL.audio;
const GREEDY = { ...MODEL.sampling, temperature: 0, maxFrames: 1_000 };

const samplingFields = {
  temperature: z.number(),
  topP: z.number(),
  topK: z.int(),
  rasWindow: z.int(),
  rasMaxRepeat: z.int(),
};

let languageModel: LanguageModel;
let block: DecodeBlock | undefined;
beforeAll(async () => {
  languageModel = await openLanguageModel(FIXTURES, MODEL, OPTIONS);
  const { decodeBlock } = MODEL.files;
  if (decodeBlock !== undefined) block = await openDecodeBlock(FIXTURES, decodeBlock, MODEL, OPTIONS);
});
afterAll(async () => {
  await languageModel.dispose();
  await block?.dispose();
});

/** Both ways of making steps; a model without a block has one. */
const WAYS =
  MODEL.files.decodeBlock === undefined ? (['stepping'] as const) : (['stepping', 'blocks'] as const);
type Way = (typeof WAYS)[number];

const partsOf = (way: Way): GenerationParts => ({
  model: MODEL,
  languageModel,
  block: way === 'blocks' ? block : undefined,
});

interface Generated {
  readonly columns: Column[];
  readonly frames: Frame[];
}

async function generate(
  way: Way,
  request: Partial<GenerationRequest> & { readonly prompt: readonly Position[] },
): Promise<Generated> {
  const columns: Column[] = [];
  const frames = await allFrames(
    generateFrames(partsOf(way), {
      prefix: emptyCache(MODEL.arch),
      sampling: MODEL.sampling,
      noise: seededNoise(1),
      signal: new AbortController().signal,
      onColumn: (column) => columns.push(column),
      ...request,
    }),
  );
  return { columns, frames };
}

/** Steps that a golden asks for, as the loop's own limit. */
const withSteps = <T extends { maxFrames: number }>(sampling: T, steps: number): T => ({
  ...sampling,
  maxFrames: steps - codebooks + 1,
});

const greedyCases = golden(
  'greedy.json',
  z.object({
    cases: z.array(
      z.object({
        kind: z.string(),
        text: z.string(),
        maxSteps: z.int(),
        inputIds: z.array(z.int()),
        audioColumns: z.literal('reference').nullable(),
        bosonColumns: codesSchema,
        hfColumns: codesSchema,
        validFrames: codesSchema,
      }),
    ),
  }),
).cases.map((one) => {
  const columns = one.audioColumns === null ? [] : PROMPTS.reference.columns;
  return {
    name: `[${one.kind}] ${one.text}`,
    ...one,
    prompt: positionsOf(one.inputIds, columns),
    sampling: withSteps(GREEDY, one.maxSteps),
  };
});

describe.each(WAYS)('a greedy utterance by %s', (way) => {
  it.each(greedyCases.map((one) => [one.name, one] as const))(
    "is that of golden %s to its end, by Boson's rules",
    async (_, { prompt, sampling, bosonColumns, validFrames }) => {
      expect(await generate(way, { prompt, sampling })).toEqual({
        columns: bosonColumns,
        frames: validFrames,
      });
    },
  );
});

describe('a greedy utterance by stepping', () => {
  it.each(greedyCases.map((one) => [one.name, one] as const))(
    "is that of golden %s to its end, by Hugging Face's rules",
    async (_, { prompt, sampling, hfColumns }) => {
      const { columns } = await generate('stepping', { prompt, sampling, rules: huggingFaceRules });
      expect(columns).toEqual(hfColumns);
    },
  );
});

describe('a sampled utterance', () => {
  const { cases } = golden(
    'sampled.json',
    z.object({
      cases: z.array(
        z.object({
          prompt: z.string(),
          ...samplingFields,
          uniformMain: z.array(z.array(z.number())),
          uniformRas: z.array(z.array(z.number())),
          columns: codesSchema,
          comparableColumns: z.int(),
          redraws: z.array(z.array(z.int())),
        }),
      ),
    }),
  );
  it.each(cases.map((one, at) => [at, one] as const))(
    'from given uniform numbers is that of golden %i, repeats drawn again',
    async (_, one) => {
      const { prefix, rest } = goldenPrompt(promptCase(one.prompt));
      const drawer = uniformDrawer(one.uniformMain, one.uniformRas);
      const { columns } = await generate('stepping', {
        prompt: [...prefix, ...rest],
        sampling: withSteps({ ...MODEL.sampling, ...one }, one.columns.length - 1),
        drawer,
        rules: huggingFaceRules,
      });
      const comparable = one.comparableColumns;
      expect(columns.slice(0, comparable)).toEqual(one.columns.slice(0, comparable));
      // Rows that are still delayed are drawn for nothing here, and not at all there.
      const redraws = drawer.redraws.filter(([step, row]) => row < step && step < comparable);
      expect(redraws).toEqual(one.redraws);
    },
  );

  const blockCases = golden(
    'block.json',
    z.object({
      cases: z.array(
        z.object({
          prompt: z.string(),
          ...samplingFields,
          gumbel: floatsSchema,
          gumbelRas: floatsSchema,
          columns: codesSchema,
        }),
      ),
    }),
  ).cases;
  const givenNoise = (main: Float32Array, again: Float32Array): GumbelNoise => ({
    at: (step, row, code, second) =>
      (second ? again : main)[((step - 1) * codebooks + row) * MODEL.audio.codebookSize + code] ?? 0,
  });
  it.each(WAYS.flatMap((way) => blockCases.map((one) => [way, one.prompt, one] as const)))(
    'from given Gumbel noise, by %s, is that of golden "%s"',
    async (way, _, one) => {
      const { prefix, rest } = goldenPrompt(promptCase(one.prompt));
      const { columns } = await generate(way, {
        prompt: [...prefix, ...rest],
        sampling: withSteps({ ...MODEL.sampling, ...one }, one.gumbel.shape[0] ?? 0),
        noise: givenNoise(floats(one.gumbel), floats(one.gumbelRas)),
      });
      expect(columns).toEqual(one.columns);
    },
  );

  it('is the same by stepping and by blocks, for the same seed, and another for another seed', async () => {
    const { prefix, rest } = goldenPrompt(promptCase('plain'));
    const made = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const say = (way: Way): Promise<Generated> =>
        generate(way, { prompt: [...prefix, ...rest], noise: seededNoise(seed) });
      const stepped = await say('stepping');
      for (const way of WAYS) expect(await say(way)).toEqual(stepped);
      made.add(JSON.stringify(stepped.columns));
    }
    expect(made.size).toBe(3);
  });
});

describe.each(WAYS)('generation by %s', (way) => {
  const { prefix, rest } = goldenPrompt(promptCase('clone'));
  const whole = [...prefix, ...rest];

  it('goes on from a kept prefix as from a cold start', async () => {
    const kept = (await languageModel.run(prefix, emptyCache(MODEL.arch))).cache;
    const cold = await generate(way, { prompt: whole });
    expect(await generate(way, { prompt: rest, prefix: kept })).toEqual(cold);
    expect(await generate(way, { prompt: rest, prefix: kept })).toEqual(cold);
  });

  it('stops where the frames or the positions of the model end', async () => {
    const { columns } = await generate(way, { prompt: whole, sampling: { ...GREEDY, maxFrames: 1 } });
    expect(columns.length).toBeLessThanOrEqual(1 + codebooks);
    const full = { ...MODEL, limits: { maxPositions: whole.length + 3 } };
    const short: Column[] = [];
    await allFrames(
      generateFrames(
        { ...partsOf(way), model: full },
        {
          prompt: whole,
          prefix: emptyCache(MODEL.arch),
          sampling: MODEL.sampling,
          noise: seededNoise(1),
          signal: new AbortController().signal,
          onColumn: (column) => short.push(column),
        },
      ),
    );
    expect(short).toHaveLength(4);
  });

  it('ends without an error when it is stopped, and the next utterance is whole', async () => {
    // A model may end at once of itself; this one must still speak when it is stopped.
    const long = {
      prompt: whole,
      noise: never(MODEL.audio.eos, seededNoise(1)),
      sampling: { ...MODEL.sampling, maxFrames: 40 },
    };
    const usual = await generate(way, long);
    expect(usual.columns).toHaveLength(40 + codebooks);
    for (const after of [0, 1, 5]) {
      const stop = new AbortController();
      if (after === 0) stop.abort();
      const columns: Column[] = [];
      await generate(way, {
        ...long,
        signal: stop.signal,
        onColumn: (column) => {
          columns.push(column);
          if (columns.length > after) stop.abort();
        },
      });
      expect(columns.length).toBeLessThan(usual.columns.length);
    }
    expect(await generate(way, long)).toEqual(usual);
  });

  it('hears a stop that arrives as a message while it runs', async () => {
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    const columns: Column[] = [];
    await generate(way, { prompt: whole, signal: stop.signal, onColumn: (column) => columns.push(column) });
    expect(columns.length).toBeLessThanOrEqual(1 + 8);
  });

  it('gives out all frames and only frames of sound', async () => {
    const { columns, frames } = await generate(way, { prompt: whole });
    const collector = new FrameCollector(MODEL.audio);
    expect(frames).toEqual(columns.slice(1).flatMap((column) => collector.push(column)));
    expect(frames.flat().every((code) => code < MODEL.audio.bos)).toBe(true);
  });
});
