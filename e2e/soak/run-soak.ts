/**
 * Has the app answer and speak without a pause, by the built-in model, and tells what became of it: memory and open files of
 * each process, listeners, gaps in the sound.
 *
 * Memory moves up and down with every answer and every collection of garbage. So growth is judged by medians: of a window after
 * the first minute, in which caches fill, against one at the end.
 */
import { readdir } from 'node:fs/promises';
import type { RunningApp } from '../app.ts';
import { longestSilence } from '../sound/analysis.ts';
import { RECORDING_RATE } from '../sound/pulse.ts';
import { AloudWindow } from '../window.ts';

/** How one process stood in the two windows. */
export interface Growth {
  readonly name: string;
  /** Median of resident memory, MB. */
  readonly fromMb: number;
  readonly toMb: number;
  /** (to - from) / from. */
  readonly growth: number;
  /** Median of open file descriptors, where the system tells them. */
  readonly fromFiles: number;
  readonly toFiles: number;
}

/** One turn, heard to its end or broken off by the next. */
export interface SoakedTurn {
  /** When its prompt was sent, s from the start. */
  readonly sentAtS: number;
  /** From Send to its first sound, ms; NaN where there was none. */
  readonly firstSoundMs: number;
  /** Times at which the sound ran dry. */
  readonly gaps: number;
  /** Time to make a second of sound, s; NaN where none was measured. */
  readonly rtf: number;
}

export interface SoakReport {
  readonly seconds: number;
  readonly turns: readonly SoakedTurn[];
  readonly growth: readonly Growth[];
  /** Listeners in main after the first turn and after the last. */
  readonly listeners: readonly [number, number];
  readonly recordedS: number;
  /** The longest silence of the recording: its length and where it begins, s. */
  readonly longestSilence: { readonly s: number; readonly atS: number };
  readonly looks: readonly Look[];
}

/** What is seen at one time, by process name. */
interface Look {
  readonly atS: number;
  readonly mb: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, number>>;
}

/** When memory is taken as settled, s. */
export const SETTLED_S = 60;
/** How often the program is looked at, ms. */
const LOOK_EVERY_MS = 2_000;
/** A turn that goes on for longer is broken off by the next prompt: the model tells stories without end. */
const LONGEST_TURN_MS = 40_000;
/** The longest of the two windows, s. */
const LONGEST_WINDOW_S = 60;

/** Runs for `seconds`, more than {@link SETTLED_S}; the window must be ready. */
export async function runSoak(app: RunningApp, seconds: number): Promise<SoakReport> {
  const window = new AloudWindow(app.page);
  const recording = await app.card.record();
  const begun = Date.now();
  const passedS = (): number => (Date.now() - begun) / 1000;
  const looks: Look[] = [];
  // The page's garbage lies about until its engine finds the time; what is left after it was collected is what is kept.
  const devtools = await app.page.context().newCDPSession(app.page);
  const turns: SoakedTurn[] = [];
  let sent = 0;
  let sentAt = -Infinity;
  let atFirst: number | undefined;
  while (passedS() < seconds) {
    const state = await app.page.getByTestId('status').getAttribute('data-state');
    const goesOn = state === 'streaming' || state === 'speaking';
    if (!goesOn || Date.now() - sentAt > LONGEST_TURN_MS) {
      if (sent > 0) {
        turns.push(await turnNow(window, (sentAt - begun) / 1000));
        atFirst ??= await listenersOf(app);
      }
      sentAt = Date.now();
      await window.type(`Tell me a story about ship number ${++sent}.`);
      await window.send();
      await window.waitFor(['streaming', 'speaking']);
    }
    await app.page.waitForTimeout(LOOK_EVERY_MS);
    await devtools.send('HeapProfiler.collectGarbage');
    looks.push(await look(app, passedS()));
  }
  turns.push(await turnNow(window, (sentAt - begun) / 1000));
  await app.page.keyboard.press('Escape');
  await window.waitFor(['stopped', 'complete']);
  const heard = await recording.stop();
  const atLast = await listenersOf(app);
  const silence = longestSilence(heard, 60, 0, heard.length);
  return {
    seconds,
    turns,
    growth: growthOf(looks, seconds),
    listeners: [atFirst ?? atLast, atLast],
    recordedS: Math.round(heard.length / RECORDING_RATE),
    longestSilence: { s: silence.length / RECORDING_RATE, atS: silence.start / RECORDING_RATE },
    looks,
  };
}

async function turnNow(window: AloudWindow, sentAtS: number): Promise<SoakedTurn> {
  return {
    sentAtS,
    firstSoundMs: await window.figure('first-sound-ms'),
    gaps: await window.figure('underruns'),
    rtf: await window.figure('rtf'),
  };
}

function growthOf(looks: readonly Look[], seconds: number): Growth[] {
  const windowS = Math.min(LONGEST_WINDOW_S, (seconds - SETTLED_S) / 3);
  const early = looks.filter(({ atS }) => atS >= SETTLED_S && atS < SETTLED_S + windowS);
  const late = looks.filter(({ atS }) => atS >= seconds - windowS);
  const names = Object.keys(early.at(-1)?.mb ?? {}).filter((name) => late.some(({ mb }) => name in mb));
  return names.map((name) => {
    const middle = (of: readonly Look[], what: 'mb' | 'files'): number =>
      median(of.map((each) => each[what][name]).filter((value) => value !== undefined));
    const [fromMb, toMb] = [middle(early, 'mb'), middle(late, 'mb')];
    const [fromFiles, toFiles] = [middle(early, 'files'), middle(late, 'files')];
    return { name, fromMb, toMb, growth: toMb / fromMb - 1, fromFiles, toFiles };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function look({ app }: RunningApp, atS: number): Promise<Look> {
  const processes = await app.evaluate((electron) =>
    electron.app.getAppMetrics().map(({ pid, name, type, memory }) => ({
      pid,
      name: name ?? type,
      kilobytes: memory.workingSetSize,
    })),
  );
  const files = await Promise.all(
    processes.map(async ({ name, pid }) => [name, await openFiles(pid)] as const),
  );
  return {
    atS,
    mb: Object.fromEntries(processes.map(({ name, kilobytes }) => [name, kilobytes / 1024])),
    files: Object.fromEntries(files),
  };
}

async function openFiles(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`).catch(() => [])).length;
}

/** Listeners on what lives as long as the program does. */
async function listenersOf({ app }: RunningApp): Promise<number> {
  return app.evaluate(({ app: electronApp, ipcMain, powerMonitor, BrowserWindow }) => {
    const pages = BrowserWindow.getAllWindows().flatMap((each) => [each, each.webContents]);
    const emitters = [electronApp, ipcMain, powerMonitor, ...pages, process];
    return emitters.reduce(
      (sum, each) =>
        sum + each.eventNames().reduce((count, name) => count + each.listenerCount(name as never), 0),
      0,
    );
  });
}
