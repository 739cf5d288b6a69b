/**
 * What a check is. Each stands in a file of its own under `checks/` and has this one shape; `checks.ts` lists them. They run
 * in the command line (`aloud doctor`) and, for the Diagnostics page, in a process of their own.
 */
import type { CheckFinding, CheckResult } from '../common/diagnostics.ts';
import type { AppFacts, DiagnosticsJob } from '../common/ports/diagnostics.ts';
import { toAppError } from '../common/result.ts';
import type { Surroundings } from '../library/paths.ts';

/** What checks may look at. */
export interface CheckContext extends Omit<DiagnosticsJob, 'app'> {
  readonly around: Surroundings;
  /** Undefined in the command line, which does not know the running app. */
  readonly app: AppFacts | undefined;
}

/** One thing to look at. */
export interface Check {
  /** Stable: scripts may depend on it. */
  readonly id: string;
  /** What is looked at, as a heading. */
  readonly title: string;
  /**
   * Looks, and changes nothing. What is wrong is a finding; what is thrown becomes one, with the state `failed`. The
   * command line and a process of its own wait for it, so it may take seconds.
   */
  run(context: CheckContext): Promise<CheckFinding>;
}

/** Runs checks one after the other, and gives each result as it comes. Never throws. */
export async function* runChecks(
  checks: readonly Check[],
  context: CheckContext,
): AsyncGenerator<CheckResult> {
  for (const check of checks) {
    const finding = await Promise.resolve()
      .then(() => check.run(context))
      .catch(failedCheck);
    yield { id: check.id, title: check.title, ...finding };
  }
}

function failedCheck(thrown: unknown): CheckFinding {
  const { message, hint } = toAppError(thrown, 'system');
  return { state: 'failed', detail: message, remedy: hint };
}

/** A finding with nothing to do. */
export function fine(detail: string, figures?: unknown): CheckFinding {
  return finding('ok', detail, '', figures);
}

/** A finding that is no fault. */
export function note(detail: string, remedy = '', figures?: unknown): CheckFinding {
  return finding('note', detail, remedy, figures);
}

/** A finding that is a fault. */
export function failed(detail: string, remedy: string, figures?: unknown): CheckFinding {
  return finding('failed', detail, remedy, figures);
}

function finding(
  state: CheckFinding['state'],
  detail: string,
  remedy: string,
  figures: unknown,
): CheckFinding {
  return { state, detail, remedy, ...(figures === undefined ? {} : { figures }) };
}
