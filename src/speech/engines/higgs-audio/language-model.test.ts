import { InferenceSession, Tensor } from 'onnxruntime-node';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { firstColumn, type Column } from './delay-pattern.ts';
import { cacheFeeds, cacheFrom, emptyCache, type KvCache } from './kv-cache.ts';
import { openLanguageModel, type LanguageModel } from './language-model.ts';
import { positionFeeds, type Position } from './positions.ts';
import {
  codesSchema,
  concat,
  FIXTURES,
  floats,
  floatsSchema,
  golden,
  goldenPrompt,
  maxDifference,
  MODEL,
  OPTIONS,
  promptCase,
  PROMPTS,
  variant,
} from './testing/fixtures.ts';

/** What the contract allows for the same weights in float32. */
const TOLERANCE = 1e-4;
/** What a broken wiring must exceed. */
const BROKEN = 1e-2;

const LOGITS = golden(
  'logits.json',
  z.object({
    cases: z.array(
      z.object({
        prompt: z.string(),
        columns: codesSchema,
        logits: floatsSchema,
        logitsInt4Weights: floatsSchema.optional(),
      }),
    ),
  }),
).cases;

/** Feeds fixed columns behind a prompt, one by one, and gives all logits. */
async function logitsOf(
  model: LanguageModel,
  prompt: string,
  columns: readonly Column[],
  empty = emptyCache(MODEL.arch),
): Promise<Float32Array> {
  const { prefix, rest } = goldenPrompt(promptCase(prompt));
  const found: Float32Array[] = [];
  let positions: readonly Position[] = [...prefix, ...rest];
  let cache: KvCache = empty;
  for (const column of columns) {
    const step = await model.run([...positions, column], cache);
    found.push(step.logits);
    cache = step.cache;
    positions = [];
  }
  return concat(found);
}

describe('the language model', () => {
  let model: LanguageModel;
  beforeAll(async () => {
    model = await openLanguageModel(FIXTURES, MODEL, OPTIONS);
  });
  afterAll(() => model.dispose());

  it.each(LOGITS.map((one) => [one.prompt, one] as const))(
    'gives the logits of golden "%s" step by step',
    async (prompt, one) => {
      const found = await logitsOf(model, prompt, one.columns);
      expect(maxDifference(found, floats(one.logits))).toBeLessThan(TOLERANCE);
    },
  );

  const { cases } = golden(
    'kv_prefix.json',
    z.object({
      cases: z.array(z.object({ prompt: z.string(), prefixLength: z.int(), logits: floatsSchema })),
    }),
  );
  it.each(cases.map((one) => [one.prompt, one] as const))(
    'goes on from a kept prefix as from a cold start, any number of times: "%s"',
    async (name, { prefixLength, logits }) => {
      const { prefix, rest } = goldenPrompt(promptCase(name));
      expect(prefix).toHaveLength(prefixLength);
      const tail = [...rest, firstColumn(MODEL.audio)];
      const kept = (await model.run(prefix, emptyCache(MODEL.arch))).cache;
      const before = kept.tensors.map(({ data }) => data.slice());
      const warm = await model.run(tail, kept);
      const again = await model.run(tail, kept);
      const cold = await model.run([...prefix, ...tail], emptyCache(MODEL.arch));
      const wanted = floats(logits);
      for (const { logits: found } of [warm, again, cold])
        expect(maxDifference(found, wanted)).toBeLessThan(TOLERANCE);
      expect(kept.tensors.map(({ data }) => data)).toEqual(before);
      expect([kept.length, warm.cache.length]).toEqual([prefixLength, prefixLength + tail.length]);
    },
  );
});

