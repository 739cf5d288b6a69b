import { describe, expect, it } from 'vitest';
import { commandWords } from './command-words.ts';

describe('the words of the command', () => {
  it('are all words behind the mark, switches of the command included', () => {
    const argv = [
      '/opt/aloud/aloud-app',
      '--no-sandbox',
      '--aloud-command',
      '--',
      'say',
      '--json',
      '--',
      'Hi',
    ];
    expect(commandWords(argv)).toEqual(['say', '--json', '--', 'Hi']);
  });

  it('may be none: then the command says what there is', () => {
    expect(commandWords(['aloud-app', '--aloud-command', '--'])).toEqual([]);
  });

  it.each([[['aloud-app']], [['aloud-app', 'say', 'Hello']], [['aloud-app', '--aloud-command', 'say']]])(
    'are none in %j, which opens the window',
    (argv) => {
      expect(commandWords(argv)).toBeUndefined();
    },
  );
});
