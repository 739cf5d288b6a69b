/** The model's files are harmed while the voice speaks: all is said that was begun, and the next load says what is wrong. */
import { chmod, cp, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAppError } from '../../../common/result.ts';
import type { EngineFiles } from '../../engine.ts';
import { DATA_FOLDER, installedModel, preparedFolder, shippedVoice } from '../../testing/installed-model.ts';
import { createKokoroEngine } from './kokoro-engine.ts';

const MODEL = 'kokoro-82m-int8';
const TEXT = 'The harbour was quiet that morning, and boats lay on the sand in long and even rows.';

let folder: string;
let files: EngineFiles;
/** What {@link TEXT} sounds like when nothing is done to the files. */
let undisturbed: number[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-harmed-'));
  files = {
    modelFolder: installedModel(MODEL),
    preparedFolder: preparedFolder(MODEL),
    dataFolder: DATA_FOLDER,
  };
  undisturbed = await speak(() => Promise.resolve());
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the model and of what was made from it, which may be harmed. */
async function copyModel(name: string): Promise<void> {
  files = {
    modelFolder: join(folder, name, MODEL),
    preparedFolder: join(folder, name, 'prepared'),
    dataFolder: DATA_FOLDER,
  };
  await cp(installedModel(MODEL), files.modelFolder, { recursive: true });
  await cp(preparedFolder(MODEL), join(folder, name, 'prepared'), { recursive: true });
  for (const place of [files.modelFolder, join(folder, name, 'prepared')]) await chmod(place, 0o700);
}

/** Graphs of both folders. An installed model may be read-only, and so its copy. */
async function eachGraph(harm: (path: string) => Promise<void>): Promise<void> {
  for (const place of [files.modelFolder, files.preparedFolder ?? ''])
    for (const name of await readdir(place))
      if (name.endsWith('.onnx')) {
        await chmod(join(place, name), 0o600);
        await harm(join(place, name));
      }
}

async function speak(harm: () => Promise<void>): Promise<number[]> {
  const engine = createKokoroEngine();
  await engine.load(files);
  const request = { spoken: TEXT, voice: shippedVoice('af_heart'), speed: 1 };
  const samples: number[] = [];
  let runs = 0;
  for await (const { pcm } of engine.synthesize(request, new AbortController().signal)) {
    if (++runs === 1) await harm();
    samples.push(...pcm);
  }
  expect(runs).toBeGreaterThan(2);
  await engine.dispose();
  return samples;
}

/** The windows follow the machine's pace from run to run, and 8-bit sums their cut; the sound does not. */
function expectSameSound(heard: readonly number[], wanted: readonly number[]): void {
  expect(heard).toHaveLength(wanted.length);
  let difference = 0;
  let power = 0;
  for (const [i, sample] of wanted.entries()) {
    difference += (sample - (heard[i] ?? 0)) ** 2;
    power += sample ** 2;
  }
  // −20 dB: where two runs of the same words cut their windows elsewhere they differ by −30 dB at worst.
  expect(difference).toBeLessThan(power / 100);
}

describe('a model whose files are harmed while it speaks', { timeout: 300_000 }, () => {
  it.each([
    ['deleted', (path: string) => rm(path), 'model-missing'],
    ['cut short', (path: string) => truncate(path, 1_000), 'model-damaged'],
    ['swapped', (path: string) => writeFile(path, Buffer.alloc(100_000, 'no model ')), 'model-damaged'],
  ] as const)(
    '%s, says all of the utterance, and the next load is one clear failure',
    async (what, harm, code) => {
      await copyModel(what);
      expectSameSound(await speak(() => eachGraph(harm)), undisturbed);
      const failure = await createKokoroEngine()
        .load(files)
        .then(
          () => undefined,
          (thrown: unknown) => toAppError(thrown, 'model'),
        );
      expect(failure).toMatchObject({
        code,
        stage: 'model',
        hint: expect.stringContaining('models install') as string,
      });
      await rm(join(folder, what), { recursive: true });
    },
  );
});
