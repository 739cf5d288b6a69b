/** What the page cannot do, and what no output of the program ever holds. */
import { expect, test } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answer, FakeOpenAiServer } from '../src/assistant/testing/fake-openai-server.ts';
import { launchApp, type RunningApp } from './app.ts';
import { AloudWindow } from './window.ts';

/** Runs in the page, so it is text: these tests know no page of their own. */
const PROBE = `(async () => {
  const tried = async (what) => {
    try {
      await what();
      return 'worked';
    } catch {
      return 'refused';
    }
  };
  return {
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    bridge: Object.isFrozen(globalThis.aloud),
    web: await tried(() => fetch('https://example.org/')),
    file: await tried(() => fetch('file:///etc/passwd')),
    outside: (await fetch('app://aloud/..%2f..%2fpackage.json')).status,
    script: await tried(() => {
      const element = document.createElement('script');
      element.textContent = 'window.injected = true';
      document.body.append(element);
      if (!('injected' in globalThis)) throw new Error('blocked');
    }),
    evaluated: await tried(() => new Function('return 1')()),
    opened: window.open('https://example.org/') === null,
    microphone: await tried(() => navigator.mediaDevices.getUserMedia({ audio: true })),
    position: await tried(() => new Promise((done, failed) => navigator.geolocation.getCurrentPosition(done, failed))),
  };
})()`;

let running: RunningApp;
let output = '';

test.beforeEach(async () => {
  output = '';
  running = await launchApp();
  const { stdout, stderr } = running.app.process();
  for (const stream of [stdout, stderr]) stream?.on('data', (part) => (output += String(part)));
});
test.afterEach(async () => {
  await running.close();
});

test('the page has no Node, runs no text as code, and reaches nothing but its own files', async () => {
  const { page } = running;
  await new AloudWindow(page).waitFor('ready');
  const reach = await page.evaluate(PROBE);
  expect(reach).toEqual({
    node: [],
    bridge: true,
    web: 'refused',
    file: 'refused',
    outside: 404,
    script: 'refused',
    evaluated: 'refused',
    opened: true,
    microphone: 'refused',
    position: 'refused',
  });
  await page.evaluate(`location.assign('https://example.org/')`);
  await page.waitForTimeout(500);
  expect(page.url()).toMatch(/^app:\/\/aloud\//);
});

test('a key, a prompt and an answer stand in no output and no file but those that keep them', async () => {
  const key = 'sk-canary-71f3';
  const prompt = 'canary-prompt-58c1';
  const reply = 'The canary-answer-90ab sings.';
  const server = new FakeOpenAiServer();
  await server.listen();
  try {
    const window = new AloudWindow(running.page);
    await window.waitFor('ready');
    server.answers = [answer(reply)];
    await window.pickProvider('custom');
    await window.page.getByTestId('base-url').fill(server.baseUrl);
    await window.page.getByTestId('base-url').blur();
    await window.page.getByTestId('api-key').fill(key);
    await window.page.getByTestId('api-key').press('Enter');
    await window.type(prompt);
    await window.send();
    await window.waitFor('complete');
    expect(server.chats.at(-1)?.headers['authorization']).toBe(`Bearer ${key}`);
    for (const secret of [key, prompt, 'canary-answer']) expect(output).not.toContain(secret);
    for (const file of await readdir(running.userData, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const content = await readFile(join(file.parentPath, file.name), 'latin1').catch(() => '');
      expect(content.includes(key), `the key in ${file.name}`).toBe(false);
      if (/\.(log|txt|json)$/i.test(file.name)) expect(content.includes('canary'), file.name).toBe(false);
    }
  } finally {
    await server.close();
  }
});
