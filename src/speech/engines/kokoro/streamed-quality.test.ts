import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { msToSamples, samplesToMs } from '../../../common/audio.ts';
import { EdgeTrimmer } from '../../trim.ts';
import { DATA_FOLDER } from '../../testing/installed-model.ts';
import type { DecodedRun, KokoroDecoder, KokoroUtterance } from './decoder.ts';
import { logMelDistanceDb } from './log-mel.ts';
import { styleRow, type StyleTable } from './styles.ts';
import { preparedFiles, shippedStyle } from './testing/prepared-files.ts';
import { openVariant, type VariantFiles } from './variants.ts';
import { loadVocabulary } from './vocabulary.ts';

/**
 * Every fifth of the 40 sentences that nothing was learnt from, by index in `quality` of phonemes.json, each with the voice
 * that says it in `build/kokoro/measure.py`: short and long ones, and two of each voice.
 */
const SPOKEN = [
  [1, 'am_michael'],
  [6, 'bf_emma'],
  [11, 'af_nicole'],
  [16, 'af_heart'],
  [21, 'am_michael'],
  [26, 'bf_emma'],
  [31, 'af_nicole'],
  [36, 'af_heart'],
] as const;

const sentenceSchema = z.object({ american: z.string(), british: z.string() });
const phonemesSchema = z.object({
  training: z.array(sentenceSchema),
  quality: z.array(sentenceSchema),
});

async function sound(decoder: KokoroDecoder, utterance: KokoroUtterance): Promise<DecodedRun[]> {
  const runs: DecodedRun[] = [];
  for await (const run of decoder.decode(utterance, new AbortController().signal)) runs.push(run);
  return runs;
}

const joined = (runs: readonly DecodedRun[]): Float32Array =>
  Float32Array.from(runs.flatMap(({ samples }) => Array.from(samples)));

/** Where the first token begins, samples from the first one. */
const firstToken = ([run]: readonly DecodedRun[]): number =>
  msToSamples(run?.timing?.tokenStartMs[0] ?? Number.NaN);

/** A sound without the silence at its edges. */
function trimmed(sound: Float32Array): Float32Array {
  const trimmer = new EdgeTrimmer({ beforeMs: 0, afterMs: 0 });
  return Float32Array.from([...trimmer.push(sound), ...trimmer.end()]);
}

/** How sharply the sound bends at a sample. */
const bend = (sound: Float32Array, i: number): number =>
  Math.abs((sound[i + 1] ?? 0) - 2 * (sound[i] ?? 0) + (sound[i - 1] ?? 0));

const sharpest = (sound: Float32Array, from: number, to: number): number =>
  Array.from({ length: to - from }, (_, i) => bend(sound, from + i)).reduce((a, b) => Math.max(a, b), 0);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

/** Stands for the SHA-256 of the voice between two. */
const BLEND = 'half af_heart, half am_michael';

const blendOf = (one: StyleTable, other: StyleTable): StyleTable => ({
  numbers: one.numbers.map((value, i) => (value + (other.numbers[i] ?? 0)) / 2),
  sha256: BLEND,
});

