/** Conversations as a person keeps them: they come back, are found, renamed, deleted and brought back. */
import { expect, test } from '@playwright/test';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { answer, chunk, FakeOpenAiServer } from '../src/assistant/testing/fake-openai-server.ts';
import { launchApp, type RunningApp } from './app.ts';
import { AloudWindow } from './window.ts';

const askedSchema = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });

let folder: string;
let server: FakeOpenAiServer;
let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-kept-'));
  server = new FakeOpenAiServer();
  await server.listen();
  await open();
  await connect();
});
test.afterEach(async () => {
  await running.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  running = await launchApp({ userData: folder, keepUserData: true });
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
}

async function connect(): Promise<void> {
  await window.pickProvider('custom');
  await window.page.getByTestId('base-url').fill(server.baseUrl);
  await window.page.getByTestId('base-url').blur();
}

async function ask(prompt: string): Promise<void> {
  await window.type(prompt);
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
}

const list = () => window.page.getByTestId('conversations').getByRole('listitem');
const entry = (name: string) =>
  window.page.getByTestId('conversations').getByRole('button', { name, exact: true });

test('a conversation is there after a restart, and its next prompt follows on it', async () => {
  server.answers = [answer('It is **tall**.'), answer('It is white.')];
  await ask('How tall is the lighthouse?');
  await running.close();
  await open();
  await entry('How tall is the lighthouse?').click();
  expect(await window.answer()).toBe('It is tall.');
  await expect(window.page.getByTestId('answer').locator('strong')).toHaveText('tall');
  await ask('And its colour?');
  expect(JSON.parse(server.chats[1]?.body ?? '')).toMatchObject({
    messages: [
      { role: 'system' },
      { role: 'user', content: 'How tall is the lighthouse?' },
      { role: 'assistant', content: 'It is **tall**.' },
      { role: 'user', content: 'And its colour?' },
    ],
  });
});

test('an answer that broke off is gone on with, one is written anew, and its text is copied', async () => {
  server.answers = [
    { body: [chunk('The bell rings twice. Then it ')], then: 'cut' },
    answer('falls silent.'),
    answer('It hums instead.'),
  ];
  const { page } = window;
  await window.type('What does a bell do?');
  await window.send();
  await window.waitFor('incomplete');
  await page.getByRole('button', { name: 'Continue' }).click();
  await window.waitFor('complete');
  const asked = (at: number) => askedSchema.parse(JSON.parse(server.chats[at]?.body ?? '')).messages;
  expect(asked(1).map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(asked(1)[1]?.content).toBe('What does a bell do?');
  expect(asked(1)[2]?.content).toMatch(/^The bell rings twice\./);
  await expect(page.getByTestId('answer').last()).toHaveText('falls silent.');

  await page.getByRole('button', { name: 'Ask again' }).last().click();
  await expect(page.getByTestId('answer').last()).toHaveText('It hums instead.');
  await window.waitFor('complete');
  expect(asked(2)).toEqual(asked(1));

  await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
  await expect(page.getByTestId('toast')).toContainText('Copied.');
  expect(await running.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('It hums instead.');
});

test('conversations are searched, renamed, deleted and brought back', async () => {
  server.answers = [answer('A bell rings.'), answer('Bees dance.')];
  await ask('What does a bell do?');
  await window.page.getByTestId('new-conversation').click();
  await ask('How do bees talk?');
  await expect(list()).toHaveCount(2);

  await window.page.getByRole('searchbox', { name: 'Search' }).fill('rings');
  await expect(list()).toHaveText(['What does a bell do?']);
  await window.page.getByRole('searchbox', { name: 'Search' }).fill('');

  await entry('How do bees talk?').hover();
  await window.page.getByRole('button', { name: 'More for “How do bees talk?”' }).click();
  await window.page.getByRole('menuitem', { name: 'Rename' }).click();
  await window.page.getByRole('textbox', { name: 'Title' }).fill('The dance');
  await window.page.keyboard.press('Enter');
  await expect(entry('The dance')).toBeVisible();

  await entry('The dance').hover();
  await window.page.getByRole('button', { name: 'More for “The dance”' }).click();
  await window.page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(list()).toHaveText(['What does a bell do?']);
  await window.page.getByRole('button', { name: 'Undo' }).click();
  await expect(list()).toHaveCount(2);
});

test('a prompt that is edited takes the place of the old one and of what followed it', async () => {
  server.answers = [answer('One.'), answer('Two.'), answer('Three.')];
  await ask('First?');
  await ask('Second?');
  await window.page.locator('[data-turn]').first().hover();
  await window.page.getByRole('button', { name: 'Edit and send again' }).first().click();
  await expect(window.page.getByTestId('prompt')).toHaveValue('First?');
  await ask('Third?');
  await expect(window.page.locator('[data-turn]')).toHaveCount(1);
  expect(await window.answer()).toBe('Three.');
  expect(JSON.parse(server.chats[2]?.body ?? '')).toMatchObject({
    messages: [{ role: 'system' }, { role: 'user', content: 'Third?' }],
  });
});

test('HTML of an answer is text, and a link asks before it leaves', async () => {
  server.answers = [answer('See <img src=x onerror=alert(1)> and [the page](https://example.org/a).')];
  await ask('A link?');
  expect(await window.answer()).toContain('<img src=x onerror=alert(1)>');
  await expect(window.page.getByTestId('answer').locator('img')).toHaveCount(0);
  const opened = await running.app.evaluateHandle(({ shell }) => {
    const urls: string[] = [];
    shell.openExternal = (url) => {
      urls.push(url);
      return Promise.resolve();
    };
    return urls;
  });
  await window.page.getByRole('link', { name: 'the page' }).click();
  await expect(window.page.getByRole('dialog')).toContainText('https://example.org/a');
  await window.page.getByRole('button', { name: 'Cancel' }).click();
  expect(await opened.jsonValue()).toEqual([]);
  await window.page.getByRole('link', { name: 'the page' }).click();
  await window.page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.poll(() => opened.jsonValue()).toEqual(['https://example.org/a']);
});

test('a damaged file of conversations is set aside, and that is said', async () => {
  await running.close();
  await writeFile(join(folder, 'conversations.db'), 'This is no database. '.repeat(400));
  await open();
  expect(await window.error()).toContain('conversations is damaged');
  expect((await readdir(folder)).some((name) => name.startsWith('conversations.db.damaged-'))).toBe(true);
  await connect();
  server.answers = [answer('All is well.')];
  await ask('Is all well?');
  await expect(list()).toHaveCount(1);
});
