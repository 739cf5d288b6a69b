import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DictionaryEntry } from '../common/dictionary.ts';
import { PersonalDictionary } from './personal-dictionary.ts';
import { createSpeakableStream } from './speakable-stream.ts';

function dictionary(...entries: readonly DictionaryEntry[]): PersonalDictionary {
  const made = new PersonalDictionary();
  made.set(entries);
  return made;
}

const respelling = (word: string, words: string): DictionaryEntry => ({ kind: 'respelling', word, words });

describe("the person's own dictionary", () => {
  it('replaces whole words only', () => {
    const gif = dictionary(respelling('gif', 'jif'));
    expect(gif.apply("A gif, the gif's end, gifts and a giflike thing.").spoken).toBe(
      "A jif, the jif's end, gifts and a giflike thing.",
    );
  });

  it('takes a word in small letters for every capitalisation, any other for itself alone', () => {
    expect(dictionary(respelling('gif', 'jif')).apply('GIF Gif gif').spoken).toBe('jif jif jif');
    expect(dictionary(respelling('US', 'you ess')).apply('The US told us.').spoken).toBe(
      'The you ess told us.',
    );
  });

  it('is applied last: to words with digits and signs as they are said by then', () => {
    const stream = createSpeakableStream({}, dictionary(respelling('GPT-4', 'gee pee tee 4')));
    const pieces = [...stream.push('We asked GPT-4 again.'), ...stream.end()];
    expect(pieces.map(({ spoken }) => spoken)).toEqual(['We asked gee pee tee four again.']);
  });

  it('finds the longest of its entries', () => {
    const both = dictionary(respelling('new', 'nyoo'), respelling('new york', 'the city'));
    expect(both.apply('New York is new.').spoken).toBe('the city is nyoo.');
  });

  it('marks words that have phonemes and leaves them as they are', () => {
    const own = dictionary({ kind: 'phonemes', word: 'Nguyen', phonemes: 'wˈɪn' }, respelling('gif', 'jif'));
    expect(own.apply('A gif of Nguyen.')).toEqual({
      spoken: 'A jif of Nguyen.',
      pronounced: [{ start: 9, end: 15, phonemes: 'wˈɪn' }],
    });
  });

  it('holds from the next sentence on when it changes', () => {
    const own = new PersonalDictionary();
    const stream = createSpeakableStream({ quickYield: false }, own);
    const first = stream.push('Here is the first gif of all. And ');
    own.set([respelling('gif', 'jif')]);
    const rest = [...stream.push('here is the second gif.'), ...stream.end()];
    expect([...first, ...rest].map(({ spoken }) => spoken)).toEqual([
      'Here is the first gif of all.',
      'And here is the second jif.',
    ]);
  });

  it('marks exactly the words that it names, in any text', () => {
    const own = dictionary({ kind: 'phonemes', word: 'ab', phonemes: 'ˈɑb' }, respelling('ba', 'a long one'));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.', "'", '-') }), (text) => {
        const { spoken, pronounced = [] } = own.apply(text);
        for (const { start, end } of pronounced) expect(spoken.slice(start, end)).toBe('ab');
        expect(pronounced).toHaveLength(text.match(/(?<![ab])ab(?![ab])/g)?.length ?? 0);
      }),
    );
  });
});
