import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { type G2p, loadG2p } from './g2p.ts';

const DATA = join(import.meta.dirname, '../../../models');
/** Every token of Kokoro-82M v1.0, from its vocabulary. */
const VOICE_ALPHABET = new Set(
  ';:,.!?—…"()“” ̃ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ',
);

let us: G2p;
let gb: G2p;

beforeAll(async () => {
  [us, gb] = await Promise.all([loadG2p(DATA, 'en-US'), loadG2p(DATA, 'en-GB')]);
});

const say = (text: string): string => us.phonemize(text).phonemes;

describe('phonemize', () => {
  it.each([
    ['hello world', 'həlˈO wˈɜɹld'],
    ['The cat sat on the mat.', 'ðə kˈæt sˈæt ˌɔn ðə mˈæt.'],
    [
      'I read the book yesterday, and tomorrow I will read it again.',
      'ˌI ɹˈɛd ðə bˈʊk jˈɛstəɹdˌA, ænd təmˈɑɹO ˌI wɪl ɹˈid ɪt əɡˈɛn.',
    ],
    ['better water', 'bˈɛTəɹ wˈɔTəɹ'],
  ])('reads %s', (text, phonemes) => {
    expect(say(text)).toBe(phonemes);
  });

  it('reads British words the British way', () => {
    expect(gb.phonemize('The car is better.').phonemes).toBe('ðə kˈɑː ɪz bˈɛtə.');
  });

  it('keeps the punctuation that the voice knows, and curls straight quotes', () => {
    expect(say('"Wait," she said; (really?) — no… yes!')).toBe('“wˈAt,” ʃi sˈɛd; (ɹˈiᵊli?) — nˈO… jˈɛs!');
  });

  it.each(['', '   ', '\n', '日本語', '👍🏽', '\u0000', '~~~', '\ud800'])(
    'has nothing to say for %j',
    (text) => {
      expect(us.phonemize(text).phonemes).toBe('');
    },
  );

  it('reads digits that were left in the text one by one', () => {
    expect(say('42')).toBe(say('four two'));
  });

  it('passes over signs and foreign script between words', () => {
    expect(say('good 日本 ☃ morning')).toBe(say('good morning'));
  });

  it('reads accented letters as plain ones', () => {
    expect(say('café')).toBe(say('cafe'));
  });
});

describe('the places of words', () => {
  it('point to the word and to its sounds', () => {
    const text = "It's a well-known fact.";
    const { phonemes, tokens } = us.phonemize(text);
    expect(
      tokens.map((t) => [t.kind, text.slice(t.start, t.end), phonemes.slice(t.phonemeStart, t.phonemeEnd)]),
    ).toEqual([
      ['word', "It's", 'ˌɪts'],
      ['word', 'a', 'ɐ'],
      ['word', 'well-known', 'wˌɛlnˈOn'],
      ['word', 'fact', 'fˈækt'],
      ['mark', '.', '.'],
    ]);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'the',
        "don't",
        'U.S.',
        'NASA',
        "'",
        '"',
        '-',
        '—',
        '3.5',
        ' ',
        'é',
        "s'",
        '.',
        'iPhone',
        '(',
        '/',
        '&',
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join('')),
);

describe('any text at all', () => {
  it('gives only tokens of the voice, single spaces and none at the ends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const g2p of [us, gb]) {
          const { phonemes } = g2p.phonemize(text);
          expect(Array.from(phonemes).filter((symbol) => !VOICE_ALPHABET.has(symbol))).toEqual([]);
          expect(phonemes).toBe(phonemes.trim());
          expect(phonemes).not.toContain('  ');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives tokens in order that cover every word of the text and every sound', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { phonemes, tokens } = us.phonemize(text);
        let at = 0;
        let phonemeAt = 0;
        for (const token of tokens) {
          expect(text.slice(at, token.start).trim()).toBe('');
          expect(phonemes.slice(phonemeAt, token.phonemeStart).trim()).toBe('');
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.phonemeEnd).toBeGreaterThanOrEqual(token.phonemeStart);
          at = token.end;
          phonemeAt = token.phonemeEnd;
        }
        expect(text.slice(at).trim()).toBe('');
        expect(phonemeAt).toBe(phonemes.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('loadG2p', () => {
  it('names the file that is missing', async () => {
    await expect(loadG2p(join(DATA, 'nowhere'), 'en-US')).rejects.toMatchObject({
      error: { code: 'model-missing' },
    });
  });
});
