import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../common/diagnostics.ts';
import { appError, err, ok } from '../common/result.ts';
import { fine, runChecks, type Check, type CheckContext } from './check.ts';
import { RECORD_FILE } from '../library/install-record.ts';
import { allChecks } from './checks.ts';
import { makeMachine, type Machine } from './testing/machine.ts';

let machine: Machine;

beforeEach(async () => {
  machine = await makeMachine();
});
afterEach(() => machine.remove());

async function results(
  context: CheckContext = machine.context,
  checks?: readonly Check[],
): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const result of runChecks(checks ?? (await allChecks(context)), context)) found.push(result);
  return found;
}

async function resultOf(id: string, context?: CheckContext): Promise<CheckResult | undefined> {
  return (await results(context)).find((result) => result.id === id);
}

async function install(content: Uint8Array): Promise<void> {
  await mkdir(machine.modelFolder, { recursive: true });
  await writeFile(join(machine.modelFolder, 'weights.bin'), content);
}

describe('the run of the checks', () => {
  it('looks at everything, once each and in one order', async () => {
    const ids = (await results()).map(({ id }) => id);
    expect(ids).toEqual([
      'runtime versions',
      'processor',
      'execution provider',
      'cuda',
      'model catalog',
      'model small-model',
      'prepared voice',
      'voice variant',
      'voices',
      'sound output',
      'disk space',
      'settings file',
      'conversations file',
      'provider',
    ]);
  });

  it('makes a finding of what a check throws, at once or later, and goes on', async () => {
    const broken = (id: string, run: Check['run']): Check => ({ id, title: id, run });
    const found = await results(machine.context, [
      broken('at once', () => {
        throw new Error('no disk');
      }),
      broken('later', () => Promise.reject(new Error('no disk'))),
      broken('none', () => Promise.resolve(fine('All is well.'))),
    ]);
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      ['at once', 'failed'],
      ['later', 'failed'],
      ['none', 'ok'],
    ]);
    expect(found[0]?.detail).toContain('no disk');
  });

  it('says what to do wherever something failed', async () => {
    const failed = (await results()).filter(({ state }) => state === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const { id, remedy } of failed) expect(remedy, id).not.toBe('');
  });
});

describe('a model', () => {
  it('of an older catalog is worth an update, and is not taken for damaged', async () => {
    await install(machine.content);
    const files = [{ name: 'weights.bin', size: machine.content.length, sha256: 'a'.repeat(64) }];
    await writeFile(join(machine.modelFolder, RECORD_FILE), JSON.stringify({ version: 1, files }));
    expect(await resultOf('model small-model')).toMatchObject({
      state: 'note',
      remedy: 'Update it with: aloud models install small-model',
    });
  });

  it('is whole when its content is the published one', async () => {
    await install(machine.content);
    expect(await resultOf('model small-model')).toMatchObject({ state: 'ok', remedy: '' });
  });

  it('that is missing has the command that installs it as its remedy', async () => {
    expect(await resultOf('model small-model')).toMatchObject({
      state: 'failed',
      remedy: 'Install it with: aloud models install small-model',
    });
  });

  it.each([
    ['of another length', (content: Buffer) => content.subarray(1), 'wrong size'],
    ['with one other byte', (content: Buffer) => Buffer.from(content).fill(0, 700, 701), 'SHA-256 differs'],
  ])('%s is damaged, and the file is named', async (_how, damage, told) => {
    await install(damage(machine.content));
    const found = await resultOf('model small-model');
    expect(found).toMatchObject({ state: 'failed' });
    expect(found?.detail).toContain('weights.bin');
    expect(found?.detail).toContain(told);
    expect(found?.remedy).toContain('aloud models install small-model');
  });
});

