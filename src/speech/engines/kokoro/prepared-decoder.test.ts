import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure } from '../../../common/result.ts';
import { parseStyleTable } from '../../../common/style-table.ts';
import { DATA_FOLDER, installedModel, preparedFolder, shippedVoice } from '../../testing/installed-model.ts';
import type { DecodedRun, KokoroUtterance } from './decoder.ts';
import { openFrontInThread } from './front-in-thread.ts';
import { openFront, type Front, type FrontInput, type FrontOutputs } from './front.ts';
import { prepareModel } from './prepare/prepare-model.ts';
import { preparedModel, type PreparedModel } from './prepare/prepared-model.ts';
import { openPreparedDecoder, PreparedDecoder } from './prepared-decoder.ts';
import { openSession } from './session.ts';
import { loadPredictor, type StatisticsPredictor } from './statistics-predictor.ts';
import { styleRow } from './styles.ts';

let paths: Extract<PreparedModel, { state: 'ready' }>['paths'];
let predictor: StatisticsPredictor;
/** Makes an utterance of so many tokens of a voice that nothing is known of: decoded whole, it does not hang on how fast windows come. */
let utterance: (tokens: number) => KokoroUtterance;

beforeAll(async () => {
  const folders = {
    sourceFolder: installedModel('kokoro-82m-int8'),
    preparedFolder: preparedFolder('kokoro-82m-int8'),
    dataFolder: DATA_FOLDER,
  };
  if ((await preparedModel(folders)).state !== 'ready') await prepareModel(folders);
  const prepared = await preparedModel(folders);
  if (prepared.state !== 'ready') throw new Error(prepared.reason);
  paths = prepared.paths;
  predictor = await loadPredictor(DATA_FOLDER);
  const bytes = await readFile(shippedVoice('af_heart').path);
  const numbers = parseStyleTable(bytes);
  if (!numbers.ok) throw new Error(numbers.error);
  const table = { numbers: numbers.value, sha256: 'one' };
  utterance = (count) => {
    const tokens = Array.from({ length: count }, (_, i) => 43 + (i % 20));
    return { tokens, style: styleRow(table, count), styleSha256: table.sha256, speed: 1 };
  };
});

/** No token of the model. */
const IMPOSSIBLE: readonly number[] = [99_999];

async function runsOf(decoder: PreparedDecoder, spoken: KokoroUtterance): Promise<DecodedRun[]> {
  const runs: DecodedRun[] = [];
  for await (const run of decoder.decode(spoken, new AbortController().signal)) runs.push(run);
  return runs;
}

describe('the front in a thread of its own', () => {
  let front: Front;
  beforeEach(async () => {
    front = await openFrontInThread(paths.front, 1);
  });
  afterEach(() => front.release());

  it('gives what it gives in this thread, in the order of the calls', async () => {
    const here = await openFront(paths.front, 1);
    const inputs = [utterance(12), utterance(3)];
    const theirs = await Promise.all(inputs.map((input) => front.run(input)));
    for (const [i, input] of inputs.entries()) {
      const { tookMs, ...outputs } = await here.run(input);
      expect(tookMs).toBeGreaterThan(0);
      expect(theirs[i]).toMatchObject(outputs);
    }
    await here.release();
  });

  it('tells of a run that fails, and goes on', async () => {
    const impossible = front.run({ ...utterance(1), tokens: IMPOSSIBLE });
    const next = front.run(utterance(2));
    await expect(impossible).rejects.toMatchObject({ error: { code: 'synthesis-failed' } });
    expect((await next).durations).toHaveLength(4);
  });

  it('is freed after a run that is under way', async () => {
    const other = await openFrontInThread(paths.front, 1);
    const run = other.run(utterance(8));
    await other.release();
    expect((await run).durations).toHaveLength(10);
  });
});

describe('a front that cannot be opened', () => {
  it.each([true, false])(
    'is said in one sentence, in a thread of its own or not (%s)',
    async (frontBeside) => {
      const front = join(DATA_FOLDER, 'no-such.onnx');
      const options = { front, generator: paths['generator-q8'], predictor, threads: 1, frontBeside };
      const failure: unknown = await openPreparedDecoder(options).catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(AppFailure);
      expect(failure).toMatchObject({ error: { code: 'model-missing' } });
    },
  );
});

describe('a decoder that is told what comes next', () => {
  let here: Front;
  let decoder: PreparedDecoder;
  /** Tokens of each of the front's runs. */
  const ran: number[] = [];
  let runsBeside = true;

  beforeAll(async () => {
    here = await openFront(paths.front, 1);
    const front: Front = {
      get runsBeside() {
        return runsBeside;
      },
      run: (input: FrontInput): Promise<FrontOutputs> => {
        ran.push(input.tokens.length);
        return here.run(input);
      },
      release: () => here.release(),
    };
    decoder = new PreparedDecoder(front, await openSession(paths['generator-q8'], 1), predictor);
  });
  afterAll(() => decoder.dispose());
  beforeEach(() => {
    ran.length = 0;
    runsBeside = true;
  });

  it('has run its front, and says it no differently', async () => {
    const [usual] = await runsOf(decoder, utterance(5));
    expect(usual?.savedMs).toBe(0);
    ran.length = 0;
    decoder.anticipate(utterance(5));
    decoder.anticipate(utterance(5));
    await runsOf(decoder, utterance(4));
    const [ahead] = await runsOf(decoder, utterance(5));
    expect(ran).toEqual([5, 4]);
    expect(ahead?.samples).toEqual(usual?.samples);
    expect(ahead?.timing).toEqual(usual?.timing);
    expect(ahead?.savedMs).toBeGreaterThan(0);
  });

  it('does it once: the same utterance a second time has a run of its own', async () => {
    decoder.anticipate(utterance(5));
    await runsOf(decoder, utterance(5));
    await runsOf(decoder, utterance(5));
    expect(ran).toEqual([5, 5]);
  });

  it('has a run for one of another voice or speed, whose tokens are the same', async () => {
    decoder.anticipate(utterance(5));
    await runsOf(decoder, { ...utterance(5), speed: 1.2 });
    await runsOf(decoder, { ...utterance(5), styleSha256: 'another' });
    expect(ran).toEqual([5, 5, 5]);
  });

  it('keeps two and drops the oldest', async () => {
    for (const tokens of [3, 4, 5, 6]) decoder.anticipate(utterance(tokens));
    for (const tokens of [6, 5, 4]) await runsOf(decoder, utterance(tokens));
    expect(ran).toEqual([3, 4, 5, 6, 4]);
  });

  it('tells of a failure when that one is decoded, not before', async () => {
    const impossible = { ...utterance(1), tokens: IMPOSSIBLE };
    decoder.anticipate(impossible);
    expect(await runsOf(decoder, utterance(4))).toHaveLength(1);
    await expect(runsOf(decoder, impossible)).rejects.toMatchObject({ error: { code: 'synthesis-failed' } });
  });

  it('does nothing ahead where its front would keep the generator waiting', async () => {
    runsBeside = false;
    decoder.anticipate(utterance(5));
    expect(ran).toEqual([]);
  });
});
