/** Answers of an OpenAI-compatible server, as they are heard and seen: whole, cut short, refused. */
import { expect, test } from '@playwright/test';
import {
  answer,
  chunk,
  errorEvent,
  FakeOpenAiServer,
  refusal,
} from '../src/assistant/testing/fake-openai-server.ts';
import { launchApp, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { speakReference } from './reference-speech.ts';
import { AloudWindow } from './window.ts';

const TEXT = 'The lighthouse stood on a grey rock. ';

let running: RunningApp;
let window: AloudWindow;
let server: FakeOpenAiServer;

test.beforeEach(async () => {
  server = new FakeOpenAiServer();
  await server.listen();
  running = await launchApp();
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await window.pickProvider('custom');
  await window.page.getByTestId('base-url').fill(server.baseUrl);
  await window.page.getByTestId('base-url').blur();
  await window.type('Tell me about the lighthouse.');
});
test.afterEach(async () => {
  await running.close();
  await server.close();
});

test('a whole answer is spoken, and the next request carries the conversation', async () => {
  server.answers = [answer('The lighthouse stood ', 'on a grey rock.'), answer('It was tall.')];
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('complete');
  const heard = await recording.stop();
  expectHeard(heard, await speakReference(TEXT, 'af_heart'));

  await window.type('How tall was it?');
  await window.send();
  await expect.poll(() => server.chats.length).toBe(2);
  expect(JSON.parse(server.chats[1]?.body ?? '')).toMatchObject({
    stream: true,
    messages: [
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content: 'Tell me about the lighthouse.' },
      { role: 'assistant', content: 'The lighthouse stood on a grey rock.' },
      { role: 'user', content: 'How tall was it?' },
    ],
  });
  await window.waitFor('complete');
});

test('what came before a cut connection is spoken, and the turn is marked incomplete', async () => {
  server.answers = [{ body: [chunk(TEXT), chunk('Every evening the ')], then: 'cut' }];
  const recording = await running.card.record();
  await window.send();
  await window.waitFor('incomplete');
  const heard = await recording.stop();
  expectHeard(heard, await speakReference(TEXT, 'af_heart'));
  expect(await window.error()).toMatch(/[a-z].*\./i);
  expect(await window.answer()).toContain('The lighthouse stood on a grey rock.');
});

test('an error event after some text keeps the text and says what the server said', async () => {
  server.answers = [{ body: [chunk(TEXT), errorEvent(502, 'Provider disconnected')] }];
  await window.send();
  await window.waitFor('incomplete');
  expect(await window.error()).toContain('Provider disconnected');
});

test('a wrong key is said, and with the right one the same prompt works', async () => {
  server.answers = [refusal(401, 'No auth credentials found'), answer('Now it works.')];
  await window.send();
  await window.waitFor('failed');
  expect(await window.error()).toMatch(/key/i);
  await window.page.getByTestId('api-key').fill('sk-right');
  await window.page.getByTestId('api-key').press('Enter');
  await window.type('And now?');
  await window.send();
  await window.waitFor('complete');
  expect(server.chats.at(-1)?.headers['authorization']).toBe('Bearer sk-right');
});

test('the models that a server names are offered, and the chosen one is asked', async () => {
  const model = window.page.getByTestId('model');
  await model.focus();
  await expect(window.page.locator('#model-names option')).toHaveCount(2);
  const names = await window.page.evaluate<string[]>(
    `[...document.querySelectorAll('#model-names option')].map(({ value }) => value)`,
  );
  expect(names).toEqual(['fake/model', 'fake/other']);
  await model.fill('fake/other');
  await model.blur();
  await window.send();
  await window.waitFor('complete');
  expect(JSON.parse(server.chats.at(-1)?.body ?? '')).toMatchObject({ model: 'fake/other' });
});

test('a server that is busy is asked again after the time it names', async () => {
  server.answers = [refusal(429, 'Rate limited', { 'retry-after': '1' }), answer('Here is the answer.')];
  await window.send();
  await window.waitFor('complete');
  expect(server.chats).toHaveLength(2);
});

test('Test makes a real request with the key that was typed, and shows the server’s own reason', async () => {
  const { page } = window;
  server.answers = [refusal(401, 'No auth credentials found')];
  await page.getByTestId('api-key').fill('sk-wrong');
  await page.getByTestId('test-provider').click();
  await expect(page.getByTestId('trial')).toContainText('No auth credentials found');
  server.answers = [answer('Ready')];
  await page.getByTestId('api-key').fill('sk-right');
  await page.getByTestId('test-provider').click();
  await expect(page.getByTestId('trial')).toContainText(/fake\/model answered after \d+\.\d s/);
  expect(server.chats.map(({ headers }) => headers['authorization'])).toEqual([
    'Bearer sk-wrong',
    'Bearer sk-right',
  ]);
  // Typed, handed over, and out of the page's reach.
  await expect(page.getByTestId('api-key')).toHaveValue('');
  expect(await page.content()).not.toContain('sk-right');
  // The trial is no part of the conversation.
  await expect(page.locator('[data-turn]')).toHaveCount(0);
  await page.getByTestId('base-url').fill('http://127.0.0.1:1/v1');
  await expect(page.getByTestId('trial')).toBeEmpty();
  await page.getByTestId('test-provider').click();
  await expect(page.getByTestId('trial')).toContainText(/127\.0\.0\.1/);
});

test('a system with basic text only is said where a key is asked for, before one is typed', async () => {
  const backend = await running.app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());
  test.info().annotations.push({ type: 'key store', description: backend });
  const note = window.page.getByText('only basic text');
  if (backend === 'basic_text') await expect(note).toBeVisible();
  else await expect(note).toHaveCount(0);
});
