/** Entry of the process that runs the checks for the Diagnostics page: only this file knows Electron's `process.parentPort`. */
import { constants, setPriority } from 'node:os';
import type { DiagnosticsJob, DiagnosticsReport } from '../common/ports/diagnostics.ts';
import { toAppError } from '../common/result.ts';
import { surroundings } from '../library/paths.ts';
import { thisPerson, withoutPerson, type Person } from '../library/without-person.ts';
import { runChecks, type CheckContext } from './check.ts';
import { allChecks } from './checks.ts';

/** What this file uses of Electron's `process.parentPort`. */
interface ParentPort {
  postMessage(report: DiagnosticsReport): void;
  once(event: 'message', listener: (event: { data: DiagnosticsJob }) => void): unknown;
}

const parentPort: ParentPort = process.parentPort;

parentPort.once('message', ({ data }) => {
  standBack();
  runAll({ ...data, around: surroundings() }, thisPerson()).then(
    () => parentPort.postMessage({ type: 'end', error: undefined }),
    (thrown: unknown) => parentPort.postMessage({ type: 'end', error: toAppError(thrown, 'system') }),
  );
});

async function runAll(context: CheckContext, person: Person): Promise<void> {
  for await (const { id, title, state, detail, remedy } of runChecks(await allChecks(context), context)) {
    const shown = { detail: withoutPerson(detail, person), remedy: withoutPerson(remedy, person) };
    parentPort.postMessage({ type: 'result', result: { id, title, state, ...shown } });
  }
}

/** Nobody's voice waits for a check: sums over large files are made when nothing else wants the processor. */
function standBack(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    return;
  }
}
