/** What a person has after installing the package on a clean machine without a network. */
import { expect, test } from '@playwright/test';
import { readFile, readlink, stat } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { VOICE_FILE_ENDING, VOICE_FILE_TYPE } from '../../src/common/voice-file.ts';
import { expectHeard } from '../expect-heard.ts';
import { cutSentences, type ReferenceSentence } from '../reference-speech.ts';
import { AloudWindow } from '../window.ts';
import { installedRoot, openInstalledWindow, runInstalled } from './installed-program.ts';

const TEXT = 'The ferry leaves at seven. Nobody had told the captain.';

test('the machine has no network', () => {
  expect(Object.keys(networkInterfaces())).toEqual(['lo']);
});

test('the command, desktop entry, type of voice files, icon, licences and sandbox helper are in their places', async () => {
  const root = installedRoot();
  expect(await readlink(join(root, 'usr/bin/aloud'))).toBe('/opt/aloud/bin/aloud');
  const entry = await readFile(join(root, 'usr/share/applications/aloud.desktop'), 'utf8');
  expect(entry).toContain('Exec=aloud %u\n');
  expect(entry).toContain(`;${VOICE_FILE_TYPE};`);
  const type = await readFile(join(root, 'usr/share/mime', `${VOICE_FILE_TYPE}.xml`), 'utf8');
  expect(type).toContain(`pattern="*${VOICE_FILE_ENDING}"`);
  const icon = await readFile(join(root, 'usr/share/icons/hicolor/256x256/apps/aloud.png'));
  expect(icon.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(await readFile(join(root, 'opt/aloud/resources/LICENSE'), 'utf8')).toContain('Apache License');
  expect((await stat(join(root, 'opt/aloud/chrome-sandbox'))).mode & 0o7777).toBe(0o4755);
});

test('`aloud say` and `aloud voices` work without a display', async () => {
  expect(await runInstalled('voices')).toMatch(/^af_heart .*default/m);
  await speakInstalled('All is well.');
});

test('the window runs in its sandbox and reads aloud what is typed; every sentence is heard', async () => {
  const reference = await speakInstalled(TEXT);
  const opened = await openInstalledWindow();
  try {
    const window = new AloudWindow(opened.page);
    await window.waitFor('ready');
    await window.pickProvider('read-aloud');
    await window.type(TEXT);
    const recording = await opened.card.record();
    await window.send();
    await window.waitFor('complete');
    expectHeard(await recording.stop(), reference);
    const switches = await readFile(`/proc/${opened.pid}/cmdline`, 'latin1');
    expect(switches).not.toContain('no-sandbox');
  } finally {
    await opened.close();
  }
});

/** The sentences of a text as the installed command speaks them into a file. */
async function speakInstalled(text: string): Promise<ReferenceSentence[]> {
  const inside = '/tmp/reference.wav';
  const events = await runInstalled('say', '--voice', 'af_heart', '--out', inside, '--json', '--', text);
  return cutSentences(events, await readFile(join(installedRoot(), inside)));
}
