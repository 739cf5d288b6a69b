import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsPatchSchema, type Settings } from '../common/settings.ts';
import { exportSettings, readImport } from './settings-exchange.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-exchange-'));
  path = join(folder, 'aloud-settings.json');
});
afterEach(() => rm(folder, { recursive: true }));

const MINE: Settings = {
  ...DEFAULT_SETTINGS,
  speed: 1.5,
  theme: 'dark',
  provider: 'openai',
  outputDevice: 'headset',
};
const noKeys = (): boolean => false;

describe('exported settings', () => {
  it('are taken over as they were, but for what is this machine’s own: the first steps, the output device, CUDA’s folder', async () => {
    expect(await exportSettings(path, MINE)).toEqual({ ok: true, value: path });
    const read = await readImport(path, { ...DEFAULT_SETTINGS, setupDone: false }, noKeys);
    const { cudaFolder, outputDevice, ...portable } = settingsPatchSchema.parse(MINE);
    expect([cudaFolder, outputDevice]).toEqual(['', 'headset']);
    expect(read).toEqual({
      ok: true,
      value: {
        patch: { ...portable, setupDone: false },
        keptAddresses: [],
      },
    });
  });

  it('that cannot be written say where', async () => {
    await writeFile(path, '');
    const written = await exportSettings(join(path, 'below.json'), MINE);
    expect(written.ok ? '' : written.error.code).toBe('file-unwritable');
  });
});

describe('a file that is imported', () => {
  it('does not name the folder from which native code is loaded', async () => {
    await exportSettings(path, { ...MINE, cudaFolder: '/from/elsewhere' });
    const read = await readImport(path, MINE, noKeys);
    expect(read.ok && Object.keys(read.value.patch)).not.toContain('cudaFolder');
    expect(read.ok && read.value.patch.speed).toBe(1.5);
  });

  it.each([
    ['of any text', 'hello', 'it is no JSON'],
    ['with a value out of range', '{"speed": 12}', 'speed'],
    ['of a newer program', '{"version": 9}', 'older'],
    ['too large', ' '.repeat(1_000_001), 'too large'],
  ])('%s is refused with the reason', async (_case, text, reason) => {
    await writeFile(path, text);
    const read = await readImport(path, MINE, noKeys);
    expect(read.ok ? '' : read.error.message).toContain(reason);
  });

  it('that is not there is said', async () => {
    const read = await readImport(path, MINE, noKeys);
    expect(read.ok ? '' : read.error.code).toBe('file-unreadable');
  });

  it('cannot lead a key that is kept here to another address', async () => {
    const providers = {
      openai: { baseUrl: 'https://collector.example', model: 'gpt-4o' },
      custom: { baseUrl: 'https://collector.example', model: '' },
      ollama: { baseUrl: 'http://192.168.0.7:11434/v1', model: 'llama' },
    };
    await writeFile(path, JSON.stringify({ providers }));
    const current = { ...MINE, providers: { custom: { baseUrl: 'http://127.0.0.1:8080/v1', model: 'm' } } };
    const read = await readImport(path, current, (id) => id === 'openai' || id === 'custom');
    expect(read.ok && read.value).toMatchObject({
      keptAddresses: ['OpenAI', 'Custom server'],
      patch: {
        providers: {
          openai: { baseUrl: '', model: 'gpt-4o' },
          custom: { baseUrl: 'http://127.0.0.1:8080/v1', model: '' },
          ollama: providers.ollama,
        },
      },
    });
  });

  it('leaves the file as it is', async () => {
    await writeFile(path, '{"speed":1.25}');
    await readImport(path, MINE, noKeys);
    expect(await readFile(path, 'utf8')).toBe('{"speed":1.25}');
  });
});
