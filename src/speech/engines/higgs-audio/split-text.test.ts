import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from './split-text.ts';

describe('a text that is too long for one utterance', () => {
  it('is cut after a sentence, else after a clause, else after a word', () => {
    expect(splitText('One two three. Four five six, seven eight.', 30)).toEqual([
      'One two three.',
      'Four five six, seven eight.',
    ]);
    expect(splitText('One two three, four five six seven', 20)).toEqual([
      'One two three,',
      'four five six seven',
    ]);
    expect(splitText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(splitText('Short.', 30)).toEqual(['Short.']);
    expect(splitText('  ', 30)).toEqual([]);
  });

  it('loses no word, and only a single long word exceeds the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,30}[.,;!]?$/), { maxLength: 60 }),
        fc.integer({ min: 5, max: 80 }),
        (words, most) => {
          const parts = splitText(words.join(' '), most);
          expect(parts.join(' ').split(' ').filter(Boolean)).toEqual(words);
          for (const part of parts) expect(part.length <= most || !part.includes(' ')).toBe(true);
        },
      ),
    );
  });
});
