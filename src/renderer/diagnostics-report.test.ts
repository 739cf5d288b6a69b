import { describe, expect, it } from 'vitest';
import { diagnosticsReport } from './diagnostics-report.ts';

describe('the report of the checks', () => {
  it('has a line for each check and what to do about it', () => {
    const report = diagnosticsReport([
      { id: 'voices', title: 'Voices', state: 'ok', detail: '13 that ship.', remedy: '' },
      { id: 'disk space', title: 'Disk', state: 'failed', detail: 'Full.', remedy: 'Make room.' },
    ]);
    expect(report).toBe(
      'Aloud diagnostics\n[ok] Voices: 13 that ship.\n[failed] Disk: Full.\n    Make room.\n',
    );
  });

  it('repeats nothing of what a server said: that may hold a part of the key', () => {
    const report = diagnosticsReport([
      { id: 'provider', title: 'Network', state: 'failed', detail: 'Wrong key sk-123.', remedy: 'Use sk-…' },
    ]);
    expect(report).toBe('Aloud diagnostics\n[failed] Network\n');
  });
});
