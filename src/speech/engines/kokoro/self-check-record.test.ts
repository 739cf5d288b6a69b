import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findSelfCheck,
  keepSelfCheck,
  readSelfChecks,
  SELF_CHECK_FILE,
  type CheckConditions,
  type SelfCheck,
} from './self-check-record.ts';

const HERE: CheckConditions = {
  cpu: 'A (x64)',
  runtime: '1.30.0',
  cores: 2,
  threadsTried: [1, 2],
  preparation: 1,
  graphs: 'ab cd',
};

const check = (conditions: CheckConditions, chosen: SelfCheck['chosen'] = '8-bit'): SelfCheck => ({
  conditions,
  checkedAt: '2026-01-01T00:00:00.000Z',
  chosen,
  findings: [{ variant: '8-bit', runs: false, reason: 'No kernel.' }],
  threads: 2,
  threadFindings: [
    { threads: 1, rtf: 0.3, firstMs: 120 },
    { threads: 2, rtf: 0.2, firstMs: 90 },
  ],
  eps: [{ ep: 'webgpu', differenceDb: 0.02, rtf: 0.1, firstMs: 90 }],
});

describe('the record of self-checks', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aloud-record-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was kept, and nothing under other conditions', async () => {
    await keepSelfCheck(folder, check(HERE));
    expect(await findSelfCheck(folder, HERE)).toEqual(check(HERE));
    for (const change of [
      { cpu: 'B (x64)' },
      { runtime: '1.31.0' },
      { cores: 4 },
      { threadsTried: [1] },
      { preparation: 2 },
    ])
      expect(await findSelfCheck(folder, { ...HERE, ...change })).toBeUndefined();
    expect(await readdir(folder)).toEqual([SELF_CHECK_FILE]);
  });

  it('keeps one check for each machine, and not without end', async () => {
    for (let i = 0; i < 20; i++) await keepSelfCheck(folder, check({ ...HERE, cpu: `CPU ${i}` }));
    await keepSelfCheck(folder, check({ ...HERE, cpu: 'CPU 19' }, 'float'));
    const checks = await readSelfChecks(folder);
    expect(checks).toHaveLength(8);
    expect(checks.at(-1)?.chosen).toBe('float');
    expect(new Set(checks.map(({ conditions }) => conditions.cpu)).size).toBe(8);
  });

  it.each(['', 'Once upon a time', '{"format":"aloud-kokoro-self-check","checks":[{}]}'])(
    'counts a damaged file as none: %s',
    async (content) => {
      await writeFile(join(folder, SELF_CHECK_FILE), content);
      expect(await readSelfChecks(folder)).toEqual([]);
      await keepSelfCheck(folder, check(HERE));
      expect(await readSelfChecks(folder)).toHaveLength(1);
    },
  );

  it('does not fail where nothing can be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(keepSelfCheck(join(file, 'under'), check(HERE))).resolves.toBeUndefined();
  });
});
