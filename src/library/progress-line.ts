/**
 * Shows an install's progress in a terminal: one line that is drawn over, with a bar, percent, speed and time left.
 * Where the output is no terminal, a plain line at the start and at every tenth.
 */
import type { InstallProgress } from './installer.ts';
import { Speedometer } from './speedometer.ts';
import { PHRASES } from '../common/strings/phrases.ts';

/** What a progress line writes to; `process.stderr` is one. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressLine {
  show(progress: InstallProgress): void;
  /** Ends the line. To be called whether the install succeeded or not. */
  end(): void;
}

/** How often the line is drawn at most, ms. */
const DRAW_MS = 100;

/** Starts a progress line for something called `label`. `now` is a clock in ms. */
export function progressLine(
  label: string,
  output: ProgressOutput,
  now: () => number = Date.now,
): ProgressLine {
  const speedometer = new Speedometer();
  let drawnAt = -Infinity;
  let lastText = '';
  let lastTenth = -1;
  let lastPhase: InstallProgress['phase'] | undefined;

  const drawOver = (text: string, force: boolean): void => {
    if (text === lastText || (!force && now() - drawnAt < DRAW_MS)) return;
    drawnAt = now();
    lastText = text;
    const width = output.columns ?? 80;
    output.write(`\r\u001b[2K${text.slice(0, Math.max(10, width - 1))}`);
  };

  return {
    show: (progress) => {
      speedometer.note(progress.received, now());
      const text = progressText(label, progress, speedometer.bytesPerSecond);
      const changed = progress.phase !== lastPhase;
      lastPhase = progress.phase;
      if (output.isTTY) {
        drawOver(text, changed);
        return;
      }
      const tenth = Math.floor((progress.received / progress.total) * 10);
      if (!changed && tenth <= lastTenth) return;
      lastTenth = tenth;
      output.write(`${text}\n`);
    },
    end: () => {
      if (output.isTTY && lastText !== '') output.write('\n');
    },
  };
}

/** The text of the line; a speed of 0 means that none is known yet. */
export function progressText(label: string, progress: InstallProgress, bytesPerSecond: number): string {
  switch (progress.phase) {
    case 'waiting':
      return PHRASES.models.waitsForOther(label);
    case 'verifying':
      return `${label}: verifying ${megabytes(progress.total)} MB`;
    case 'downloading': {
      const share = Math.min(1, progress.received / progress.total);
      const filled = Math.round(share * 20);
      const bar = '#'.repeat(filled) + '-'.repeat(20 - filled);
      const amount = `${megabytes(progress.received)} of ${megabytes(progress.total)} MB`;
      const percent = `${Math.floor(share * 100)}%`.padStart(4);
      if (bytesPerSecond <= 0) return `${label} [${bar}] ${percent}  ${amount}`;
      const left = duration((progress.total - progress.received) / bytesPerSecond);
      return `${label} [${bar}] ${percent}  ${amount}  ${megabytes(bytesPerSecond)} MB/s  ${left} left`;
    }
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function duration(seconds: number): string {
  const whole = Math.ceil(Math.max(0, seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
