import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardText, type HeardSentence } from './heard.ts';

const answer = 'One two three. Four five six seven. Eight nine.';
const parts = ['One two three. ', 'Four five six seven. ', 'Eight nine.'];

function sentences(audioMs: readonly (number | undefined)[]): HeardSentence[] {
  let start = 0;
  return parts.map((text, index) => {
    const sentence = { turnId: 't', index, text, spoken: text.trim(), start, end: start + text.length };
    start += text.length;
    return { sentence, audioMs: audioMs[index] };
  });
}

const heard = (sentenceIndex: number, sentenceMs: number) => ({ turnId: 't', sentenceIndex, sentenceMs });

describe('what was heard of an answer', () => {
  const known = sentences([1_000, 2_000, 500]);

  it('is nothing when nothing was played', () => {
    expect(heardText(answer, known, heard(-1, 0))).toBe('');
  });

  it('is everything when the last sentence was played to its end', () => {
    expect(heardText(answer, known, heard(2, 500))).toBe(answer);
  });

  it('holds whole sentences and the heard share of the next one’s words', () => {
    expect(heardText(answer, known, heard(1, 1_000))).toBe('One two three. Four five');
    expect(heardText(answer, known, heard(1, 400))).toBe('One two three. ');
  });

  it('reckons a sentence whose sound is not whole yet by the pace of the others', () => {
    // 15 characters in 1,400 ms: the second sentence, 20 characters, takes 2,000 ms.
    const unknown = sentences([1_400, undefined, undefined]);
    expect(heardText(answer, unknown, heard(1, 1_000))).toBe('One two three. Four five');
  });

  it('is always a beginning of the answer that grows with the time played', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 3 }), fc.nat(3_000), fc.nat(3_000), (index, a, b) => {
        const [less, more] = [
          heardText(answer, known, heard(index, Math.min(a, b))),
          heardText(answer, known, heard(index, Math.max(a, b))),
        ];
        expect(answer.startsWith(more)).toBe(true);
        expect(more.startsWith(less)).toBe(true);
      }),
    );
  });
});
