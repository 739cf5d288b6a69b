import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { writeLexicon } from '../../../build/g2p/lexicon-writer.ts';
import { type Entry, openLexicon, USES } from './lexicon.ts';

const phonemes = fc.string({ unit: fc.constantFrom('ˈ', 'a', 'b', 'ʤ', 'ᵊ', 'I'), maxLength: 20 });
const entry: fc.Arbitrary<Entry> = fc.record({
  checked: fc.boolean(),
  pronunciation: fc.oneof(
    phonemes,
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...USES), phonemes), {
        selector: ([use]) => use,
        minLength: 1,
        maxLength: 4,
      })
      .map((uses) => new Map(uses)),
  ),
});
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', "'", '-', 'Z'), minLength: 1, maxLength: 12 });

describe('the dictionary file', () => {
  it('gives back every entry that was written and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, entry), { maxLength: 80 }), word, (rows, other) => {
        const entries = new Map(rows);
        const lexicon = openLexicon(writeLexicon(entries));
        expect(lexicon.size).toBe(entries.size);
        for (const [key, value] of entries) expect(lexicon.find(key)).toEqual(value);
        expect(lexicon.find(other)).toEqual(entries.get(other));
      }),
    );
  });

  it('finds nothing for an empty, a foreign or an endless word', () => {
    const lexicon = openLexicon(writeLexicon(new Map([['a', { checked: true, pronunciation: 'a' }]])));
    expect(['', 'ä', 'a'.repeat(300)].map((w) => lexicon.find(w))).toEqual([undefined, undefined, undefined]);
  });

  it('says that a file is damaged', () => {
    expect(() => openLexicon(Buffer.from('not a dictionary'))).toThrow(
      'The pronouncing dictionary is damaged.',
    );
  });
});
