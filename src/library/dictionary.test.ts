import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dictionaryPath, parseDictionary, readDictionary } from './dictionary.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-dictionary-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a dictionary', () => {
  it('has other words or phonemes for a word', () => {
    const { entries, badLines } = parseDictionary('gif = jif\n"C-3PO" → see three pea oh\nNguyen = /wˈɪn/\n');
    expect(badLines).toEqual([]);
    expect(entries).toEqual([
      { kind: 'respelling', word: 'gif', words: 'jif' },
      { kind: 'respelling', word: 'C-3PO', words: 'see three pea oh' },
      { kind: 'phonemes', word: 'Nguyen', phonemes: 'wˈɪn' },
    ]);
  });

  it('may hold remarks, empty lines, a byte order mark and the line ends of any system', () => {
    const { entries, badLines } = parseDictionary(
      '\ufeff# mine\r\n\r\ngif = jif  # not hard\rC# = see sharp',
    );
    expect(badLines).toEqual([]);
    expect(entries.map(({ word }) => word)).toEqual(['gif', 'C#']);
  });

  it('takes the later of two lines for one word', () => {
    expect(parseDictionary('gif = jif\ngif = guif').entries).toEqual([
      { kind: 'respelling', word: 'gif', words: 'guif' },
    ]);
  });

  it('tells each line that will not do by its number', () => {
    const text = ['gif', '= jif', 'gif =', 'a = /xx€/', 'b = //', 'fine = good', `${'x'.repeat(101)} = y`];
    expect(parseDictionary(text.join('\n')).badLines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 7]);
    expect(parseDictionary(text.join('\n')).entries).toHaveLength(1);
  });

  it('gives each line of any text an entry, a number or nothing, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const { entries, badLines } = parseDictionary(text);
        expect(entries.length + badLines.length).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      }),
    );
  });
});

describe('a dictionary file', () => {
  it('that is not there is an empty dictionary', async () => {
    expect(await readDictionary(join(folder, 'none.txt'))).toEqual({ entries: [], problem: undefined });
  });

  it('keeps its good lines and has one sentence on the others', async () => {
    const path = join(folder, 'dictionary.txt');
    await writeFile(path, 'gif = jif\nnonsense\nx = /€/\n');
    const { entries, problem } = await readDictionary(path);
    expect(entries).toHaveLength(1);
    expect(problem?.message).toBe(
      `In the dictionary ${path} this is not understood: line 2 (there is no "=" in it), line 3 ("€" is not a phoneme).`,
    );
  });

  it('that cannot be read is said to be so', async () => {
    const { problem } = await readDictionary(folder);
    expect(problem).toMatchObject({ code: 'file-unreadable', stage: 'settings' });
  });

  it('lies in the settings folder, or where ALOUD_DICTIONARY says', () => {
    const around = { home: '/home/ada', platform: 'linux' } as const;
    expect(dictionaryPath({ ...around, env: {} })).toBe('/home/ada/.config/Aloud/dictionary.txt');
    expect(dictionaryPath({ ...around, env: { ALOUD_DICTIONARY: '/x/mine.txt' } })).toBe('/x/mine.txt');
  });
});
