import { describe, expect, it } from 'vitest';
import { AnswerEnd, PARAGRAPH_END_TOKENS, SENTENCE_END_TOKENS } from './answer-end.ts';

/** Feeds pieces until the answer ends; gives what was let through. */
function write(pieces: Iterable<readonly [text: string, tokens: number]>): string {
  const end = new AnswerEnd();
  let text = '';
  for (const [piece, tokens] of pieces) {
    if (end.endsBefore(piece, tokens)) return text;
    text += piece;
  }
  return text;
}

describe('where an answer ends', () => {
  it('leaves a short answer alone', () => {
    expect(
      write([
        ['It rains.', 5],
        [' It shines.', 5],
        ['\n\nBoth.', 5],
      ]),
    ).toBe('It rains. It shines.\n\nBoth.');
  });

  it('ends at a paragraph, not at a sentence, once the answer is long', () => {
    const pieces = [
      ['It rains.', PARAGRAPH_END_TOKENS],
      [' It shines.', 5],
      ['\n\n', 1],
      ['More', 1],
    ] as const;
    expect(write(pieces)).toBe('It rains. It shines.');
  });

  it('ends at the next whole sentence when the answer is longer still', () => {
    const pieces = [
      ['It rains', SENTENCE_END_TOKENS],
      [' on Dr.', 3],
      [' Smith', 1],
      ['.', 1],
      [' More', 1],
    ] as const;
    expect(write(pieces)).toBe('It rains on Dr. Smith.');
  });

  it('never ends between a quotation’s full stop and its closing mark', () => {
    const pieces = [
      ['"It rains', SENTENCE_END_TOKENS],
      ['.', 1],
      ['"', 1],
      [' He left', 2],
    ] as const;
    expect(write(pieces)).toBe('"It rains."');
  });

  it('ends when a long sentence comes a second time', () => {
    const sentence = 'She painted the same blue door over and over again.';
    const pieces = [
      [sentence, 12],
      [` ${sentence}`, 12],
      [` ${sentence}`, 12],
    ] as const;
    expect(write(pieces)).toBe(`${sentence} ${sentence}`);
  });

  it('lets a short sentence come as often as it likes', () => {
    const pieces = [
      ['Paint!', 2],
      [' Paint!', 2],
      [' Paint!', 2],
      [' Go', 1],
    ] as const;
    expect(write(pieces)).toBe('Paint! Paint! Paint! Go');
  });
});
