/** Aloud from outside its window: links, a second start, global shortcuts, the clipboard. */
import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference } from './reference-speech.ts';
import { AloudWindow } from './window.ts';

let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
});
test.afterEach(async () => {
  await running.close();
});

const isVisible = (): Promise<boolean | undefined> =>
  running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

/** Sets a shortcut in the settings, as a person does. */
async function setShortcut({ page }: RunningApp, label: string, keys: string): Promise<void> {
  const field = page.getByRole('button', { name: label });
  if (!(await field.isVisible())) await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await field.click();
  await expect(field).toHaveAccessibleName(`${label}: Press the keys`);
  await page.keyboard.press(keys.replace(/[A-Z]$/, (letter) => `Key${letter}`));
  await expect(field).toHaveAccessibleName(
    `${label}: ${keys.replace('Control', 'Ctrl').replaceAll('+', ' + ')}`,
  );
}

async function copy(text: string): Promise<void> {
  await running.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
}

test('a second start with a link brings the hidden window back, with the text of the link in the prompt box and not sent', async () => {
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible()).toBe(false);
  await running.startAgain('aloud://prompt?text=Why%20is%20the%20sky%20blue%3F');
  await expect.poll(isVisible).toBe(true);
  await expect(running.page.getByTestId('prompt')).toHaveValue('Why is the sky blue?');
  await expect(running.page.getByTestId('answer')).toHaveCount(0);
});

test('a shortcut speaks the clipboard while the window is hidden, and another shows the window', async () => {
  const text = 'Seven ships sailed south. The harbour was quiet.';
  await setShortcut(running, 'Speak the clipboard', 'Control+Alt+S');
  await setShortcut(running, 'Show or hide Aloud', 'Control+Alt+A');
  await copy(text);
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const recording = await running.card.record();
  await running.pressKeys('ctrl+alt+s');
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  expectHeard(await recording.stop(), await speakReference(text, 'af_heart'));
  expect(await isVisible()).toBe(false);

  await running.pressKeys('ctrl+alt+a');
  await expect.poll(isVisible).toBe(true);
  expect(await window.answer()).toContain('Seven ships sailed south.');
  // The next prompt goes to the provider that is set, not to the one that read aloud.
  await expect(running.page.getByTestId('provider')).toHaveValue('built-in');
});

test('an empty clipboard and keys of another program are said, each once', async () => {
  await setShortcut(running, 'Speak the clipboard', 'Control+Alt+S');
  await copy(' ');
  await running.pressKeys('ctrl+alt+s');
  await expect(running.page.getByTestId('error')).toContainText('There is no text in the clipboard.');

  const other = await launchApp({ env: running.screen });
  try {
    await setShortcut(other, 'Speak the clipboard', 'Control+Alt+S');
    const newest = other.page.getByTestId('error');
    await expect(newest).toContainText('Ctrl + Alt + S belongs to another program.');
    await setShortcut(other, 'Speak the clipboard', 'Control+Alt+D');
    await other.pressKeys('ctrl+alt+d');
    await expect(newest).toContainText('There is no text in the clipboard.');
    const announced = other.page.getByRole('alert');
    await expect(announced).toContainText('There is no text in the clipboard.');
    await newest.getByRole('button', { name: 'Dismiss' }).click();
    // The one before it is the newest again, and was announced when it came.
    await expect(newest).toContainText('Ctrl + Alt + S belongs to another program.');
    await expect(announced).toHaveCount(0);
  } finally {
    await other.close();
  }
});

test('the menu of the tray hides and shows the window, speaks the clipboard and stops', async () => {
  const { app, page } = running;
  // No tray can be clicked here: its menu is caught as it is handed to the system, and its items are pressed.
  const caught = app.evaluateHandle(
    ({ Tray }) =>
      new Promise<Electron.Menu>((resolve) => {
        const original = Tray.prototype.setContextMenu;
        Tray.prototype.setContextMenu = function (menu) {
          original.call(this, menu);
          if (menu !== null) resolve(menu);
        };
      }),
  );
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const tick = page.getByRole('checkbox', { name: 'Icon in the system tray' });
  await tick.uncheck();
  await tick.check();
  const menu = await caught;
  const press = (label: string): Promise<void> =>
    menu.evaluate(({ items }, wanted) => {
      items.find((item) => item.label === wanted)?.click();
    }, label);
  await press('Show or Hide Aloud');
  await expect.poll(isVisible).toBe(false);
  await copy('Seven ships sailed south. The harbour was quiet that morning. Boats lay on the sand.');
  await press('Speak the Clipboard');
  await window.waitFor('speaking');
  await press('Stop');
  await window.waitFor('stopped');
  await press('Show or Hide Aloud');
  await expect.poll(isVisible).toBe(true);
  await expect(page.getByTestId('answer')).toContainText('Seven ships');
});
