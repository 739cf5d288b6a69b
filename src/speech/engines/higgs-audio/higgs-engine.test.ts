import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toAppError, type AppError } from '../../../common/result.ts';
import type { VoiceSource } from '../../../common/voice.ts';
import type { EngineFiles, TtsEngine } from '../../engine.ts';
import { tinyOnnx } from '../../testing/tiny-onnx.ts';
import { createHiggsEngine } from './higgs-engine.ts';
import { FIXTURES, MODEL } from './testing/fixtures.ts';
import { makeWav, tone } from './testing/make-wav.ts';

const VOICES = join(import.meta.dirname, '../../../../voices');
const OWN: VoiceSource = { kind: 'own', id: 'own', language: 'en-US' };

/** A recording that ships, or a copy of one. */
function reference(id: string, folder = VOICES): Extract<VoiceSource, { kind: 'reference' }> {
  const path = join(folder, `${id}.wav`);
  return { kind: 'reference', id, path, transcriptPath: join(folder, `${id}.txt`), language: 'en-US' };
}

async function speak(
  engine: TtsEngine,
  spoken: string,
  voice: VoiceSource = OWN,
  signal = new AbortController().signal,
  speed = 1,
): Promise<Int16Array[]> {
  const runs: Int16Array[] = [];
  for await (const { pcm } of engine.synthesize({ spoken, voice, speed }, signal)) runs.push(pcm);
  return runs;
}

/**
 * A sentence that is heard in this voice, and its sound: a model with random weights says some sentences by ending at once.
 */
async function heard(
  engine: TtsEngine,
  voice: VoiceSource = OWN,
): Promise<{ readonly text: string; readonly sound: number[] }> {
  for (const who of ['captain', 'engine', 'river', 'kitten', 'lantern', 'window', 'garden', 'harbour'])
    for (const what of ['sings at dawn', 'waits', 'turns quietly, again', 'drifts in the rain']) {
      const text = `The old ${who} ${what}.`;
      const sound = whole(await speak(engine, text, voice));
      if (sound.length > 0) return { text, sound };
    }
  throw new Error('The model says nothing at all.');
}

/** Many utterances, each other than the ones before. */
const LONG = Array.from(
  { length: 60 },
  (_, at) => `The old captain sings at dawn for the ${at}th time.`,
).join(' ');

const whole = (runs: readonly Int16Array[]): number[] => runs.flatMap((run) => Array.from(run));

