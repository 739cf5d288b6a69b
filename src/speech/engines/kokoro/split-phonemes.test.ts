import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS, splitAtPauses, splitPhonemes } from './split-phonemes.ts';

const cuts = (phonemes: string): readonly string[] => splitPhonemes(phonemes).map((part) => part.cut);

describe('the splitting of an utterance that is made too slowly', () => {
  const clause = `${'abə '.repeat(12)}abə, `;

  it('cuts at its pauses and nowhere else, loses nothing, and leaves no short part', () => {
    const parts = splitAtPauses(`${clause}${'abə '.repeat(40)}abə. ${clause}abə.`);
    expect(parts.map(({ cut }) => cut)).toEqual(['clause', 'sentence', 'none']);
    expect(parts.map(({ phonemes }) => phonemes).join('')).toBe(
      `${clause}${'abə '.repeat(40)}abə. ${clause}abə.`,
    );
    for (const { phonemes } of parts) expect(phonemes.length).toBeGreaterThanOrEqual(30);
  });

  it('leaves a sentence without a pause whole', () => {
    expect(splitAtPauses(`${'abə '.repeat(60)}abə.`)).toHaveLength(1);
    expect(splitAtPauses('abə, abə.')).toHaveLength(1);
    expect(splitAtPauses('')).toEqual([]);
  });
});

describe('the splitting of a long utterance', () => {
  it('loses nothing, repeats nothing, and keeps every part within the model’s limit', () => {
    const phonemes = fc
      .array(
        fc.constantFrom('ə', 'kˈæt', 'ɹˈʌnz', ' ', ', ', '. ', '? ', '—', '…”  ', 'z'.repeat(300), 'ʤ'),
        {
          maxLength: 900,
          size: 'max',
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(phonemes, (input) => {
        const parts = splitPhonemes(input).map((part) => Array.from(part.phonemes));
        expect(parts.flat().join('')).toBe(input);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(MAX_TOKENS);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves an utterance of 300 tokens whole, and one of up to the model’s limit that has no pause', () => {
    expect(splitPhonemes('a. '.repeat(100))).toHaveLength(1);
    expect(cuts(`${'a. '.repeat(100)}a`)).toEqual(['sentence', 'none']);
    expect(splitPhonemes('a b '.repeat(127))).toHaveLength(1);
    expect(splitPhonemes('a b '.repeat(128)).length).toBeGreaterThan(1);
  });

  it('gives no part for nothing', () => {
    expect(splitPhonemes('')).toEqual([]);
  });

  it('cuts after a sentence even where a clause or a word ends nearer to the wanted length', () => {
    const sentence = `${'ˈabə '.repeat(30)}ə. `;
    const [first] = splitPhonemes(`${sentence}${'ab, ab '.repeat(80)}`);
    expect(first).toEqual({ phonemes: sentence, cut: 'sentence' });
  });

  it('cuts after a clause where no sentence ends, and a closing quote does not hide the pause', () => {
    expect(cuts('abə abə, '.repeat(60))[0]).toBe('clause');
    expect(cuts('abə abəd abə.” '.repeat(40))[0]).toBe('sentence');
    expect(cuts('abəabə—'.repeat(80))[0]).toBe('clause');
  });

  it('cuts between words where there is no pause', () => {
    const parts = splitPhonemes('abəd '.repeat(120));
    expect(parts[0]?.cut).toBe('word');
    for (const part of parts) expect(part.phonemes).toMatch(/^(abəd )+$/);
  });

  it('still cuts a word without end', () => {
    expect(cuts('z'.repeat(1_200))).toEqual(new Array(6).fill('none'));
  });

  it('makes parts of even length, with no stub at the end', () => {
    const lengths = splitPhonemes('abəd '.repeat(104)).map((part) => part.phonemes.length);
    expect(Math.min(...lengths)).toBeGreaterThan(120);
  });
});
