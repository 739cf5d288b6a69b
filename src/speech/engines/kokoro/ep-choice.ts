/**
 * Decides where Kokoro's generator runs: on the processor, in the variant that the self-check chose, or on another execution
 * provider, in float. Each that may be there is tried with the utterance whose sound is known, compared and timed.
 */
import type { EpChoice, EpName, EpObstacles } from '../../../common/engine.ts';
import { epPreference } from '../../../common/ep-preference.ts';
import { PHRASES } from '../../../common/strings/phrases.ts';
import { failUnusable, type EpDecision } from '../../ep.ts';
import { guardedTrial } from '../../ep-trial.ts';
import type { CheckUtterance } from './check-utterance.ts';
import type { KokoroDecoder } from './decoder.ts';
import { CLEARLY_FASTER, TOLERANCE_DB, tryDecoder, type DecoderFinding } from './self-check.ts';

/** What was found of a provider that ran. */
export interface EpFinding extends DecoderFinding {
  readonly ep: EpName;
}

export interface EpSearch {
  readonly choice: EpChoice;
  /** What the processor does, and in which variant. */
  readonly onCpu: { readonly variant: string; readonly rtf: number };
  readonly check: CheckUtterance;
  readonly open: (ep: EpName) => Promise<KokoroDecoder>;
  readonly cacheFolder: string | undefined;
  readonly obstacles: EpObstacles;
  /** What was found before, which need not be found again where the person leaves the choice. */
  readonly known: readonly EpFinding[];
  /** Providers that may be there, the processor last; those of this platform when left out. */
  readonly preference?: readonly EpName[];
  readonly onTrial?: (ep: EpName) => void;
}

/** Tokens with which a provider is first tried, and how long they may take, ms: a GPU that is none takes minutes for more. */
const PROBE_TOKENS = 4;
const LONGEST_PROBE_MS = 20_000;

/**
 * Tries and decides. With `auto` another provider is taken when it is right and clearly faster than the processor. One that
 * the person named is taken or it is a failure: `ep-unusable`, with the reason.
 */
export async function chooseKokoroEp(
  search: EpSearch,
): Promise<EpDecision & { readonly findings: readonly EpFinding[] }> {
  const { choice, onCpu, preference = epPreference(process.platform, process.arch) } = search;
  const cpuLine = PHRASES.ep.cpuLine(onCpu.variant, onCpu.rtf);
  if (choice === 'cpu')
    return { ep: 'cpu', report: [PHRASES.ep.chosenByYou(cpuLine)], findings: search.known };
  const report: string[] = [];
  const findings: EpFinding[] = [];
  let best: { readonly ep: EpName; readonly rtf: number } | undefined =
    choice === 'auto' ? { ep: 'cpu', rtf: onCpu.rtf * CLEARLY_FASTER } : undefined;
  for (const ep of choice === 'auto' ? preference : [choice]) {
    if (ep === 'cpu') {
      report.push(cpuLine);
      continue;
    }
    try {
      const found = await tryOn(ep, search);
      findings.push({ ep, ...found });
      if (found.differenceDb === null || found.differenceDb > TOLERANCE_DB) {
        const difference = found.differenceDb === null ? PHRASES.ep.itsLength : `${found.differenceDb} dB`;
        report.push(PHRASES.ep.soundDiffers(ep, difference));
        continue;
      }
      report.push(PHRASES.ep.foundLine(ep, found.differenceDb, found.rtf, Math.round(found.firstMs)));
      if (best === undefined || found.rtf < best.rtf) best = { ep, rtf: found.rtf };
    } catch (thrown) {
      report.push(`${ep}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
  if (best === undefined) return failUnusable(report);
  return { ep: best.ep, report: [...report, `chosen: ${best.ep}`], findings };
}

function tryOn(ep: EpName, search: EpSearch): Promise<DecoderFinding> {
  const { choice, check, cacheFolder, obstacles } = search;
  return guardedTrial(ep, { engine: 'kokoro', cacheFolder, obstacles }, async () => {
    const known = choice === 'auto' ? search.known.find((finding) => finding.ep === ep) : undefined;
    if (known !== undefined) return known;
    search.onTrial?.(ep);
    const decoder = await search.open(ep);
    try {
      const tookMs = await probe(decoder, check);
      if (choice === 'auto' && tookMs > LONGEST_PROBE_MS)
        throw new Error(`it took ${(tookMs / 1000).toFixed(0)} s for ${PROBE_TOKENS} phonemes`);
      return await tryDecoder(decoder, check);
    } finally {
      await decoder.dispose();
    }
  });
}

/** How long a few tokens take, ms. So few are one run. */
async function probe(decoder: KokoroDecoder, { utterance }: CheckUtterance): Promise<number> {
  const short = { ...utterance, tokens: utterance.tokens.slice(0, PROBE_TOKENS) };
  const begun = performance.now();
  // The first run is its own: shaders and kernels are made in it.
  const runs = decoder.decode(short, new AbortController().signal)[Symbol.asyncIterator]();
  await runs.next();
  return performance.now() - begun;
}
