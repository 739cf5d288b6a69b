import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, NO_BLOCKS, type Blocks } from './markdown-blocks.ts';

const SAMPLE = [
  '# A heading',
  '',
  'A paragraph with **bold**',
  'and a second line.',
  '',
  '- one',
  '- two',
  '',
  '  still two',
  '',
  '```ts',
  'const a = 1;',
  '',
  'const b = 2;',
  '```',
  '',
  '| a | b |',
  '| - | - |',
  '| 1 | 2 |',
  '',
  'The end.',
].join('\n');

function grown(text: string, cuts: readonly number[]): Blocks {
  let blocks = NO_BLOCKS;
  let at = 0;
  for (const cut of cuts) {
    at = Math.min(text.length, at + cut);
    blocks = blocksOf(text.slice(0, at), blocks);
  }
  return blocksOf(text, blocks);
}

describe('the blocks of an answer', () => {
  it('are the top-level pieces of its Markdown, in order, with their places', () => {
    const { list } = blocksOf(SAMPLE);
    expect(list.map(({ source }) => source.split('\n')[0])).toEqual([
      '# A heading',
      'A paragraph with **bold**',
      '- one',
      '```ts',
      '| a | b |',
      'The end.',
    ]);
    for (const { start, source } of list) expect(SAMPLE.startsWith(source, start)).toBe(true);
  });

  it('are the same however the text comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (cuts) => {
        expect(grown(SAMPLE, cuts).list).toEqual(blocksOf(SAMPLE).list);
      }),
    );
  });

  it('keep their objects when text is added, all but the last', () => {
    const before = blocksOf('One.\n\nTwo.\n\nThr');
    const after = blocksOf('One.\n\nTwo.\n\nThree.\n\nFour.', before);
    expect(after.list.slice(0, 2).map((block, i) => block === before.list[i])).toEqual([true, true]);
    expect(after.list.map(({ source }) => source)).toEqual(['One.', 'Two.', 'Three.', 'Four.']);
  });

  it('are read anew when the text is another', () => {
    expect(blocksOf('Other.', blocksOf('One.\n\nTwo.')).list.map(({ source }) => source)).toEqual(['Other.']);
  });
});
