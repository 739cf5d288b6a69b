/** The processes of the running app, and the harm that is done to them. */
import { readFile } from 'node:fs/promises';
import type { RunningApp } from './app.ts';

/** A utility process of ours, or the page's. */
export type ProcessName = 'assistant' | 'speech' | 'llm' | 'page';

/** The id of a process; throws when it does not run. */
export async function pidOf(running: RunningApp, name: ProcessName): Promise<number> {
  const pid = await findPid(running, name);
  if (pid === undefined) throw new Error(`There is no process ${name}.`);
  return pid;
}

/** Whether a process runs. */
export async function hasProcess(running: RunningApp, name: ProcessName): Promise<boolean> {
  return (await findPid(running, name)) !== undefined;
}

async function findPid({ app }: RunningApp, name: ProcessName): Promise<number | undefined> {
  const metrics = await app.evaluate((electron) =>
    electron.app.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
  );
  const found = metrics.find((each) =>
    name === 'page' ? each.type === 'Tab' : each.name === `Aloud ${name}`,
  );
  return found?.pid;
}

/** Ends a process as the system's out-of-memory killer does. */
export async function killProcess(running: RunningApp, name: ProcessName): Promise<void> {
  process.kill(await pidOf(running, name), 'SIGKILL');
}

/** Stops a process in its tracks: it is there and does not answer. */
export async function freezeProcess(running: RunningApp, name: ProcessName): Promise<void> {
  process.kill(await pidOf(running, name), 'SIGSTOP');
}

/** Whether a process still runs; one that ended does not, though its id lives on until its parent has looked. */
export async function isRunning(pid: number): Promise<boolean> {
  const facts = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) [^ZX ] /.test(facts);
}

/** Stops all of the app, as a laptop that is closed does, for a time; then it goes on where it was. */
export async function sleepAll({ app }: RunningApp, ms: number): Promise<void> {
  const children = await app.evaluate((electron) => electron.app.getAppMetrics().map(({ pid }) => pid));
  const main = app.process().pid;
  if (main === undefined) throw new Error('The app does not run.');
  const all = [main, ...children.filter((pid) => pid !== main)];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const pid of all.reverse()) process.kill(pid, 'SIGCONT');
}
