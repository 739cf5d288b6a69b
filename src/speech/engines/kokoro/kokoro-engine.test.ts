import { cp, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { samplesToMs } from '../../../common/audio.ts';
import { toAppError, type AppError } from '../../../common/result.ts';
import { STYLE_TABLE_BYTES } from '../../../common/style-table.ts';
import type { VoiceSource } from '../../../common/voice.ts';
import type { EngineChunk, TtsEngine } from '../../engine.ts';
import { DATA_FOLDER, installedModel, preparedFolder, shippedVoice } from '../../testing/installed-model.ts';
import { createKokoroEngine } from './kokoro-engine.ts';
import { OFFICIAL_FILE } from './official-decoder.ts';

const HEART = shippedVoice('af_heart');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-kokoro-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function speak(
  engine: TtsEngine,
  spoken: string,
  {
    voice = HEART,
    speed = 1,
    signal = new AbortController().signal,
  }: Partial<{
    voice: VoiceSource;
    speed: number;
    signal: AbortSignal;
  }> = {},
): Promise<Int16Array[]> {
  const runs: Int16Array[] = [];
  for await (const { pcm } of engine.synthesize({ spoken, voice, speed }, signal)) runs.push(pcm);
  return runs;
}

const lengthMs = (runs: readonly Int16Array[]): number =>
  samplesToMs(runs.reduce((total, run) => total + run.length, 0));

/** Level of sound: root mean square and peak, dB of full scale. */
function level(runs: readonly Int16Array[]): { rmsDb: number; peakDb: number } {
  const samples = runs.flatMap((run) => Array.from(run));
  const squares = samples.reduce((total, sample) => total + (sample / 32_768) ** 2, 0);
  const peak = samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample) / 32_768), 0);
  return { rmsDb: 10 * Math.log10(squares / samples.length), peakDb: 20 * Math.log10(peak) };
}

function failureOf(promise: Promise<unknown>): Promise<AppError | 'no failure'> {
  return promise.then(
    () => 'no failure' as const,
    (thrown: unknown) => toAppError(thrown, 'speech'),
  );
}

