import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judged, playwrightTally, readReport, vitestTally } from './test-report.ts';

function file(status: string, ...states: string[]): object {
  return { status, assertionResults: states.map((state) => ({ status: state })) };
}

describe('vitest’s report', () => {
  it('counts each test; pending, todo and skipped ones are skips', () => {
    const testResults = [
      file('passed', 'passed', 'skipped', 'todo', 'pending'),
      file('failed', 'passed', 'failed', 'failed'),
    ];
    expect(vitestTally({ testResults })).toEqual({ passed: 2, failed: 2, skipped: 3 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(vitestTally({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('of another shape is refused', () => {
    expect(() => vitestTally({ suites: [] })).toThrow();
  });
});

describe('Playwright’s report', () => {
  it('counts a test that passed at its second try as passed, and errors outside of tests as failures', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightTally({ stats, errors: [{ message: 'no such file' }] })).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
    });
  });
});

describe('a part of the tests', () => {
  const lenient = { exitCode: 0, noSkips: false };

  it('passes as it was counted', () => {
    expect(judged({ passed: 3, failed: 0, skipped: 1 }, lenient)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
    });
  });

  it('fails when it ran nothing', () => {
    expect(judged({ passed: 0, failed: 0, skipped: 5 }, lenient).failed).toBe(1);
  });

  it('fails when its program failed though no test did', () => {
    expect(judged({ passed: 3, failed: 0, skipped: 0 }, { ...lenient, exitCode: 1 }).failed).toBe(1);
  });

  it('does not count a failure twice', () => {
    expect(judged({ passed: 3, failed: 2, skipped: 0 }, { ...lenient, exitCode: 1 }).failed).toBe(2);
  });

  it('fails by each skip where none is allowed', () => {
    expect(judged({ passed: 3, failed: 1, skipped: 2 }, { ...lenient, noSkips: true }).failed).toBe(3);
  });
});

describe('a report file', () => {
  it('that is missing or cut off is no report', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aloud-report-'));
    const path = join(folder, 'unit.json');
    expect(readReport(path)).toBeUndefined();
    await writeFile(path, '{"testResults": [');
    expect(readReport(path)).toBeUndefined();
    await writeFile(path, '{"testResults": []}');
    expect(readReport(path)).toEqual({ testResults: [] });
    await rm(folder, { recursive: true });
  });
});