/** The goldens must notice each of these; the same path, unbroken, passes above. */
describe('a wiring that is broken on purpose', () => {
  let session: InferenceSession;
  beforeAll(async () => {
    session = await InferenceSession.create(join(FIXTURES, MODEL.files.llm), { logSeverityLevel: 3 });
  });
  afterAll(() => session.release());

  type Feeds = Record<string, Tensor>;
  const golden = LOGITS.find(({ prompt }) => prompt === 'clone') ?? LOGITS[0];
  if (golden === undefined) throw new Error('logits.json has no case');
  const { prefix, rest } = goldenPrompt(promptCase(golden.prompt));
  const prompt = [...prefix, ...rest];
  const [column] = golden.columns;
  if (column === undefined) throw new Error('The golden has no column');
  const wanted = floats(golden.logits).subarray(0, MODEL.audio.codebooks * MODEL.audio.codebookSize);

  const run = async (feeds: Feeds): Promise<{ difference: number; outputs: Record<string, Tensor> }> => {
    const outputs = await session.run(feeds);
    const logits = outputs['audio_logits']?.data;
    if (!(logits instanceof Float32Array)) throw new Error('The graph gave no logits');
    return { difference: maxDifference(logits, wanted), outputs };
  };
  const feedsOf = (
    positions: readonly Position[],
    past = emptyCache(MODEL.arch),
    at = past.length,
  ): Feeds => ({
    ...positionFeeds(positions, at, MODEL),
    ...cacheFeeds(past, 'past_key_values.'),
  });

  it('is none as long as nothing is broken', async () => {
    expect((await run(feedsOf([...prompt, column]))).difference).toBeLessThan(TOLERANCE);
  });

  it('shows when the audio mask is swapped', async () => {
    const feeds = feedsOf([...prompt, column]);
    const mask = feeds['audio_mask']?.data;
    if (!(mask instanceof Uint8Array)) throw new Error('The mask is no mask');
    const swapped = new Tensor(
      'bool',
      mask.map((bit) => 1 - bit),
      [1, mask.length],
    );
    expect((await run({ ...feeds, audio_mask: swapped })).difference).toBeGreaterThan(BROKEN);
  });

  it('shows when a position is off by one', async () => {
    const { outputs } = await run(feedsOf(prompt));
    const past = cacheFrom(outputs, 'present.', MODEL.arch.layers, prompt.length);
    expect((await run(feedsOf([column], past))).difference).toBeLessThan(TOLERANCE);
    expect((await run(feedsOf([column], past, prompt.length + 1))).difference).toBeGreaterThan(BROKEN);
  });

  it('shows when codes stand in the row of another codebook', async () => {
    const rotated = prompt.map((position) =>
      typeof position === 'number' ? position : [...position.slice(1), ...position.slice(0, 1)],
    );
    expect((await run(feedsOf([...rotated, column]))).difference).toBeGreaterThan(BROKEN);
  });

  it('shows when the cache is stale by one position', async () => {
    const stale = await run(feedsOf(prompt.slice(0, -1)));
    const past = cacheFrom(stale.outputs, 'present.', MODEL.arch.layers, prompt.length - 1);
    expect((await run(feedsOf([column], past, prompt.length))).difference).toBeGreaterThan(BROKEN);
  });

  it('shows when the clip is not delayed, or the begin of sound is forgotten', async () => {
    const { frames, columns } = PROMPTS.reference;
    const flat = [...frames, ...columns.slice(frames.length)];
    let next = 0;
    const undelayed = prompt.map((position) =>
      typeof position === 'number' ? position : (flat[next++] ?? position),
    );
    expect((await run(feedsOf([...undelayed, column]))).difference).toBeGreaterThan(BROKEN);
    expect((await run(feedsOf(prompt))).difference).toBeGreaterThan(BROKEN);
    expect((await run(feedsOf([...prompt.slice(0, -1), column]))).difference).toBeGreaterThan(BROKEN);
  });
});

/** Other precisions of the same weights: only closeness can be asked for. */
describe.each([
  ['float16', 'llm_fp16.onnx', 'float16', 'logits', 0.1],
  ['int4', 'llm_int4.onnx', 'float32', 'logitsInt4Weights', 0.6],
] as const)('the %s variant', (_name, file, kvDtype, key, tolerance) => {
  const path = variant(file);
  const comparable = LOGITS.filter((one) => one[key] !== undefined);

  it(path === undefined ? 'is not among these fixtures' : 'gives logits close to the goldens', async () => {
    if (path === undefined) {
      expect(
        comparable.every(({ logitsInt4Weights }) => key === 'logits' || logitsInt4Weights === undefined),
      ).toBe(true);
      return;
    }
    const manifest = { ...MODEL, files: { ...MODEL.files, llm: path }, arch: { ...MODEL.arch, kvDtype } };
    const model = await openLanguageModel(FIXTURES, manifest, OPTIONS);
    try {
      expect(comparable.length).toBeGreaterThan(0);
      for (const one of comparable) {
        const wanted = one[key];
        if (wanted === undefined) continue;
        const found = await logitsOf(model, one.prompt, one.columns, emptyCache(manifest.arch));
        expect(maxDifference(found, floats(wanted))).toBeLessThan(tolerance);
      }
    } finally {
      await model.dispose();
    }
  });
});
