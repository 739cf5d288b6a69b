/** What a soak's report is judged by. */
import type { SoakReport } from './run-soak.ts';

/** Growth from the first minute on that counts as a leak. */
const MOST_GROWTH = 0.05;
/**
 * Smaller growth than this is none, whatever its share, MB: V8 alone moves by as much from one collection of garbage to the next, and
 * a small process has little else.
 */
const LEAST_GROWTH_MB = 4;
/** File descriptors by which a process may differ: a file is read, a timer is made. */
const MOST_MORE_FILES = 4;
/** From this real-time factor on gaps are the machine's: there is no time left for anything beside the voice. */
const SPARE_RTF = 0.8;

/** One line for each fault; none when all is well. */
export function soakFaults({ growth, listeners, turns, recordedS, seconds }: SoakReport): string[] {
  const faults: string[] = [];
  for (const { name, fromMb, toMb, growth: share, fromFiles, toFiles } of growth) {
    if (share > MOST_GROWTH && toMb - fromMb > LEAST_GROWTH_MB)
      faults.push(`${name} grew by ${(share * 100).toFixed(1)} % after the first minute`);
    if (toFiles > fromFiles + MOST_MORE_FILES)
      faults.push(`${name} holds ${toFiles - fromFiles} more files open`);
  }
  if (listeners[1] > listeners[0])
    faults.push(`${listeners[1] - listeners[0]} listeners are left over in main`);
  for (const [at, { gaps, rtf }] of turns.entries())
    if (gaps > 0 && rtf < SPARE_RTF)
      faults.push(`turn ${at + 1} had ${gaps} gaps at a real-time factor of ${rtf}`);
  if (recordedS < seconds * 0.9) faults.push(`only ${recordedS} s were recorded`);
  return faults;
}

/** The report in lines to read. */
export function describeSoak({ growth, turns, seconds, longestSilence, listeners }: SoakReport): string {
  const lines = growth.map(
    ({ name, fromMb, toMb, growth: share, fromFiles, toFiles }) =>
      `${name.padEnd(24)} ${fromMb.toFixed(0)} MB → ${toMb.toFixed(0)} MB (${(share * 100).toFixed(1)} %), ` +
      `${fromFiles} → ${toFiles} files`,
  );
  const gaps = turns.reduce((sum, turn) => sum + turn.gaps, 0);
  const rtfs = turns.map(({ rtf }) => rtf).filter((rtf) => !Number.isNaN(rtf));
  return [
    ...lines,
    `${listeners[0]} → ${listeners[1]} listeners in main`,
    `${turns.length} turns in ${seconds} s, ${gaps} gaps, real-time factor up to ${Math.max(...rtfs).toFixed(2)}; ` +
      `the longest silence was ${longestSilence.s.toFixed(1)} s, at ${longestSilence.atS.toFixed(0)} s`,
    `first sounds after ${turns.map(({ firstSoundMs }) => firstSoundMs).join(', ')} ms`,
  ].join('\n');
}
