import fc from 'fast-check';
import { createElement, type FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MarkdownText, Prose } from './AnswerBlock.tsx';
import { blocksOf } from './markdown-blocks.ts';
import { isPlainProse } from './plain-prose.ts';

const markup = <P extends object>(component: FunctionComponent<P>, props: P): string =>
  renderToStaticMarkup(createElement(component, props));

/** Words, and all that Markdown has a meaning for, of which most texts become no prose. */
const anyText = fc
  .array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom('A', 'sea', 'Größe', 'é', '12', ' ', ' ', ', ', '. ', '…', '“', '’'),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom('- ', '!', '?', ':', ';', '(', ')', '"', "'", '%', '€', '  ', '–'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('1. ', '2) ', 'www.a.de', 'http:', '=', '+', '.com', 'x\u0301', '€5'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('*', '_', '`', '~', '[', '](', '|', '<', '&amp;', '\\', '\n', '#', '@'),
      },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('plain prose', () => {
  it('is shown as Markdown shows it', () => {
    let prose = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        if (!isPlainProse(text)) return;
        prose++;
        expect(markup(Prose, { text })).toBe(markup(MarkdownText, { source: text }));
      }),
      { numRuns: 3_000 },
    );
    expect(prose).toBeGreaterThan(200);
  });

  it('is one block of an answer, and of every prefix of it while it is being written', () => {
    const text = 'It was “late”, at 5:30 or so; the sea (all of it) rose 3 % – and fell. ';
    for (let end = 1; end <= text.length; end++)
      expect(blocksOf(text.slice(0, end)).list).toEqual([{ start: 0, source: text.slice(0, end) }]);
  });

  it.each([
    'a *b*',
    'a_b_',
    'see www.a.de',
    'a@b.de',
    'a & b',
    '- a',
    '1. a',
    '# a',
    'a\nb',
    '    a',
    'a <b>',
    '',
  ])('is not %j', (text) => {
    expect(isPlainProse(text)).toBe(false);
  });
});
