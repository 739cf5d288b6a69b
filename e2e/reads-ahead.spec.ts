/** An old conversation is taken up with the built-in model: what it follows on is read while the prompt is being typed. */
import { expect, test } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from './app.ts';
import { AloudWindow } from './window.ts';

/** Some 500 tokens: seconds of work. */
const LONG_PROMPT = `The sky is blue. ${'I like the sea, and I go there when the weather is fine. '.repeat(35)}Say yes.`;

/** Longer than the built-in model needs to read it on a slow core, ms. */
const TYPING_MS = 12_000;

let userData: string;
test.beforeAll(async () => {
  userData = await mkdtemp(join(tmpdir(), 'aloud-reads-ahead-'));
});
test.afterAll(() => rm(userData, { recursive: true }));

/** Opens the conversation in a program that was started anew, and tells how long after Send the first chunk came, ms. */
async function takeUp(typingMs: number): Promise<number> {
  const running = await launchApp({ userData, keepUserData: true });
  try {
    const { page } = running;
    const window = new AloudWindow(page);
    await window.waitFor('ready');
    await page
      .getByTestId('conversations')
      .getByRole('button', { name: /^The sky is blue/ })
      .click();
    await expect(page.getByTestId('answer').first()).toBeVisible();
    await window.type('What is blue?');
    await page.waitForTimeout(typingMs);
    await window.send();
    await expect.poll(() => window.figure('first-chunk-ms'), { timeout: 60_000 }).toBeGreaterThan(0);
    const firstChunkMs = await window.figure('first-chunk-ms');
    await page.keyboard.press('Escape');
    await window.waitFor(['stopped', 'complete']);
    return firstChunkMs;
  } finally {
    await running.close();
  }
}

test('a prompt in an old conversation is answered sooner where there was time to read while it was typed', async () => {
  test.setTimeout(240_000);
  const running = await launchApp({ userData, keepUserData: true });
  try {
    const window = new AloudWindow(running.page);
    await window.waitFor('ready');
    await window.type(LONG_PROMPT);
    await window.send();
    await window.waitFor('complete');
  } finally {
    await running.close();
  }
  const atOnceMs = await takeUp(0);
  const readMs = await takeUp(TYPING_MS);
  console.log(
    `first chunk after Send: ${atOnceMs} ms when sent at once, ${readMs} ms when typed for a while`,
  );
  expect(readMs).toBeLessThan(atOnceMs / 2);
});
