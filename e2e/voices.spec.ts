/** The voice library as a person uses it: a blend and a recording become voices, what will not do is refused, voices go and come back. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeWav, speechLike } from '../src/speech/engines/higgs-audio/testing/make-wav.ts';
import { launchApp, ROOT, type RunningApp } from './app.ts';
import { expectHeard } from './expect-heard.ts';
import { installedModel } from './installed-models.ts';
import { speakReference } from './reference-speech.ts';
import { findSound, soften } from './sound/analysis.ts';
import { AloudWindow } from './window.ts';

const RECORDINGS = join(ROOT, 'e2e/fixtures/recordings');
const SHIPPED = join(ROOT, 'voices');
/** What the window says to try a voice. */
const SAMPLE = 'The north wind and the sun were disputing which of them was the stronger.';
const WORDS = 'the invention of movable metal letters in the middle of the fifteenth century';
/** Sentences for a small model of random weights. */
const TEXT =
  'The narrow window drifts at dawn, and the engine waits. The jolly harbour wanders in the rain. Seven ships sailed south. ' +
  'A letter came from the sea. The old clock counts the hours of the night. Who waters the garden? Nobody knows.';
const RATE = 24_000;

let folder: string;
let own: string;
let running: RunningApp;
let window: AloudWindow;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-voices-'));
  own = join(folder, 'voices');
  const models = join(folder, 'models');
  await mkdir(models);
  await symlink(dirname((await installedModel('kokoro-82m-int8')).path), join(models, 'kokoro-82m-int8'));
  running = await launchApp({ env: { ALOUD_VOICES_DIR: own, ALOUD_MODELS_DIR: models } });
  window = new AloudWindow(running.page);
  await window.waitFor('ready');
  await running.page.getByRole('button', { name: 'Voices', exact: true }).click();
});
test.afterEach(async () => {
  await running.close();
  await chmod(own, 0o700).catch(() => undefined);
  await rm(folder, { recursive: true });
});

const row = (id: string) => running.page.locator(`[data-voice="${id}"]`);
const files = async (): Promise<string[]> =>
  (await readdir(own).catch(() => [])).filter((name) => !name.startsWith('.')).sort();

async function pick(voice: 'first' | 'second', id: string): Promise<void> {
  await running.page.getByTestId(`blend-${voice}`).selectOption(id);
}

/** Chooses a file in the dialog of recordings, which is opened where it is not. */
async function choose(path: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const { page } = running;
  if (!(await page.getByRole('dialog').isVisible())) await page.getByTestId('add-recording').click();
  await page.getByTestId('recording-file').setInputFiles(path);
}

const made = (name: string, samples: Float32Array) => ({
  name,
  mimeType: 'audio/wav',
  buffer: makeWav(samples),
});

/** Drops a file on the window as the system does. */
async function drop(path: string): Promise<void> {
  const { page } = running;
  const bytes = (await readFile(path)).toString('base64');
  const data = await page.evaluateHandle(`(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(bytes)}), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], ${JSON.stringify(basename(path))}));
    return transfer;
  })()`);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
  await expect(page.getByTestId('drop-hint')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
  await expect(page.getByTestId('drop-hint')).toBeHidden();
}

async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: running.page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

test('a blend is heard before it is kept, and is then a voice that sounds like neither parent', async () => {
  const { page } = running;
  await page.getByTestId('blend-voices').click();
  await pick('first', 'af_heart');
  await pick('second', 'am_michael');
  await page.getByTestId('blend-share').fill('40');
  await expect(page.getByRole('slider', { name: 'Mixture' })).toHaveAttribute(
    'aria-valuetext',
    '60% Heart, 40% Michael',
  );
  const recording = await running.card.record();
  await page.getByTestId('blend-play').click();
  await window.waitFor(['streaming', 'speaking']);
  await expect(page.getByTestId('blend-play')).toHaveText('Stop');
  await expect(page.getByTestId('blend-play')).toHaveText('Play the blend', { timeout: 60_000 });
  const heard = await recording.stop();
  expect(await files()).toEqual([]);

  await page.getByTestId('voice-name').fill('Häwk & Dove');
  await expect(page.getByTestId('voice-name-note')).toHaveText(
    'Kept as Hawk_Dove.bin in your voices folder.',
  );
  await page.getByTestId('save-voice').click();
  await expect(row('Hawk_Dove')).toContainText('A blend: 60% Heart, 40% Michael.');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await files()).toEqual(['Hawk_Dove.bin', 'Hawk_Dove.json']);
  expect(JSON.parse(await readFile(join(own, 'Hawk_Dove.json'), 'utf8'))).toMatchObject({
    name: 'Häwk & Dove',
    licence: 'Apache-2.0 (hexgrad/Kokoro-82M)',
  });

  expectHeard(heard, await speakReference(SAMPLE, 'Hawk_Dove', { ALOUD_VOICES_DIR: own }));
  for (const parent of ['af_heart', 'am_michael']) {
    const [sound] = await speakReference(SAMPLE, parent);
    if (sound === undefined) throw new Error('The command line said nothing.');
    expect(findSound(soften(heard), soften(sound.pcm)).correlation, parent).toBeLessThan(0.8);
  }
});

