import { describe, expect, it } from 'vitest';
import type { InstallProgress } from './installer.ts';
import { progressLine, progressText, type ProgressOutput } from './progress-line.ts';

function downloading(received: number, total = 100_000_000): InstallProgress {
  return { phase: 'downloading', received, total };
}

/** An output that keeps what it is given, and a clock that is set by hand. */
function recorder(isTTY: boolean): { output: ProgressOutput; written: string[]; clock: { ms: number } } {
  const written: string[] = [];
  return { output: { isTTY, columns: 120, write: (text) => written.push(text) }, written, clock: { ms: 0 } };
}

describe('the text', () => {
  it('shows share, amount, speed and time left', () => {
    expect(progressText('Voice', downloading(25_000_000), 5_000_000)).toBe(
      'Voice [#####---------------]  25%  25.0 of 100.0 MB  5.0 MB/s  15 s left',
    );
  });

  it('shows minutes when it takes that long', () => {
    expect(progressText('Voice', downloading(0), 1_000_000)).toContain('1 min 40 s left');
  });

  it('shows neither speed nor time before there is a measure', () => {
    expect(progressText('Voice', downloading(0), 0)).toBe(
      'Voice [--------------------]   0%  0.0 of 100.0 MB',
    );
  });

  it('says what it does when it does not download', () => {
    expect(progressText('Voice', { phase: 'waiting', received: 0, total: 1 }, 0)).toContain(
      'waiting for another',
    );
    expect(progressText('Voice', { phase: 'verifying', received: 1, total: 1 }, 0)).toContain('verifying');
  });
});

describe('in a terminal', () => {
  it('draws over one line and ends it', () => {
    const { output, written, clock } = recorder(true);
    const line = progressLine('Voice', output, () => clock.ms);
    line.show(downloading(0));
    clock.ms = 1_000;
    line.show(downloading(10_000_000));
    line.end();
    expect(written).toHaveLength(3);
    expect(written.slice(0, 2).every((text) => text.startsWith('\r\u001b[2KVoice ['))).toBe(true);
    expect(written[1]).toContain('10.0 MB/s');
    expect(written[2]).toBe('\n');
  });

  it('draws at most ten times a second', () => {
    const { output, written, clock } = recorder(true);
    const line = progressLine('Voice', output, () => clock.ms);
    for (clock.ms = 0; clock.ms < 1_000; clock.ms += 5) line.show(downloading(clock.ms * 1_000));
    expect(written.length).toBeLessThanOrEqual(10);
  });

  it('never wraps', () => {
    const { output, written, clock } = recorder(true);
    const line = progressLine('A voice with a long name', { ...output, columns: 40 }, () => clock.ms);
    line.show(downloading(50_000_000));
    expect(written[0]?.replace('\r\u001b[2K', '')).toHaveLength(39);
  });
});

describe('outside a terminal', () => {
  it('writes whole lines: the start, every tenth and the verifying', () => {
    const { output, written, clock } = recorder(false);
    const line = progressLine('Voice', output, () => clock.ms);
    for (let percent = 0; percent <= 100; percent++) {
      clock.ms += 50;
      line.show(downloading(percent * 1_000_000));
    }
    line.show({ phase: 'verifying', received: 100_000_000, total: 100_000_000 });
    line.end();
    expect(written).toHaveLength(12);
    expect(written.every((text) => text.endsWith('\n') && !text.includes('\u001b'))).toBe(true);
  });
});

describe('the speed', () => {
  it('is measured anew when a server starts from the beginning', () => {
    const { output, written, clock } = recorder(true);
    const line = progressLine('Voice', output, () => clock.ms);
    line.show(downloading(90_000_000));
    clock.ms = 1_000;
    line.show(downloading(1_000_000));
    clock.ms = 2_000;
    line.show(downloading(3_000_000));
    expect(written.at(-1)).toContain('2.0 MB/s');
  });
});