describe('the settings folder', () => {
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(machine.context.settingsFolder, name), text);

  it.each([
    ['no JSON', 'not json', 'it is no JSON'],
    ['a wrong value', '{"speed": 99}', 'speed'],
  ])('with settings that have %s is told, and the file stays', async (_what, text, told) => {
    await write('settings.json', text);
    const found = await resultOf('settings file');
    expect(found).toMatchObject({ state: 'failed' });
    expect(found?.detail).toContain(told);
    expect((await resultOf('settings file'))?.state).toBe('failed');
  });

  it('with settings of a newer Aloud is told so, as the app tells it, and an old one that was kept is named', async () => {
    await write('settings.json', '{"version": 99}');
    const found = await resultOf('settings file');
    expect(found).toMatchObject({ state: 'failed' });
    expect(found?.detail).toContain('newer Aloud');
    await write('settings.json', '{}');
    await write('settings.json.version-99-1', '');
    await write('settings.json.version-99-1.bak', '');
    const after = await resultOf('settings file');
    expect(after).toMatchObject({ state: 'note' });
    expect(after?.detail).toMatch(/kept as settings\.json\.version-99-1 in/);
  });

  it('tells of damaged files that were set aside', async () => {
    await write('settings.json.damaged-1', '');
    expect(await resultOf('settings file')).toMatchObject({ state: 'note' });
    expect((await resultOf('settings file'))?.detail).toContain('settings.json.damaged-1');
  });

  it('tells a file of conversations from another file', async () => {
    await write('conversations.db', 'SQLite format 3\0 and so on');
    expect(await resultOf('conversations file')).toMatchObject({ state: 'ok' });
    await write('conversations.db', 'Something else altogether');
    expect(await resultOf('conversations file')).toMatchObject({ state: 'failed' });
  });

  it('that asks for an execution provider which is not there is told so', async () => {
    await write('settings.json', '{"ep": "coreml"}');
    const context = {
      ...machine.context,
      around: { ...machine.context.around, platform: 'darwin' as const },
    };
    expect(await resultOf('execution provider', context)).toMatchObject({ state: 'failed' });
  });
});

describe('the provider', () => {
  const asked = (models: NonNullable<CheckContext['provider']>['models']): CheckContext => ({
    ...machine.context,
    provider: { label: 'Ollama', models },
  });

  it('is asked only when the person wants it', async () => {
    expect(await resultOf('provider')).toMatchObject({ state: 'note' });
  });

  it('that answered is well, and one that did not says why and what to do', async () => {
    expect(await resultOf('provider', asked(ok(['a', 'b'])))).toMatchObject({
      state: 'ok',
      detail: 'Ollama answered; it offers 2 models.',
    });
    const silent = appError('host-unreachable', 'provider', {
      message: 'Nothing answers.',
      hint: 'Start it.',
    });
    expect(await resultOf('provider', asked(err(silent)))).toMatchObject({
      state: 'failed',
      detail: 'Nothing answers.',
      remedy: 'Start it.',
    });
  });
});

describe('the sound output', () => {
  const readiness = { state: 'ready', engine: 'Kokoro', ep: 'cpu', threads: 1 } as const;

  it('is for the app to tell', async () => {
    expect(await resultOf('sound output')).toMatchObject({ state: 'note' });
    const none = { ...machine.context, app: { readiness, outputs: 0 } };
    expect(await resultOf('sound output', none)).toMatchObject({ state: 'failed' });
    const some = { ...machine.context, app: { readiness, outputs: 2 } };
    expect(await resultOf('sound output', some)).toMatchObject({ state: 'ok', detail: '2 output devices.' });
  });

  it('leaves the engine that is loaded to the execution provider', async () => {
    const context = {
      ...machine.context,
      app: { readiness: { ...readiness, ep: 'cuda', epReport: ['cuda: 3 ms a run'] }, outputs: 1 },
    };
    expect((await resultOf('execution provider', context))?.detail).toContain(
      'Kokoro runs on cuda. Tried: cuda: 3 ms a run.',
    );
  });
});
