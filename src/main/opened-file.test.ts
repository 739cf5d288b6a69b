import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedVoiceFile } from './opened-file.ts';

const FOLDER = resolve('/home/me');

describe('a voice file among the words of a start', () => {
  it.each([
    [['aloud-app', 'Ada.aloudvoice'], resolve(FOLDER, 'Ada.aloudvoice')],
    [['aloud-app', resolve('/tmp/Ada Two.ALOUDVOICE')], resolve('/tmp/Ada Two.ALOUDVOICE')],
    [
      ['aloud-app', '--allow-file-access', 'a/b.aloudvoice', 'c.aloudvoice'],
      resolve(FOLDER, 'a/b.aloudvoice'),
    ],
  ])('%j', (words, path) => {
    expect(openedVoiceFile(words, FOLDER)).toBe(path);
  });

  it.runIf(process.platform !== 'win32')('may be given as an address of a file', () => {
    expect(openedVoiceFile(['file:///home/me/Ada%20Two.aloudvoice'], FOLDER)).toBe(
      '/home/me/Ada Two.aloudvoice',
    );
  });

  it.each([
    [['aloud-app']],
    [['--x=Ada.aloudvoice']],
    [['https://example.com/Ada.aloudvoice']],
    [['smb://elsewhere/Ada.aloudvoice']],
    [['Ada.wav']],
    [['file://elsewhere/Ada.aloudvoice']],
  ])('is not there: %j', (words) => {
    expect(openedVoiceFile(words, FOLDER)).toBeUndefined();
  });
});
