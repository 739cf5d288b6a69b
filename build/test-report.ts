/** Reads the JSON reports of vitest and Playwright, and counts what they say. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What one part of the tests gave. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** Counts vitest's report. A file that failed outside its tests (it could not be loaded) counts as one failure. */
export function vitestTally(report: unknown): Tally {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of vitestSchema.parse(report).testResults) {
    const states = file.assertionResults.map(({ status }) => status);
    const failed = states.filter((status) => status === 'failed').length;
    const passed = states.filter((status) => status === 'passed').length;
    tally = {
      passed: tally.passed + passed,
      failed: tally.failed + (file.status === 'failed' ? Math.max(1, failed) : failed),
      skipped: tally.skipped + states.length - passed - failed,
    };
  }
  return tally;
}

const playwrightSchema = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/**
 * Counts Playwright's report. A test that passed at its second try counts as passed (see `retries` in
 * `playwright.config.ts`); an error outside the tests is a failure.
 */
export function playwrightTally(report: unknown): Tally {
  const { errors, stats } = playwrightSchema.parse(report);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/** How strictly a part is judged. */
export interface Judgement {
  /** The part's exit code. */
  readonly exitCode: number;
  /** Whether a skipped test is a failure. */
  readonly noSkips: boolean;
}

/**
 * The tally that counts in the end: no tests at all, an exit code that no failed test explains and, where wanted, each
 * skipped test are failures as well.
 */
export function judged(tally: Tally, { exitCode, noSkips }: Judgement): Tally {
  let failed = tally.failed;
  if (noSkips) failed += tally.skipped;
  if (failed === 0 && (tally.passed === 0 || exitCode !== 0)) failed = 1;
  return { ...tally, failed };
}

/** Reads a report file; undefined when it is not there or no JSON: the part did not get that far. */
export function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
