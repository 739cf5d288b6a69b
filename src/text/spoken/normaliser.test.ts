import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEAKABLE_OPTIONS } from '../options.ts';
import { createNormaliser } from './normaliser.ts';
import { romanValue } from './en/roman.ts';
import { numberWords } from './en/numbers.ts';

const american = createNormaliser(DEFAULT_SPEAKABLE_OPTIONS);
const NOT_SAYABLE = /[^\p{L}\p{M}\s.,!?;:'"“”‘’„‚()…—–¿¡。、，！？；：「」『』（）《》・؟،؛।॥-]/u;

/** Every character of Unicode's number classes, and the signs of money. */
const numeric = fc.constantFrom(
  ...Array.from({ length: 0x20000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /[\p{N}\p{Sc}]/u.test(character)),
);

/** Text dense in what the rules read. */
const written = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '5',
        '3.5',
        '1,000',
        '1990',
        '12:30',
        '$',
        '€',
        '%',
        '°C',
        'km',
        'kg',
        'M',
        'K',
        '-',
        '–',
        '/',
        '.',
        ':',
        ',',
        '#',
        '@',
        '&',
        '+',
        '=',
        '×',
        '²',
        '⁻³',
        '½',
        '₂',
        '√',
        '~',
        '^',
        '_',
        '*',
        '|',
        '\\',
        '<',
        '>',
        '[',
        ']',
        '{',
        '}',
        '(',
        ')',
        '"',
        "'",
        'v',
        'x',
        'Dr.',
        'No.',
        'Jan.',
        'etc.',
        'IV',
        'Henry',
        'Chapter',
        'http://',
        'www.',
        'a.com',
        'b@c.de',
        '.pdf',
        'a1b2c3d4',
        's',
        'th',
        'pm',
        'a.m.',
        '😀',
        '👩‍💻',
        '🇩🇪',
        '1️⃣',
        '™',
        '®',
        '§',
        '→',
        '≤',
        ' ',
        ' ',
        ' ',
        '\n',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('what is said', () => {
  it('holds no sign, markup or emoji, whatever was written', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(american(text)).not.toMatch(NOT_SAYABLE);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds no digit', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(american(text)).not.toMatch(/\p{N}/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is empty for marks alone', () => {
    for (const marks of ['', '   ', '***', '---', '😀', '...', '"', '()', '~'])
      expect(american(marks)).toBe('');
  });

  it('has the words of a plain sentence as they were', () => {
    const sentence = 'Nothing here, not even "this", needs another word; does it?';
    expect(american(sentence)).toBe(sentence);
  });

  it('ends a line that has no stop with one', () => {
    expect(american('Milk\nEggs\nBread')).toBe('Milk. Eggs. Bread');
    expect(american('A heading\n')).toBe('A heading.');
  });

  it('names emoji when asked to', () => {
    const naming = createNormaliser({ ...DEFAULT_SPEAKABLE_OPTIONS, nameEmoji: true });
    expect(naming('I love it ❤️!')).toBe('I love it red heart!');
    expect(american('I love it ❤️!')).toBe('I love it!');
  });

  it.each([
    'en',
    'en-GB',
    'de',
    'fr',
    'es',
    'pt',
    'it',
    'nl',
    'pl',
    'ru',
    'tr',
    'zh',
    'ja',
    'hi',
    'ar',
    'sv',
  ])('holds no digit or sign of any script (%s)', (lang) => {
    const normalise = createNormaliser({ ...DEFAULT_SPEAKABLE_OPTIONS, lang });
    const unicode = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), numeric), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(unicode, (parts) => {
        const spoken = normalise(parts.join(''));
        expect(spoken).not.toMatch(/\p{N}/u);
        expect(spoken).not.toMatch(NOT_SAYABLE);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the digits of every script', () => {
    expect(american('I have ١٢٣ books, १२ pens and 𝟗 keys.')).toBe(
      'I have one hundred twenty-three books, twelve pens and nine keys.',
    );
  });
});

describe('number words', () => {
  it('never hold a digit and tell numbers apart', () => {
    const words = numberWords(false);
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000_000 }), fc.nat({ max: 1_000_000_000 }), (a, b) => {
        expect(words.cardinal(String(a))).toMatch(/^[a-z -]+$/);
        expect(words.cardinal(String(a)) === words.cardinal(String(b))).toBe(a === b);
      }),
    );
  });

  it('give back a Roman numeral its value', () => {
    expect(['I', 'IV', 'IX', 'XIV', 'XL', 'XCIX', 'MMXXIV'].map(romanValue)).toEqual([
      1, 4, 9, 14, 40, 99, 2024,
    ]);
    expect(['', 'IIII', 'VX', 'ABC'].map(romanValue)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
