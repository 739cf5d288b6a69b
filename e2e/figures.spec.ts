/** The figures as a person meets them: they speak, open the page, compare, copy the report, and find them after a restart. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { launchApp, type RunningApp } from './app.ts';
import { AloudWindow } from './window.ts';

const TEXT =
  'Seven marzipan ships sailed southwards. The harbour was quiet that morning, and nobody whistled.';

let running: RunningApp | undefined;

test.afterEach(async () => {
  await running?.close();
  running = undefined;
});

const number = (text: string | null): number => Number.parseFloat(text ?? '');

test('what happened when stands on the Figures page, as in the row below, outlives a restart, and the report has no word of the text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aloud-figures-'));
  try {
    running = await launchApp({ userData: folder, keepUserData: true });
    const { app, page } = running;
    const window = new AloudWindow(page);
    await window.waitFor('ready');
    await window.pickProvider('read-aloud');
    await window.type(TEXT);
    const sentAt = await window.send();
    await window.waitFor('speaking');
    await page.getByTestId('open-figures').click();
    await expect(page.getByRole('main', { name: 'Figures' })).toBeVisible();
    const early = Date.now() - sentAt;
    await window.waitFor('complete');
    const wholeMs = Date.now() - sentAt;
    const at = async (name: string): Promise<number> =>
      number(await page.getByTestId(`timeline-${name}`).textContent());
    const times = [
      await at('firstToken'),
      await at('firstSentence'),
      await at('firstChunk'),
      await at('firstSound'),
      await at('done'),
    ];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await at('firstChunk')).toBe(await window.figure('first-chunk-ms'));
    expect(await at('firstSound')).toBe(await window.figure('first-sound-ms'));
    expect(await at('firstSound')).toBeLessThan(early + 100);
    expect(await at('done')).toBeLessThanOrEqual(wholeMs);
    expect(await at('done')).toBeGreaterThan(3_000);
    expect(await page.getByTestId('p50-firstSoundMs').textContent()).toBe(
      await page.getByTestId('timeline-firstSound').textContent(),
    );
    await expect(page.getByTestId('buffer-chart')).toHaveAccessibleName(/Sound in hand over \d+\.\d s/);
    const gaps = await page.getByTestId('underruns').textContent();
    await expect(page.getByTestId('buffer-chart').locator('line')).toHaveCount(Number(gaps));
    for (const name of ['Main', 'Window', 'Assistant', 'Voice']) {
      const row = page.getByTestId('processes').getByRole('row', { name });
      expect(number(await row.getByRole('cell').first().textContent())).toBeGreaterThan(20);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByText('Copied.')).toBeVisible();
    const report = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(report).toContain(`firstSound: ${await at('firstSound')} ms`);
    expect(report).toMatch(/Voice: Kokoro \S+ on cpu/);
    for (const word of TEXT.split(/\W+/).filter(({ length }) => length > 5))
      expect(report).not.toContain(word);
    expect(report).not.toContain(homedir());
    expect(report).not.toContain(`/${userInfo().username}/`);

    const p50 = await page.getByTestId('p50-firstSoundMs').textContent();
    await running.close();
    running = await launchApp({ userData: folder, keepUserData: true });
    await new AloudWindow(running.page).waitFor('ready');
    await running.page.getByRole('button', { name: 'Figures', exact: true }).click();
    await expect(running.page.getByTestId('p50-firstSoundMs')).toHaveText(p50 ?? '');
  } finally {
    await running?.close();
    running = undefined;
    await rm(folder, { recursive: true, force: true });
  }
});
