/** Two minutes without a pause, as `npm run soak` does it for ten. */
import { expect, test } from '@playwright/test';
import { launchApp } from './app.ts';
import { describeSoak, soakFaults } from './soak/judge-soak.ts';
import { runSoak } from './soak/run-soak.ts';
import { AloudWindow } from './window.ts';

const SECONDS = 120;

test('two minutes of answers by the built-in model: no gap, and no process grows or leaves a file or listener open', async () => {
  test.setTimeout(SECONDS * 1_000 + 180_000);
  const running = await launchApp();
  try {
    await new AloudWindow(running.page).waitFor('ready');
    const report = await runSoak(running, SECONDS);
    console.log(describeSoak(report));
    expect(soakFaults(report)).toEqual([]);
  } finally {
    await running.close();
  }
});