test('a blend is refused in a sentence for a bad name, one voice twice, a voice that went, a read-only folder', async () => {
  const { page } = running;
  const note = page.getByTestId('voice-name-note');
  await copyFile(join(SHIPPED, 'am_puck.bin'), join(own, 'guest.bin'));
  await expect(row('guest')).toBeVisible();
  await page.getByTestId('blend-voices').click();
  await page.getByTestId('save-voice').click();
  await expect(note).toHaveText('Give the voice a name.');
  for (const [name, sentence] of [
    ['heart', 'There is already a voice of this name: choose another one.'],
    ['!?', 'The name needs a letter or a digit.'],
    ['n'.repeat(81), 'The name is longer than 80 characters.'],
  ] as const) {
    await page.getByTestId('voice-name').fill(name);
    await expect(note).toHaveText(sentence);
    await page.getByTestId('save-voice').click();
    await expect(page.getByRole('dialog')).toBeVisible();
  }
  await page.getByTestId('voice-name').fill('Dove');
  await pick('second', 'af_heart');
  await expect(page.getByRole('alert')).toHaveText('Choose two different voices.');
  await expect(page.getByTestId('blend-play')).toBeDisabled();
  await pick('second', 'am_puck');
  await chmod(own, 0o500);
  await page.getByTestId('save-voice').click();
  await expect(page.getByTestId('error')).toContainText(`Your voices folder cannot be written to: ${own}.`);
  await chmod(own, 0o700);
  await page.getByTestId('save-voice').click();
  await expect(row('Dove')).toBeVisible();
  expect(await files()).toEqual(['Dove.bin', 'Dove.json', 'guest.bin']);
});

test('a recording is read whichever way it was written: WAV, MP3, M4A, OGG, FLAC', async () => {
  const { page } = running;
  await choose(join(SHIPPED, 'LJ001-0005.wav'));
  await expect(page.getByTestId('part')).toContainText('8.1 s');
  for (const name of ['speech.mp3', 'speech.m4a', 'speech.ogg', 'speech.flac']) {
    await choose(join(RECORDINGS, name));
    await expect(page.getByRole('group', { name: `The recording ${name}` })).toBeVisible();
    await expect(page.getByTestId('part')).toHaveAttribute('data-fault', '');
    await expect(page.getByTestId('part')).toContainText('6.');
  }
});

