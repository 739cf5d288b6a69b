/**
 * Finds out which variant is right for this machine: each speaks an utterance whose sound is known, is compared with it
 * and timed. Saturating 8-bit arithmetic (x86 without VNNI) shows as a difference, a missing kernel as a failure, an odd
 * machine as a slow one.
 */
import { toAppError } from '../../../common/result.ts';
import { samplesToMs } from '../../../common/audio.ts';
import type { EnginePace } from '../../../common/engine.ts';
import { SentenceTally } from '../../speed-meter.ts';
import { CHECK_HOP, type CheckUtterance } from './check-utterance.ts';
import type { DecodedRun, KokoroDecoder, KokoroUtterance } from './decoder.ts';
import { logMel, meanDifference } from './log-mel.ts';
import { VARIANTS, type Variant } from './variants.ts';

/** What was found of one variant. */
export type VariantFinding =
  | ({ readonly variant: Variant; readonly runs: true } & DecoderFinding)
  | { readonly variant: Variant; readonly runs: false; readonly reason: string };

/**
 * The largest difference, dB, with which a prepared variant is right. 8 bits alone cost 0.5 to 0.7, arithmetic that goes
 * wrong several times that.
 */
export const TOLERANCE_DB = 1;

/** How much faster a less preferred variant must be to be taken: timings of one utterance differ by chance. */
export const CLEARLY_FASTER = 0.85;

/**
 * The first of the right variants, unless a later one is clearly faster. The original is right by definition; undefined
 * when even that does not run.
 */
export function chooseVariant(findings: readonly VariantFinding[]): Variant | undefined {
  let chosen: Extract<VariantFinding, { runs: true }> | undefined;
  for (const variant of VARIANTS) {
    const finding = findings.find((each) => each.variant === variant);
    if (finding?.runs !== true) continue;
    const right =
      variant === 'original' || (finding.differenceDb !== null && finding.differenceDb <= TOLERANCE_DB);
    if (right && (chosen === undefined || finding.rtf < chosen.rtf * CLEARLY_FASTER)) chosen = finding;
  }
  return chosen?.variant;
}

/** Tries each variant, one after the other. What fails is a finding, not an error. */
export async function tryVariants(
  open: (variant: Variant) => Promise<KokoroDecoder>,
  check: CheckUtterance,
  onVariant: (share: number) => void = () => undefined,
): Promise<VariantFinding[]> {
  const findings: VariantFinding[] = [];
  for (const variant of VARIANTS) {
    onVariant(findings.length / VARIANTS.length);
    try {
      findings.push(await tryVariant(variant, await open(variant), check));
    } catch (thrown) {
      findings.push({ variant, runs: false, reason: toAppError(thrown, 'model').message });
    }
  }
  return findings;
}

async function tryVariant(
  variant: Variant,
  decoder: KokoroDecoder,
  check: CheckUtterance,
): Promise<VariantFinding> {
  try {
    return { variant, runs: true, ...(await tryDecoder(decoder, check)) };
  } finally {
    await decoder.dispose();
  }
}

/** What was found of one decoder. */
export interface DecoderFinding {
  /** Log-mel distance of its whole utterance to the known sound, dB; null when it is not even as long. */
  readonly differenceDb: number | null;
  /** Real-time factor, of the sound as it comes from the decoder. */
  readonly rtf: number;
  /** Until the first run of sound, ms. */
  readonly firstMs: number;
}

/** Has a decoder speak the utterance, whole and as it would be spoken, and compares it with how it must sound. */
export async function tryDecoder(
  decoder: KokoroDecoder,
  { utterance, samples, levels }: CheckUtterance,
): Promise<DecoderFinding> {
  // A voice that no decoder knows is decoded whole: this is compared. It warms the decoder up, too.
  const sound = await soundOf(decoder, { ...utterance, styleSha256: '' });
  const differenceDb =
    sound.length === samples ? round(meanDifference(levels, logMel(sound, CHECK_HOP))) : null;
  const tally = await timed(decoder, utterance);
  return {
    differenceDb,
    rtf: round(tally.synthMs / tally.audioMs),
    firstMs: round(tally.firstRunMs),
  };
}

/**
 * Has a decoder speak the utterance, which also makes its first real one quicker, and tells its pace; undefined for one
 * that gives whole utterances, whose pace depends on their length.
 */
export async function measurePace(
  decoder: KokoroDecoder,
  utterance: KokoroUtterance,
): Promise<EnginePace | undefined> {
  const tally = await timed(decoder, utterance);
  return tally.runs < 2 ? undefined : tally.pace;
}

/** How fast a decoder is with so many threads. */
export interface ThreadFinding {
  readonly threads: number;
  /** Real-time factor of the quickest of its runs. */
  readonly rtf: number;
  /** Until the first run of sound in that one, ms. */
  readonly firstMs: number;
}

/** The share of its time that a run with twice the threads may take at most: each takes time that other programs could use. */
const WORTH_THREADS = 0.9;

/** Each number of threads is timed so often: what else the machine does only lengthens a run. */
const TIMED_RUNS = 3;

/**
 * Times a decoder with each number of threads, fewest first, until more are not worth it any longer; the last that
 * were are chosen.
 */
export async function tryThreads(
  open: (threads: number) => Promise<KokoroDecoder>,
  [fewest, ...more]: readonly [number, ...number[]],
  check: CheckUtterance,
): Promise<{ readonly threads: number; readonly findings: readonly ThreadFinding[] }> {
  let chosen = await timeThreads(fewest, open, check);
  const findings = [chosen];
  for (const threads of more) {
    // What does not run with more runs with fewer.
    const finding = await timeThreads(threads, open, check).catch(() => undefined);
    if (finding === undefined) break;
    findings.push(finding);
    if (finding.rtf >= chosen.rtf * WORTH_THREADS) break;
    chosen = finding;
  }
  return { threads: chosen.threads, findings };
}

async function timeThreads(
  threads: number,
  open: (threads: number) => Promise<KokoroDecoder>,
  { utterance }: CheckUtterance,
): Promise<ThreadFinding> {
  const decoder = await open(threads);
  try {
    let best = { threads, rtf: Infinity, firstMs: Infinity };
    for (let run = 0; run < TIMED_RUNS; run++) {
      const tally = await timed(decoder, utterance);
      const rtf = round(tally.synthMs / tally.audioMs);
      if (rtf < best.rtf) best = { threads, rtf, firstMs: round(tally.firstRunMs) };
    }
    return best;
  } finally {
    await decoder.dispose();
  }
}

async function timed(decoder: KokoroDecoder, utterance: KokoroUtterance): Promise<SentenceTally> {
  const tally = new SentenceTally(utterance.tokens.length, utterance.speed);
  let began = performance.now();
  for await (const { samples } of decoder.decode(utterance, new AbortController().signal)) {
    tally.addRun(samplesToMs(samples.length), performance.now() - began);
    began = performance.now();
  }
  return tally;
}

async function soundOf(decoder: KokoroDecoder, utterance: KokoroUtterance): Promise<Float32Array> {
  const runs: DecodedRun[] = [];
  for await (const run of decoder.decode(utterance, new AbortController().signal)) runs.push(run);
  const sound = new Float32Array(runs.reduce((sum, { samples }) => sum + samples.length, 0));
  let at = 0;
  for (const { samples } of runs) {
    sound.set(samples, at);
    at += samples.length;
  }
  return sound;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
