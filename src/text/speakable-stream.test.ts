import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece } from '../common/sentence.ts';
import { createSpeakableStream, speakablePieces } from './speakable-stream.ts';
import type { SpeakableOptions } from './options.ts';

const ONE_BY_ONE: Partial<SpeakableOptions> = { minimumSentenceLength: 1, quickYield: false };

/** Text as language models write it, dense in what the filter and the splitter must judge. */
const markedText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Hello',
        'world',
        'Dr',
        'Mr. Smith',
        'etc.',
        'U.S.',
        'e.g.',
        'and',
        'the',
        'It',
        'p.m.',
        'No',
        '3.5',
        '1,000',
        '7',
        '.',
        '!',
        '?',
        '…',
        '...',
        ',',
        ':',
        ';',
        ' - ',
        '—',
        ' ',
        ' ',
        ' ',
        '\n',
        '\n\n',
        '\n- ',
        '\n1. ',
        '\n2) ',
        '\n# ',
        '**',
        '*',
        '_',
        '`',
        '```',
        '\n```py\n',
        '\n```\n',
        '~~',
        '[',
        ']',
        '](',
        '(',
        ')',
        '![',
        '[1]',
        '[^2]',
        '<',
        '>',
        '<br>',
        '</b>',
        '<think>',
        '</think>',
        '$',
        '$$',
        '\\',
        '\\(',
        '\\)',
        '&amp;',
        '&',
        '| a | b |',
        '\n| --- | --- |\n',
        '\n> ',
        '\n---\n',
        '"',
        '“',
        '”',
        "'",
        '😀',
        '👩‍💻',
        '。',
        '！',
        '「',
        '」',
        '你好',
        '¿',
        'https://a.b/c?d=e.f',
        'a@b.co',
        '*sighs*',
        '*softly laughs*',
        'x^2',
        '\\frac{1}{2}',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const options = fc.record({
  minimumSentenceLength: fc.integer({ min: 0, max: 30 }),
  minimumFirstFragmentLength: fc.integer({ min: 0, max: 20 }),
  quickYield: fc.boolean(),
  maximumLength: fc.integer({ min: 30, max: 200 }),
  codeBlocks: fc.constantFrom('skip' as const, 'announce' as const, 'read' as const),
  tables: fc.constantFrom('rows' as const, 'skip' as const),
});

function pushed(parts: readonly string[], given: Partial<SpeakableOptions>): Piece[] {
  const stream = createSpeakableStream(given);
  const pieces = parts.flatMap((part) => stream.push(part));
  return [...pieces, ...stream.end()];
}

function chopped(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [...places, text.length].map((place, i) => text.slice(places[i - 1] ?? 0, place));
}

describe('the pieces of any text', () => {
  it('tile it: every character but white space at the joins is in exactly one piece', () => {
    fc.assert(
      fc.property(markedText, options, (text, given) => {
        let at = 0;
        for (const piece of speakablePieces(text, given)) {
          expect(text.slice(at, piece.start).trim()).toBe('');
          expect(text.slice(piece.start, piece.end)).toBe(piece.text);
          expect(piece.text).toBe(piece.text.trim());
          expect(piece.text).not.toBe('');
          at = piece.end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('are the same however the text is chopped', () => {
    fc.assert(
      fc.property(markedText, options, fc.array(fc.nat()), (text, given, cuts) => {
        const whole = speakablePieces(text, given);
        expect(pushed(chopped(text, cuts), given)).toEqual(whole);
        expect(pushed(text.split(''), given)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('are never taken back: what a prefix gave is how the whole begins', () => {
    fc.assert(
      fc.property(markedText, options, fc.nat(), (text, given, cut) => {
        const early = createSpeakableStream(given).push(text.slice(0, cut % (text.length + 1)));
        expect(speakablePieces(text, given).slice(0, early.length)).toEqual(early);
      }),
      { numRuns: 500 },
    );
  });
});

describe('latency settings', () => {
  it('give the first fragment out at a comma once it has ten characters', () => {
    const pieces = speakablePieces('Of course, I can help you with that. Let us begin.');
    expect(pieces.map((piece) => piece.text)).toEqual([
      'Of course, I can help you with that.',
      'Let us begin.',
    ]);
    const longer = speakablePieces('Absolutely yes, I can help you with that.');
    expect(longer.map((piece) => piece.text)).toEqual(['Absolutely yes,', 'I can help you with that.']);
  });

  it('join a sentence below the minimum with the next one', () => {
    const pieces = speakablePieces('This is a whole sentence. Yes. It is the next one.');
    expect(pieces.map((piece) => piece.text)).toEqual([
      'This is a whole sentence.',
      'Yes. It is the next one.',
    ]);
  });

  it('never split inside a number that is still coming', () => {
    const stream = createSpeakableStream(ONE_BY_ONE);
    expect(stream.push('The price is 3.')).toEqual([]);
    expect(stream.push('5 euros. ')).toEqual([]);
    expect(stream.push('B').map((piece) => piece.text)).toEqual(['The price is 3.5 euros.']);
  });
});
