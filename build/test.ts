/**
 * `npm test`: prepares what is missing and runs every check and every test. All parts run, so that one run shows all
 * that is wrong. The last line on stdout is `N passed, N failed`; each check counts as one, each test as one.
 * With `ALOUD_NO_SKIPS=1` a skipped test is a failure.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorLine, toAppError } from '../src/common/result.ts';
import { buildAnew } from './built-app.ts';
import { ensureDebianPackages } from './debian-packages.ts';
import { ensureElectron } from './electron-runtime/runtime.ts';
import { ensureModels, LANGUAGE_MODEL, SPEECH_MODEL } from './models.ts';
import { ensureSandbox } from './sandbox.ts';
import { ROOT, runProgram, runScript, tell } from './script.ts';
import { judged, playwrightTally, readReport, vitestTally, type Tally } from './test-report.ts';

interface Part {
  readonly name: string;
  readonly run: () => Promise<Tally>;
}

const PARTS: readonly Part[] = [
  { name: 'set-up', run: () => check(setUp) },
  { name: 'format', run: () => npmCheck('format:check') },
  { name: 'lint', run: () => npmCheck('lint') },
  { name: 'types', run: () => npmCheck('typecheck') },
  { name: 'licences', run: () => npmCheck('licences') },
  { name: 'build', run: () => check(buildAnew) },
  { name: 'unit tests', run: () => tests('vitest', UNIT_ARGUMENTS, 'unit.json', vitestTally) },
  { name: 'end-to-end tests', run: () => tests('playwright', ['test'], 'e2e.json', playwrightTally) },
];

const REPORTS = join(ROOT, 'test-results');
const UNIT_ARGUMENTS = [
  'run',
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=test-results/unit.json',
];

await runScript(async () => {
  rmSync(REPORTS, { recursive: true, force: true });
  const lines: string[] = [];
  const sum = { passed: 0, failed: 0 };
  for (const { name, run } of PARTS) {
    tell(`\n== ${name}`);
    const { passed, failed, skipped } = await run();
    sum.passed += passed;
    sum.failed += failed;
    lines.push(`${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
  process.stdout.write(`\n${lines.join('\n')}\n${sum.passed} passed, ${sum.failed} failed\n`);
  return sum.failed === 0 ? 0 : 1;
});

async function setUp(): Promise<void> {
  await ensureDebianPackages(['app', 'test']);
  ensureSandbox(await ensureElectron());
  await ensureModels([SPEECH_MODEL, LANGUAGE_MODEL]);
}

/** A piece of work that counts as one check; why it failed is told. */
async function check(work: () => Promise<void>): Promise<Tally> {
  try {
    await work();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (thrown) {
    tell(errorLine(toAppError(thrown, 'system')));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function npmCheck(script: string): Promise<Tally> {
  const code = await runProgram('npm', ['run', '-s', script], { streams: 'to-stderr' });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function tests(
  program: string,
  args: readonly string[],
  reportName: string,
  count: (report: unknown) => Tally,
): Promise<Tally> {
  const exitCode = await runProgram('npx', ['--no-install', program, ...args], { streams: 'to-stderr' });
  const report = readReport(join(REPORTS, reportName));
  if (report === undefined) tell(`${program} left no report.`);
  const tally = report === undefined ? { passed: 0, failed: 0, skipped: 0 } : count(report);
  return judged(tally, { exitCode, noSkips: process.env['ALOUD_NO_SKIPS'] === '1' });
}
