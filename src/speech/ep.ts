/**
 * Chooses the execution provider on which an engine's graphs run. A provider that is listed may still lack its libraries, its
 * driver or its device, or give wrong numbers: so each is tried on a real graph, and its answer compared with the
 * processor's. What was tried and why it was chosen or not is kept as lines to show; there is no silent way from one to
 * another.
 */
import type { EpChoice, EpName } from '../common/engine.ts';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';

/** One provider's trial. */
export type EpTrial =
  | {
      readonly ep: EpName;
      readonly ok: true;
      /** One run, ms. */
      readonly runMs: number;
      /** The largest difference from the processor's answer. */
      readonly maxDifference: number;
    }
  | { readonly ep: EpName; readonly ok: false; readonly reason: string };

export interface EpDecision {
  readonly ep: EpName;
  /** What was tried, in order, a line each. */
  readonly report: readonly string[];
}

/** A run of the graph on a provider: its answer and how long the run took, ms. Throws an `Error` with the reason, a clause. */
export type TryEp = (ep: EpName) => Promise<{ readonly output: Float32Array; readonly runMs: number }>;

/**
 * Tries providers and decides. With `auto` each of `preference` is tried and the fastest of those that answer right is
 * taken. A provider that the person named is taken or it is a failure: `ep-unusable`, with the reason.
 */
export async function chooseEp(
  choice: EpChoice,
  preference: readonly EpName[],
  tolerance: number,
  run: TryEp,
): Promise<EpDecision> {
  const cpu = await run('cpu');
  if (choice === 'cpu') return { ep: 'cpu', report: [`cpu: chosen; ${cpu.runMs.toFixed(1)} ms a run`] };
  const trials: EpTrial[] = [];
  for (const ep of choice === 'auto' ? preference : [choice])
    trials.push(
      ep === 'cpu'
        ? { ep, ok: true, runMs: cpu.runMs, maxDifference: 0 }
        : await tryOne(ep, cpu.output, tolerance, run),
    );
  const report = trials.map(describe);
  const usable = trials.filter((trial) => trial.ok).sort((a, b) => a.runMs - b.runMs);
  const [best] = usable;
  if (best === undefined) return failUnusable(report);
  return { ep: best.ep, report: [...report, `chosen: ${best.ep}`] };
}

/** Fails with `ep-unusable`: no provider that was asked for can be used. */
export function failUnusable(report: readonly string[]): never {
  return fail('ep-unusable', 'model', FAILURES.ep.unusable(report.join('; ')));
}

async function tryOne(ep: EpName, wanted: Float32Array, tolerance: number, run: TryEp): Promise<EpTrial> {
  try {
    const { output, runMs } = await run(ep);
    const maxDifference = largestDifference(output, wanted);
    if (!(maxDifference <= tolerance))
      return {
        ep,
        ok: false,
        reason: PHRASES.ep.numbersDiffer(maxDifference.toPrecision(2)),
      };
    return { ep, ok: true, runMs, maxDifference };
  } catch (thrown) {
    return { ep, ok: false, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function describe(trial: EpTrial): string {
  return trial.ok
    ? PHRASES.ep.trialLine(trial.ep, trial.runMs.toFixed(1), trial.maxDifference.toPrecision(2))
    : `${trial.ep}: ${trial.reason}`;
}

function largestDifference(found: Float32Array, wanted: Float32Array): number {
  if (found.length !== wanted.length) return Infinity;
  let most = 0;
  for (const [at, value] of wanted.entries()) {
    const difference = Math.abs((found[at] ?? NaN) - value);
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference;
  }
  return most;
}