// A real model on a machine that others use too: the limits are far above what the tests take on a quiet one.
describe('Kokoro with its real weights', { timeout: 300_000 }, () => {
  let engine: TtsEngine;

  beforeAll(async () => {
    engine = createKokoroEngine();
    await engine.load({
      modelFolder: installedModel('kokoro-82m-int8'),
      preparedFolder: preparedFolder('kokoro-82m-int8'),
      dataFolder: DATA_FOLDER,
    });
  });
  afterAll(() => engine.dispose());

  it('says a sentence at the length and level of speech, without silence around it', async () => {
    const runs = await speak(engine, 'The quick brown fox jumps over the lazy dog.');
    expect(lengthMs(runs)).toBeGreaterThan(2_000);
    expect(lengthMs(runs)).toBeLessThan(3_200);
    const { rmsDb, peakDb } = level(runs);
    expect(rmsDb).toBeGreaterThan(-30);
    expect(rmsDb).toBeLessThan(-14);
    expect(peakDb).toBeGreaterThan(-15);
    expect(peakDb).toBeLessThan(0);
    const samples = runs.flatMap((run) => Array.from(run));
    const sounding = samples.findIndex((sample) => Math.abs(sample) > 100);
    expect(samplesToMs(sounding)).toBeLessThan(120);
  });

  it('tells when each word sounds, in order and where its sound is', async () => {
    const spoken = 'She sold ninety-nine sea shells, and then she rested.';
    const chunks: EngineChunk[] = [];
    const request = { spoken, voice: HEART, speed: 1 };
    for await (const chunk of engine.synthesize(request, new AbortController().signal)) chunks.push(chunk);
    const words = chunks.flatMap((chunk) => chunk.words ?? []);
    expect(chunks[0]?.words).toEqual(words);
    expect(words.map(({ start, end }) => spoken.slice(start, end)).join(' ')).toContain('sea shells');
    const times = words.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeLessThan(120);
    expect(times.at(-1)).toBeLessThan(lengthMs(chunks.map(({ pcm }) => pcm)) - 200);
    // The pause at the comma lies before the word after it.
    const and = words.find(({ start }) => spoken.startsWith('and', start))?.atMs ?? 0;
    const samples = chunks.flatMap(({ pcm }) => Array.from(pcm)).slice((and - 160) * 24, and * 24);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeLessThan(4_000);
  });

  it('comes part by part, each in one piece that ends in a pause, where it is made too slowly', async () => {
    const spoken = 'When the winter was over at last, the ships went out to sea again.';
    const request = { spoken, voice: HEART, speed: 1, rtf: 1.6 };
    const chunks: EngineChunk[] = [];
    for await (const chunk of engine.synthesize(request, new AbortController().signal)) chunks.push(chunk);
    expect(chunks).toHaveLength(2);
    expect(lengthMs([chunks[0]?.pcm ?? new Int16Array()])).toBeGreaterThan(1_000);
    const end = chunks[0]?.pcm.slice(-100 * 24) ?? [];
    expect(Math.max(...Array.from(end, Math.abs))).toBeLessThan(200);
    const words = chunks.flatMap((chunk) => chunk.words ?? []).map(({ start }) => start);
    expect(words).toContain(spoken.indexOf('ships'));
  });

  it('follows the speed that is asked for', async () => {
    const words = 'She sells sea shells by the shore.';
    const usual = lengthMs(await speak(engine, words));
    expect(lengthMs(await speak(engine, words, { speed: 2 })) / usual).toBeLessThan(0.65);
    expect(lengthMs(await speak(engine, words, { speed: 0.5 })) / usual).toBeGreaterThan(1.6);
  });

  it('sounds different with another voice, and a British one is said with British sounds', async () => {
    const words = 'Rather bath.';
    const american = await speak(engine, words);
    const british = await speak(engine, words, { voice: shippedVoice('bm_george') });
    expect(lengthMs(british)).toBeGreaterThan(400);
    expect(british).not.toEqual(american);
  });

  it('says a paragraph of 2,000 characters whole, part by part', async () => {
    // Said at double speed, as the test takes half the time then.
    const sentences =
      'The old lighthouse keeper climbed the winding stairs every evening, carrying a small lantern in one hand and a heavy book in the other. ' +
      'When the wind rose from the north, he read aloud to the empty rooms, as if the sea itself were listening. ';
    const once = await speak(engine, sentences, { speed: 2 });
    const times = Math.ceil(2_000 / sentences.length);
    const whole = await speak(engine, sentences.repeat(times), { speed: 2 });
    const ratio = lengthMs(whole) / (times * lengthMs(once));
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.15);
    expect(whole.length).toBeGreaterThan(4);
    expect(level(whole.slice(-3)).rmsDb).toBeGreaterThan(-30);
  }, 900_000);

  it('gives nothing for a text with nothing to say', async () => {
    expect(await speak(engine, '…')).toEqual([]);
    expect(await speak(engine, ' — !')).toEqual([]);
  });

  it('ends without sound or error when it is stopped before, and between parts', async () => {
    const stopped = new AbortController();
    stopped.abort();
    expect(await speak(engine, 'Never said.', { signal: stopped.signal })).toEqual([]);

    const stop = new AbortController();
    const runs: EngineChunk[] = [];
    const request = { spoken: 'Oh no, not again! '.repeat(60), voice: HEART, speed: 2 };
    for await (const run of engine.synthesize(request, stop.signal)) {
      runs.push(run);
      stop.abort();
    }
    expect(runs).toHaveLength(1);
  });

  it('reads a voice again when its file has changed', async () => {
    const path = join(folder, 'mine.bin');
    const voice: VoiceSource = { ...HEART, id: 'mine', path };
    await cp(HEART.path, path);
    await engine.prepareVoice(voice);
    await writeFile(path, Buffer.alloc(STYLE_TABLE_BYTES, 'text'));
    expect(await failureOf(engine.prepareVoice(voice))).toMatchObject({ code: 'voice-damaged' });
  });

  it.each([
    ['deleted', (path: string) => rm(path)],
    ['damaged', (path: string) => writeFile(path, Buffer.alloc(STYLE_TABLE_BYTES, 'text'))],
  ])('says on what it was asked to when the file of its voice is %s meanwhile', async (_, harm) => {
    const path = join(folder, 'mine.bin');
    const voice: VoiceSource = { ...HEART, id: 'mine', path };
    await cp(HEART.path, path);
    await engine.prepareVoice(voice);
    await harm(path);
    const text = 'Nobody had come down to the boats yet.';
    const samples = async (said: Promise<Int16Array[]>): Promise<number[]> =>
      (await said).flatMap((run) => Array.from(run));
    const kept = await samples(speak(engine, text, { voice }));
    const own = await samples(speak(engine, text));
    expect(kept).toHaveLength(own.length);
    // Where windows end depends on how fast the machine was just then, so that samples may differ a little.
    const energy = (values: readonly number[]): number => values.reduce((sum, value) => sum + value ** 2, 0);
    const differences = kept.map((sample, i) => sample - (own[i] ?? 0));
    expect(energy(differences)).toBeLessThan(0.05 * energy(own));
  });

  it.each([
    ['gone', undefined, 'voice-missing', /is gone/],
    ['of the wrong size', Buffer.alloc(100), 'voice-damaged', /100 bytes/],
    ['text', Buffer.alloc(STYLE_TABLE_BYTES, 'Once upon a time '), 'voice-damaged', /no voice table/],
    ['full of NaN', Buffer.alloc(STYLE_TABLE_BYTES, 0xff), 'voice-damaged', /not numbers/],
  ])('refuses a voice file that is %s in one sentence', async (_what, bytes, code, says) => {
    const path = join(folder, 'odd.bin');
    if (bytes !== undefined) await writeFile(path, bytes);
    const voice: VoiceSource = { kind: 'style', id: 'odd', path, language: 'en-US' };
    const error = await failureOf(speak(engine, 'Hello.', { voice }));
    expect(error).toMatchObject({ code, stage: 'voice' });
    expect(error).toHaveProperty('message', expect.stringMatching(says));
  });

  it('refuses what it cannot speak: a recording to clone, another language, a speed out of range', async () => {
    const reference: VoiceSource = {
      kind: 'reference',
      id: 'clip',
      path: 'clip.wav',
      transcriptPath: 'clip.txt',
      language: 'en-US',
    };
    const japanese: VoiceSource = { ...HEART, language: 'ja-JP' };
    expect(await failureOf(engine.prepareVoice(reference))).toMatchObject({ code: 'voice-unsupported' });
    expect(await failureOf(engine.prepareVoice(japanese))).toMatchObject({ code: 'voice-unsupported' });
    for (const speed of [0.4, 2.1, Number.NaN])
      expect(await failureOf(speak(engine, 'Hello.', { speed }))).toMatchObject({ code: 'request-invalid' });
  });
});

