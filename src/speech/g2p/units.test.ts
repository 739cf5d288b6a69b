import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutUnits } from './units.ts';

describe('cutUnits', () => {
  it.each([
    ["I don't know.", ['I', 'do', "n't", 'know', '.']],
    ["It's Bob's, isn't it?", ['It', "'s", 'Bob', "'s", ',', 'is', "n't", 'it', '?']],
    [
      'a well-known state-of-the-art',
      ['a', 'well', '-', 'known', 'state', '-', 'of', '-', 'the', '-', 'art'],
    ],
    ['"Stop!" he said…', ['"', 'Stop', '!', '"', 'he', 'said', '…']],
    ['Mr. Smith of the U.S. left.', ['Mr.', 'Smith', 'of', 'the', 'U.S.', 'left', '.']],
    ['wait... what', ['wait', '...', 'what']],
    ['I cannot', ['I', 'can', 'not']],
    ["get 'em", ['get', "'em"]],
    ["'hello' there", ["'", 'hello', "'", 'there']],
    ['one—two', ['one', '—', 'two']],
    ['and/or', ['and', '/', 'or']],
    ['3.5 and 1,000', ['3.5', 'and', '1,000']],
    ['(yes)', ['(', 'yes', ')']],
  ])('cuts %s', (text, units) => {
    expect(cutUnits(text).map((unit) => unit.text)).toEqual(units);
  });

  it('tiles any text, white space aside', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        let at = 0;
        for (const unit of cutUnits(text)) {
          expect(text.slice(at, unit.start).trim()).toBe('');
          expect(text.slice(unit.start, unit.end)).toBe(unit.text);
          at = unit.end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });
});
