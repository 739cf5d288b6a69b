import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('npm start without a display', () => {
  it('says so in one line that names npm run say, and does nothing else', () => {
    const { PATH = '' } = process.env;
    // Neither a home nor a cache: a set-up would fail loudly.
    const env = { PATH, HOME: '/nonexistent' };
    const start = spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'start.ts')], {
      env,
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
    });
    expect(start.stderr).toBe(
      'There is no display to open a window on. Without one, use: npm run say -- "Hello there."\n',
    );
    expect(start.stdout).toBe('');
    expect(start.status).toBe(1);
  });
});
