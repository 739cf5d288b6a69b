import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparedWords } from './compared-words.ts';
import { SENTENCES } from './sentences.ts';
import { wordErrors } from './word-errors.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });

describe('the word errors', () => {
  it('are what is wrong, missing and added', () => {
    expect(wordErrors(['the', 'cat', 'sat'], ['the', 'hat', 'sat', 'down'])).toEqual({
      words: 3,
      errors: 2,
      differences: ['cat→hat', '→down'],
    });
    expect(wordErrors(['a', 'b'], ['b']).differences).toEqual(['a→']);
  });

  it('are none for equal texts, and never more than the longer text has words', () => {
    fc.assert(
      fc.property(words, words, (expected, heard) => {
        const { errors } = wordErrors(expected, heard);
        expect(errors).toBeLessThanOrEqual(Math.max(expected.length, heard.length));
        expect(errors === 0).toBe(expected.join(' ') === heard.join(' '));
        expect(wordErrors(heard, expected).errors).toBe(errors);
      }),
    );
  });
});

describe('what is compared', () => {
  it('is the same however a listener writes it', () => {
    const wanted = comparedWords('it cost five dollars at six pm');
    for (const written of [
      'It cost $5 at 6 p.m.',
      'It cost five dollars, at 6 PM!',
      'it cost 5 dollars at six P.M.',
    ])
      expect(comparedWords(written)).toEqual(wanted);
    expect(comparedWords('Mr. Lee, one hundred and five')).toEqual(comparedWords('mister Lee: 105'));
  });

  it('leaves the expected words of every sentence as they were written', () => {
    for (const { heard } of SENTENCES) expect(comparedWords(heard).join(' ')).toBe(heard);
  });
});