describe('a Kokoro model that is not one', () => {
  const load = (): Promise<AppError | 'no failure'> =>
    failureOf(
      createKokoroEngine().load({ modelFolder: folder, preparedFolder: folder, dataFolder: DATA_FOLDER }),
    );

  it('that is missing is said with the command that installs it', async () => {
    expect(await load()).toMatchObject({
      code: 'model-missing',
      hint: 'Install it with: aloud models install kokoro-82m-int8',
    });
  });

  it('that is cut short is damaged', async () => {
    const whole = await open(join(installedModel('kokoro-82m-int8'), OFFICIAL_FILE));
    const { buffer } = await whole.read(Buffer.alloc(1_000_000), 0, 1_000_000, 0);
    await whole.close();
    await writeFile(join(folder, OFFICIAL_FILE), buffer);
    expect(await load()).toMatchObject({ code: 'model-damaged', stage: 'model' });
  });

  it.each([
    ['empty', ''],
    ['text', 'This is not a model.'],
  ])('that is %s is damaged', async (_what, content) => {
    await writeFile(join(folder, OFFICIAL_FILE), content);
    expect(await load()).toMatchObject({ code: 'model-damaged' });
  });

  it('without the program’s own tables is said as a broken installation', async () => {
    const loading = createKokoroEngine().load({
      modelFolder: installedModel('kokoro-82m-int8'),
      preparedFolder: folder,
      dataFolder: folder,
    });
    expect(await failureOf(loading)).toMatchObject({ hint: 'Install Aloud again.' });
  });
});