test('a dropped recording is trimmed, heard, kept, and cloned by a model', async () => {
  test.setTimeout(240_000);
  const { page } = running;
  await drop(join(RECORDINGS, 'speech.mp3'));
  const [start, end] = [page.getByTestId('trim-start'), page.getByTestId('trim-end')];
  await expect(start).toHaveAttribute('aria-valuenow', '0');
  // By keyboard to the tenth of a second, by hand roughly; never below three seconds.
  await start.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect(start).toHaveAttribute('aria-valuenow', '1.1');
  await page.keyboard.press('End');
  const lengthS = Number(await end.getAttribute('aria-valuenow'));
  expect(Number(await start.getAttribute('aria-valuenow'))).toBeCloseTo(lengthS - 3, 1);
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  const box = await page.getByTestId('waveform').boundingBox();
  if (box === null) throw new Error('There is no waveform.');
  const at = (shareOfWidth: number): [number, number] => [box.x + shareOfWidth * box.width, box.y + 40];
  await page.mouse.move(...at(0.998));
  await page.mouse.down();
  await page.mouse.move(...at(0.9), { steps: 5 });
  await page.mouse.up();
  expect(Number(await end.getAttribute('aria-valuenow'))).toBeCloseTo(0.9 * lengthS, 1);
  await end.press('End');
  await end.press('PageDown');
  const fromS = Number(await start.getAttribute('aria-valuenow'));
  const toS = Number(await end.getAttribute('aria-valuenow'));
  expect([fromS, toS]).toEqual([1, expect.closeTo(lengthS - 1, 1)]);

  const recording = await running.card.record();
  await page.getByTestId('play-part').click();
  await expect(page.getByTestId('play-part')).toHaveText('Stop');
  await expect(page.getByTestId('play-part')).toHaveText('Play this part', { timeout: 20_000 });
  const heard = await recording.stop();

  await page.getByTestId('transcript').fill(WORDS);
  await page.getByTestId('voice-name').fill('Reader');
  await page.getByTestId('consent').check();
  await page.getByTestId('save-voice').click();
  await expect(row('Reader')).toContainText('Your own recording; the speaker agreed');
  await expect(row('Reader')).toContainText('needs a model that clones voices');
  expect(await files()).toEqual(['Reader.json', 'Reader.txt', 'Reader.wav']);
  expect(await readFile(join(own, 'Reader.txt'), 'utf8')).toBe(`${WORDS}\n`);
  const wav = await readFile(join(own, 'Reader.wav'));
  expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([1, RATE, 16]);
  const kept = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
  expect(kept.length / RATE).toBeCloseTo(toS - fromS, 1);
  // What was heard is what was kept: all of it, in its place.
  const middle = soften(kept.subarray(RATE / 2, kept.length - RATE / 2));
  expect(findSound(soften(heard), middle).correlation).toBeGreaterThan(0.95);

  await running.app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    },
    join(ROOT, 'src/speech/engines/higgs-audio/fixtures/tiny'),
  );
  await page.getByTestId('add-model-folder').click();
  await row('Reader').getByRole('button', { name: 'Use this voice' }).click();
  await page.getByRole('button', { name: 'Voices', exact: true }).click();
  await window.pickProvider('read-aloud');
  await window.type(TEXT);
  const spoken = await running.card.record();
  await window.send();
  await window.waitFor(['streaming', 'speaking']);
  await window.waitFor('complete');
  const heardClone = await spoken.stop();
  const env = { ALOUD_VOICES_DIR: own, ALOUD_MODELS_DIR: join(folder, 'models') };
  const sentences = await speakReference(TEXT, 'Reader', env);
  // Random weights end many a sentence at once: what lasts is what is judged.
  expectHeard(
    heardClone,
    sentences.filter(({ pcm }) => pcm.length > RATE / 3),
  );
});

test('a file that will not do is refused in one sentence, where it was chosen', async () => {
  const { page } = running;
  const mp3 = await readFile(join(RECORDINGS, 'speech.mp3'));
  const fault = page.getByTestId('file-fault');
  const refused: readonly (readonly [{ name: string; mimeType: string; buffer: Buffer }, string])[] = [
    [
      { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 no sound at all') },
      'This is no sound file. Choose a WAV, MP3, FLAC, OGG or M4A file.',
    ],
    [{ name: 'nothing.wav', mimeType: 'audio/wav', buffer: Buffer.alloc(0) }, 'The file is empty.'],
    [
      {
        name: 'cut.mp3',
        mimeType: 'audio/mpeg',
        buffer: Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), Buffer.alloc(900)]),
      },
      'The MP3 file is damaged or cut off.',
    ],
    [
      { name: 'short.mp3', mimeType: 'audio/mpeg', buffer: mp3.subarray(0, 6_000) },
      'seconds, and 3 are needed. Choose a longer one.',
    ],
    [
      {
        name: 'long.wav',
        mimeType: 'audio/wav',
        buffer: makeWav(new Float32Array(601 * 8_000), { sampleRate: 8_000, bits: 8 }),
      },
      'The recording is longer than 10 minutes.',
    ],
  ];
  for (const [file, sentence] of refused) {
    await choose(file);
    await expect(fault).toContainText(`${file.name}: `);
    await expect(fault).toContainText(sentence);
  }
  await choose({
    name: 'large.mp3',
    mimeType: 'audio/mpeg',
    buffer: Buffer.concat([mp3, Buffer.alloc(20_000_000)]),
  });
  await expect(fault).toContainText('The file is larger than 20 MB.');
});

