/** Whether the window answers all the while: its own thread and main behind it. */
import { expect } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** What a person takes for at once, ms. */
const AT_ONCE_MS = 100;
/** Of this share that is asked: the host of a shared machine takes the processor away now and then. */
const ASKED_SHARE = 0.97;

/** Asks again and again from now on; the function that it returns ends that and judges the answers. */
export async function watchAnswers({ page }: RunningApp): Promise<() => Promise<void>> {
  await page.evaluate(`(() => {
    const times = [];
    let goesOn = true;
    globalThis.endOfAnswers = () => { goesOn = false; return times; };
    const ask = async () => {
      while (goesOn) {
        const begun = performance.now();
        await globalThis.aloud.readiness();
        await new Promise((resolve) => setTimeout(resolve));
        times.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    void ask();
  })()`);
  return async () => {
    const times = await page.evaluate<number[]>('endOfAnswers()');
    times.sort((a, b) => a - b);
    const atShare = times[Math.floor(times.length * ASKED_SHARE)] ?? NaN;
    console.log(
      `${times.length} answers of the window: ${atShare.toFixed(0)} ms at 97 %, slowest ${(times.at(-1) ?? NaN).toFixed(0)} ms`,
    );
    expect(times.length).toBeGreaterThan(10);
    expect(atShare).toBeLessThan(AT_ONCE_MS);
  };
}