describe('the streamed 8-bit voice against the float graph’s whole utterance', { timeout: 300_000 }, () => {
  let streamed: KokoroDecoder;
  let float: KokoroDecoder;
  let files: VariantFiles;
  const utterances: KokoroUtterance[] = [];
  /** The same of a voice that lies between two, for which nothing was trained, and what it is learnt from. */
  const blended: KokoroUtterance[] = [];
  const lessons: KokoroUtterance[] = [];

  beforeAll(async () => {
    files = await preparedFiles();
    const vocabulary = await loadVocabulary(DATA_FOLDER);
    streamed = await openVariant('8-bit', files);
    float = await openVariant('float', files);
    const path = join(DATA_FOLDER, '..', 'build', 'kokoro', 'phonemes.json');
    const { quality, training } = phonemesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const utter = (phonemes: string, table: StyleTable): KokoroUtterance => {
      const tokens = vocabulary.tokens(phonemes);
      return { tokens, style: styleRow(table, tokens.length), styleSha256: table.sha256, speed: 1 };
    };
    const blend = blendOf(await shippedStyle('af_heart'), await shippedStyle('am_michael'));
    for (const [i, [index, voice]] of SPOKEN.entries()) {
      const { american = '', british = '' } = quality[index] ?? {};
      utterances.push(utter(voice.startsWith('b') ? british : american, await shippedStyle(voice)));
      if (i % 2 === 0) blended.push(utter(american, blend));
    }
    for (const [i, { american }] of training.entries()) if (i % 3 === 0) lessons.push(utter(american, blend));
  });

  afterAll(async () => {
    await streamed.dispose();
    await float.dispose();
  });

  it('sounds the same to 1.3 dB of its log-mel spectrum, comes in windows, and does not crack at their seams', async () => {
    const distances: number[] = [];
    const leftOutMs: number[] = [];
    for (const utterance of utterances) {
      const { own, whole, reference, runs } = await bothWays(streamed, utterance);
      leftOutMs.push(samplesToMs(whole.length - own.length));
      // Nothing that sounds was left out, and the cut edges do not sound.
      expect(Math.abs(samplesToMs(trimmed(own).length - trimmed(whole).length))).toBeLessThan(40);
      distances.push(logMelDistanceDb(reference, own));
      let seam = 0;
      for (const { samples } of runs.slice(0, -1)) {
        seam += samples.length;
        const around = sharpest(reference, Math.max(1, seam - 1_200), Math.min(own.length - 1, seam + 1_200));
        expect(sharpest(own, seam - 2, seam + 126)).toBeLessThan(1.3 * around + 1e-3);
      }
    }
    expect(Math.min(...leftOutMs)).toBeGreaterThan(300);
    expect(Math.max(...distances)).toBeLessThan(2);
    // Of what sounds alone: the silence that is left out would be alike and make it a tenth less.
    expect(mean(distances)).toBeLessThan(1.3);
  });

  it('begins and ends at any pace where the whole utterance does', async () => {
    for (const [i, speed] of [0.5, 0.6, 0.7, 0.8, 0.9, 1.25, 1.5, 2].entries()) {
      const utterance = utterances[i];
      if (utterance === undefined) throw new Error('There are fewer sentences.');
      const { own, whole } = await bothWays(streamed, { ...utterance, speed });
      expect(Math.abs(samplesToMs(trimmed(own).length - trimmed(whole).length)), `${speed}`).toBeLessThan(40);
    }
  });

  it('learns a voice between two from what it says with it, and from the next start on says that in windows as near', async () => {
    const voicesFolder = await mkdtemp(join(tmpdir(), 'aloud-blend-'));
    const open = async (): Promise<KokoroDecoder> => {
      const decoder = await openVariant('8-bit', { ...files, voicesFolder });
      await decoder.prepareStyle(BLEND);
      return decoder;
    };
    const learning = await open();
    let said = 0;
    for (const lesson of lessons) {
      if (learning.decodesInRuns(BLEND)) break;
      expect(await sound(learning, lesson)).toHaveLength(1);
      said++;
    }
    await learning.dispose();
    expect(said).toBeGreaterThan(9);
    expect(said).toBeLessThan(20);

    const learnt = await open();
    const distances: number[] = [];
    for (const utterance of blended) {
      const { own, reference } = await bothWays(learnt, utterance);
      distances.push(logMelDistanceDb(reference, own));
    }
    await learnt.dispose();
    await rm(voicesFolder, { recursive: true });
    expect(Math.max(...distances)).toBeLessThan(2);
    expect(mean(distances)).toBeLessThan(1.3);
  });

  /** An utterance in windows, and the same span of what the float graph makes of the whole. */
  async function bothWays(
    decoder: KokoroDecoder,
    utterance: KokoroUtterance,
  ): Promise<Record<'own' | 'whole' | 'reference', Float32Array> & { runs: readonly DecodedRun[] }> {
    const runs = await sound(decoder, utterance);
    expect(runs.length).toBeGreaterThan(1);
    const own = joined(runs);
    // A voice that nobody knows is decoded whole, with the silence at its edges that windows leave out.
    const wholeRuns = await sound(float, { ...utterance, styleSha256: '' });
    const whole = joined(wholeRuns);
    const begin = firstToken(wholeRuns) - firstToken(runs);
    const reference = whole.subarray(begin, begin + own.length);
    expect(reference).toHaveLength(own.length);
    return { own, whole, reference, runs };
  }
});