test('a part that will not do, missing words, consent and name are said beside their fields', async () => {
  const { page } = running;
  const part = page.getByTestId('part');
  const faults: readonly (readonly [string, Float32Array, string])[] = [
    ['silent', new Float32Array(5 * RATE), 'silent or far too soft'],
    ['clipped', speechLike(5).map((sample) => Math.max(-1, Math.min(1, sample * 20))), 'recorded too loud'],
    ['no-speech', Float32Array.from({ length: 5 * RATE }, (_, at) => 0.3 * Math.sin(at / 9)), 'like speech'],
  ];
  for (const [kind, samples, sentence] of faults) {
    await choose(made(`${kind}.wav`, samples));
    await expect(part).toHaveAttribute('data-fault', kind);
    await expect(part).toContainText(sentence);
  }
  await page.getByTestId('transcript').fill(WORDS);
  await page.getByTestId('consent').check();
  await page.getByTestId('save-voice').click();
  await expect(page.getByRole('dialog')).toBeVisible();

  await choose(join(RECORDINGS, 'speech.flac'));
  await expect(part).toHaveAttribute('data-fault', '');
  await page.getByTestId('voice-name').fill('George');
  await page.getByTestId('save-voice').click();
  await expect(page.getByTestId('transcript')).toBeFocused();
  await expect(page.getByTestId('transcript-note')).toHaveText('Write down what is said in this part.');
  await expect(page.getByTestId('consent-fault')).toHaveText(
    'Without this agreement the voice cannot be kept.',
  );
  await expect(page.getByTestId('voice-name-note')).toContainText('There is already a voice of this name');
  await page.getByTestId('transcript').fill('word '.repeat(100));
  await expect(page.getByTestId('transcript-note')).toContainText('cannot be said in 6.0 seconds');
  await page.getByTestId('transcript').fill(WORDS);
  await page.getByTestId('consent').check();
  await page.getByTestId('voice-name').fill('Reader');
  await chmod(own, 0o500);
  await page.getByTestId('save-voice').click();
  await expect(page.getByTestId('error')).toContainText('Your voices folder cannot be written to');
  expect(await files()).toEqual([]);
  await chmod(own, 0o700);
  await page.getByTestId('save-voice').click();
  await expect(row('Reader')).toBeVisible();
  expect(await files()).toEqual(['Reader.json', 'Reader.txt', 'Reader.wav']);
});

