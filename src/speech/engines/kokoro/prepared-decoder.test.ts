import { readFile } from 'node:fs/promises';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../onnx/read-model.ts';
import { modelBytes } from '../../onnx/write-model.ts';
import { DATA_FOLDER } from '../../testing/installed-model.ts';
import type { DecodedRun, KokoroDecoder, KokoroUtterance } from './decoder.ts';
import { logMelDistanceDb } from './log-mel.ts';
import { PreparedDecoder } from './prepared-decoder.ts';
import { forProviders } from './provider-graph.ts';
import { styleRow } from './styles.ts';
import { preparedFiles, shippedStyle } from './testing/prepared-files.ts';
import { openVariant } from './variants.ts';
import { loadVocabulary } from './vocabulary.ts';

async function decoded(decoder: KokoroDecoder, utterance: KokoroUtterance): Promise<DecodedRun[]> {
  const runs: DecodedRun[] = [];
  for await (const run of decoder.decode(utterance, new AbortController().signal)) runs.push(run);
  return runs;
}

/** Without its edges, whose levels are those of silence. */
const inner = (runs: readonly DecodedRun[]): Float32Array =>
  Float32Array.from(runs.flatMap(({ samples }) => [...samples])).subarray(6_000, 30_000);

describe('a decoder whose generator is the graph for other providers', { timeout: 120_000 }, () => {
  let onProvider: KokoroDecoder;
  let float: KokoroDecoder;
  let known: KokoroUtterance;

  beforeAll(async () => {
    const files = await preparedFiles();
    const { front, 'generator-f32': generator } = files.prepared.paths;
    onProvider = new PreparedDecoder({
      front: await InferenceSession.create(front),
      // No provider is at hand: the processor runs the same graph.
      generator: await InferenceSession.create(
        modelBytes(forProviders(readModel(await readFile(generator)))),
      ),
      predictor: files.predictor,
      edgeLevels: files.edgeLevels,
      voices: undefined,
      onAllCores: false,
    });
    float = await openVariant('float', files);
    const vocabulary = await loadVocabulary(DATA_FOLDER);
    const table = await shippedStyle('af_heart');
    const tokens = vocabulary.tokens('ðə hˈɑːɹbɚ lˈA kwˈaɪət ˈʌndɚ ɐ ɡɹˈA skˈaɪ.');
    known = { tokens, style: styleRow(table, tokens.length), styleSha256: table.sha256, speed: 1 };
  });

  afterAll(async () => {
    await onProvider.dispose();
    await float.dispose();
  });

  it.each([
    ['in windows a voice that the predictor knows', true],
    ['whole a voice that it does not know', false],
  ])('says %s, as the float generator does', async (_, isKnown) => {
    const utterance = isKnown ? known : { ...known, styleSha256: 'of a voice that nobody knows' };
    const runs = await decoded(onProvider, utterance);
    if (isKnown) expect(runs.length).toBeGreaterThan(1);
    else expect(runs).toHaveLength(1);
    const distanceDb = logMelDistanceDb(inner(await decoded(float, utterance)), inner(runs));
    // Windows may be cut elsewhere.
    expect(distanceDb).toBeLessThan(isKnown ? 0.7 : 0.01);
  });

  it('says an utterance as before when memory was taken for long ones', async () => {
    const before = await decoded(float, known);
    await float.reserve(known);
    const after = await decoded(float, known);
    // Windows may be cut elsewhere.
    expect(logMelDistanceDb(inner(before), inner(after))).toBeLessThan(0.7);
  });
});
