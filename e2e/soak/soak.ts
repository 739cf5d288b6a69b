/**
 * `npm run soak [-- SECONDS]`: Aloud answers and speaks without a pause, 600 s unless told, and a report tells what became of
 * the memory of each process and of the sound. Fails where `judge-soak.ts` finds something; the whole report is in test-results/soak.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchApp, ROOT } from '../app.ts';
import { AloudWindow } from '../window.ts';
import { describeSoak, soakFaults } from './judge-soak.ts';
import { runSoak, SETTLED_S } from './run-soak.ts';

const seconds = Number(process.argv[2] ?? 600);
if (!(seconds > SETTLED_S)) throw new Error(`Give more than ${SETTLED_S} seconds.`);

const running = await launchApp();
try {
  await new AloudWindow(running.page).waitFor('ready');
  const report = await runSoak(running, seconds);
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  writeFileSync(join(ROOT, 'test-results', 'soak.json'), JSON.stringify(report, null, 2));
  const faults = soakFaults(report);
  console.log([describeSoak(report), ...faults].join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await running.close();
}