test('a voice that is put into the folder appears, can be made the default, goes, and comes back', async () => {
  const { page } = running;
  await copyFile(join(SHIPPED, 'am_puck.bin'), join(own, 'guest.bin'));
  await expect(row('guest')).toContainText('Kokoro');
  await copyFile(join(SHIPPED, 'am_puck.bin'), join(own, 'jf_alpha.bin'));
  await expect(row('jf_alpha')).toContainText('It speaks ja-JP: Kokoro can say English only here.');
  await expect(row('jf_alpha').getByRole('button', { name: 'Use this voice' })).toBeDisabled();
  await writeFile(join(own, 'odd.bin'), 'no voice');
  await expect(row('odd')).toContainText('odd.bin is damaged or no voice');

  await row('guest').getByRole('button', { name: 'More for guest' }).click();
  await page.getByRole('menuitem', { name: 'Make default' }).click();
  await expect(row('guest')).toContainText('Default');
  await expect(row('guest').getByRole('button', { name: 'In use' })).toBeVisible();
  expect(await readFile(join(own, 'default'), 'utf8')).toBe('guest\n');

  await row('guest').getByRole('button', { name: 'More for guest' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(row('guest')).toBeHidden();
  await expect(row('af_heart')).toContainText('In use');
  expect(await files()).toEqual(['default', 'jf_alpha.bin', 'odd.bin']);
  await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
  await expect(row('guest')).toContainText('In use');
  expect(await files()).toContain('guest.bin');
  await expect(row('af_heart').getByRole('button', { name: 'More for Heart' })).toBeVisible();
});

test('a favourite stands first, also in a list that is opened anew', async () => {
  const { page } = running;
  const first = page.locator('[data-voice]').first();
  const star = row('bm_george').getByRole('button', { name: /^Favourite: / });
  await expect(first).not.toHaveAttribute('data-voice', 'bm_george');
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await page.getByRole('button', { name: 'Voices', exact: true }).click();
  await expect(first).toHaveAttribute('data-voice', 'bm_george');
  await star.click();
  await expect(first).not.toHaveAttribute('data-voice', 'bm_george');
});

test('a voice is handed on as one file: saved, dropped, chosen, and opened by a start of its own', async () => {
  const { page } = running;
  await mkdir(own, { recursive: true });
  await copyFile(join(SHIPPED, 'am_puck.bin'), join(own, 'guest.bin'));
  const path = join(folder, 'guest.aloudvoice');
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await row('guest').getByRole('button', { name: 'More for guest' }).click();
  await page.getByRole('menuitem', { name: 'Save as a file' }).click();
  await expect(page.getByTestId('toast')).toContainText(path);
  await row('guest').getByRole('button', { name: 'More for guest' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(row('guest')).toBeHidden();

  const text = await readFile(path, 'utf8');
  await drop(path);
  await expect(row('guest')).toContainText('Kokoro');
  expect(await readFile(join(own, 'guest.bin'))).toEqual(await readFile(join(SHIPPED, 'am_puck.bin')));

  await page.getByTestId('voice-file').setInputFiles(path);
  await expect(row('guest_2')).toContainText('guest 2');

  await page.getByRole('button', { name: 'Models', exact: true }).click();
  await running.startAgain(path);
  await expect(row('guest_3')).toContainText('guest 3');
  await expect(page.getByTestId('toast')).toContainText('The voice guest 3 is in your folder now.');

  const recording = await running.card.record();
  await row('guest_3').getByRole('button', { name: 'Play a sample of guest 3' }).click();
  await expect(row('guest_3').getByRole('button', { name: 'Stop the sample' })).toBeVisible();
  await expect(row('guest_3').getByRole('button', { name: 'Play a sample of guest 3' })).toBeVisible({
    timeout: 60_000,
  });
  expectHeard(await recording.stop(), await speakReference(SAMPLE, 'am_puck'));

  await writeFile(path, text.slice(0, 1_000));
  await running.startAgain(path);
  await expect(page.getByRole('alert')).toContainText('The voice file guest.aloudvoice is none of Aloud’s.');
});

test('a sample that cannot be heard says why beside its voice', async () => {
  const { page } = running;
  await copyFile(join(SHIPPED, 'am_puck.bin'), join(own, 'guest.bin'));
  await expect(row('guest')).toBeVisible();
  await running.card.unplug();
  await row('guest').getByRole('button', { name: 'Play a sample of guest' }).click();
  await expect(row('guest').getByRole('alert')).toContainText('No sound output device was found.');
  await page.getByTestId('add-recording').click();
  await choose(join(RECORDINGS, 'speech.ogg'));
  await page.getByTestId('play-part').click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'No sound output device was found.',
  );
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing while a voice is made (${colorScheme})`, async () => {
    const { page } = running;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByTestId('blend-voices').click();
    await page.getByTestId('save-voice').click();
    expect(await findings()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByTestId('blend-voices')).toBeFocused();
    await page.getByTestId('add-recording').click();
    expect(await findings()).toEqual([]);
    await choose({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('words') });
    await expect(page.getByTestId('file-fault')).toBeVisible();
    expect(await findings()).toEqual([]);
    await choose(join(RECORDINGS, 'speech.mp3'));
    await page.getByTestId('save-voice').click();
    await expect(page.getByTestId('consent-fault')).toBeVisible();
    expect(await findings()).toEqual([]);
  });
}