function failureOf(promise: Promise<unknown>): Promise<AppError | 'no failure'> {
  return promise.then(
    () => 'no failure' as const,
    (thrown: unknown) => toAppError(thrown, 'speech'),
  );
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-higgs-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('Higgs Audio with a model folder', { timeout: 120_000 }, () => {
  let engine: TtsEngine;
  beforeAll(async () => {
    engine = createHiggsEngine({ threads: 1 });
    const facts = await engine.load({ modelFolder: FIXTURES, dataFolder: '', ep: 'cpu' });
    expect(facts).toMatchObject({ id: 'higgs-audio', ep: 'cpu', sampleRate: MODEL.sampleRate });
    expect(facts.measuredRtf).toBeGreaterThan(0);
  });
  afterAll(() => engine.dispose());

  it('speaks with its own voice: whole frames of sound, the same for the same words', async () => {
    const { text, sound } = await heard(engine);
    expect(sound.length % MODEL.audio.hop).toBe(0);
    expect(sound.some((sample) => Math.abs(sample) > 1_000)).toBe(true);
    expect(whole(await speak(engine, text))).toEqual(sound);
    expect(whole(await speak(engine, `${text} Again.`))).not.toEqual(sound);
  });

  it('clones each recording that ships, each sounding different', async () => {
    const ids = ['LJ001-0001', 'LJ001-0003', 'LJ001-0005', 'LJ001-0007'];
    for (const id of ids) await engine.prepareVoice(reference(id));
    for (const id of ids) {
      const { text, sound } = await heard(engine, reference(id));
      for (const other of ids.filter((one) => one !== id))
        expect(whole(await speak(engine, text, reference(other))), `${other} as ${id}`).not.toEqual(sound);
      expect(whole(await speak(engine, text)), `none as ${id}`).not.toEqual(sound);
    }
  });

  it('ends without sound or error when it is stopped, and the next utterance is whole', async () => {
    const usual = await speak(engine, 'The old captain sings at dawn.', reference('LJ001-0003'));
    const stopped = new AbortController();
    stopped.abort();
    expect(await speak(engine, 'Never said.', OWN, stopped.signal)).toEqual([]);
    const stop = new AbortController();
    const runs: Int16Array[] = [];
    for await (const { pcm } of engine.synthesize({ spoken: LONG, voice: OWN, speed: 1 }, stop.signal)) {
      runs.push(pcm);
      stop.abort();
    }
    expect(runs).toHaveLength(1);
    expect(await speak(engine, 'The old captain sings at dawn.', reference('LJ001-0003'))).toEqual(usual);
  });

  it('says a long text part by part, and nothing for a text with nothing to say', async () => {
    const { sound } = await heard(engine);
    expect(whole(await speak(engine, LONG)).length).toBeGreaterThan(sound.length);
    expect(await speak(engine, '…')).toEqual([]);
    expect(await speak(engine, ' — !')).toEqual([]);
  });

  it('refuses a voice of another engine and another pace in one sentence', async () => {
    const style: VoiceSource = { kind: 'style', id: 'af_heart', path: '/x.bin', language: 'en-US' };
    expect(await failureOf(engine.prepareVoice(style))).toMatchObject({ code: 'voice-unsupported' });
    expect(await failureOf(speak(engine, 'Hello.', OWN, new AbortController().signal, 1.5))).toMatchObject({
      code: 'request-invalid',
      hint: 'Set the speed to 1, or choose a Kokoro voice.',
    });
  });

  it('reads a voice again when its files have changed, and refuses what they became', async () => {
    await cp(join(VOICES, 'LJ001-0005.wav'), join(folder, 'me.wav'));
    await writeFile(join(folder, 'me.txt'), 'The invention of movable metal letters.');
    const before = await heard(engine, reference('me', folder));
    await writeFile(join(folder, 'me.txt'), 'Quite other words than those, and more of them.');
    const after = whole(await speak(engine, before.text, reference('me', folder)));
    expect(after).not.toEqual(before.sound);
    await writeFile(join(folder, 'me.wav'), makeWav(tone(5, 300)));
    expect(await failureOf(speak(engine, 'Hello there.', reference('me', folder)))).toMatchObject({
      code: 'voice-damaged',
      message: 'me.wav does not sound like speech: its level hardly changes.',
    });
  });

  it('says on what it was asked to when the files of its voice are deleted meanwhile', async () => {
    await cp(join(VOICES, 'LJ001-0005.wav'), join(folder, 'gone.wav'));
    await writeFile(join(folder, 'gone.txt'), 'The invention of movable metal letters.');
    const before = whole(await speak(engine, 'Hello there.', reference('gone', folder)));
    await rm(join(folder, 'gone.wav'));
    expect(whole(await speak(engine, 'Hello there.', reference('gone', folder)))).toEqual(before);
    expect(await failureOf(speak(engine, 'Hello.', reference('never', folder)))).toMatchObject({
      code: 'voice-missing',
    });
  });

  it('says 200 utterances without growing', async () => {
    const say = (at: number): Promise<Int16Array[]> =>
      speak(engine, `Number ${at}.`, at % 2 === 0 ? OWN : reference('LJ001-0007'));
    for (let at = 0; at < 40; at++) await say(at);
    const before = process.memoryUsage();
    for (let at = 0; at < 200; at++) await say(at);
    const after = process.memoryUsage();
    // The sound of one utterance alone is 40 kB: 200 that were kept would be 8 MB of buffers, their caches 60 MB.
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(40e6);
    expect(after.rss - before.rss).toBeLessThan(120e6);
  });
});

describe('the codes of a voice', { timeout: 120_000 }, () => {
  it('are kept on disk and used by the next process, also where the model could not encode', async () => {
    const cacheFolder = join(folder, 'cache');
    const files: EngineFiles = { modelFolder: FIXTURES, dataFolder: '', cacheFolder, ep: 'cpu' };
    const first = createHiggsEngine({ threads: 1 });
    await first.load(files);
    const { text, sound } = await heard(first, reference('LJ001-0007'));
    await first.dispose();
    const kept = await readdir(join(cacheFolder, 'higgs-audio'));
    expect(kept).toHaveLength(1);

    // Codes that are zeros sound different: the second engine reads them, and does not encode again.
    const path = join(cacheFolder, 'higgs-audio', kept[0] ?? '');
    const bytes = await readFile(path);
    const second = createHiggsEngine({ threads: 1 });
    await second.load(files);
    expect(whole(await speak(second, text, reference('LJ001-0007')))).toEqual(sound);
    await second.dispose();
    await writeFile(path, Buffer.alloc(bytes.length));
    const third = createHiggsEngine({ threads: 1 });
    await third.load(files);
    expect(whole(await speak(third, text, reference('LJ001-0007')))).not.toEqual(sound);
    await third.dispose();
  });
});

describe('a model folder that is none', () => {
  const load = (modelFolder = folder): Promise<AppError | 'no failure'> =>
    failureOf(createHiggsEngine({ threads: 1 }).load({ modelFolder, dataFolder: '', ep: 'cpu' }));
  const copyModel = async (): Promise<void> => {
    for (const file of [...Object.values(MODEL.files), `${MODEL.files.llm}_data`, 'model.json'])
      await cp(join(FIXTURES, file), join(folder, file));
  };

  it('says what is missing', async () => {
    expect(await load()).toMatchObject({
      code: 'model-missing',
      hint: 'Add a model folder with: aloud models add FOLDER',
    });
    await copyModel();
    await rm(join(folder, MODEL.files.codecDecoder));
    expect(await load()).toMatchObject({ code: 'model-missing' });
  });

  it('lists what is wrong in its model.json', async () => {
    await writeFile(join(folder, 'model.json'), JSON.stringify({ ...MODEL, sampleRate: 'fast', schema: 2 }));
    const failure = await load();
    expect(failure).toMatchObject({ code: 'model-damaged' });
    expect(failure).toHaveProperty('message', expect.stringMatching(/schema: .*; sampleRate: /));
  });

  it('lists every difference of a graph from the contract', async () => {
    await copyModel();
    const other = {
      ...MODEL,
      arch: { ...MODEL.arch, layers: MODEL.arch.layers + 1, kvDtype: 'float16' as const },
    };
    await writeFile(join(folder, 'model.json'), JSON.stringify(other));
    const failure = await load();
    expect(failure).toMatchObject({ code: 'model-mismatch' });
    const last = MODEL.arch.layers;
    for (const difference of [
      `input "past_key_values.${last}.key" is missing`,
      `output "present.${last}.value" is missing`,
      'input "past_key_values.0.key" is float32, not float16',
    ])
      expect(failure).toHaveProperty('message', expect.stringContaining(difference));
  });

  it('refuses a graph of another kind, and one that is none', async () => {
    await copyModel();
    const decoder = join(folder, MODEL.files.codecDecoder);
    const value = (name: string) => ({ name, type: 'float32' as const, shape: [1, 'n'] });
    await writeFile(
      decoder,
      tinyOnnx({
        inputs: [value('x')],
        outputs: [value('y')],
        nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
      }),
    );
    expect(await load()).toHaveProperty(
      'message',
      `${MODEL.files.codecDecoder} does not fit its model.json: input "audio_codes" is missing; input "x" is not known; output "audio_values" is missing.`,
    );
    await writeFile(decoder, 'no graph');
    expect(await load()).toMatchObject({ code: 'model-damaged' });
  });

  it('is refused on a provider that this build has not, and nothing else is used in its place', async () => {
    const absent = process.platform === 'win32' ? 'coreml' : 'dml';
    const loading = createHiggsEngine({ threads: 1 }).load({
      modelFolder: FIXTURES,
      dataFolder: '',
      ep: absent,
    });
    expect(await failureOf(loading)).toMatchObject({
      code: 'ep-unusable',
      message: `The voice cannot run as asked: ${absent}: this build of ONNX Runtime has no provider ${absent}.`,
    });
  });
});
