import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DICTIONARY_PHONEMES } from '../../common/dictionary.ts';
import { loadG2p, type G2p } from './g2p.ts';
import { misakiPhonemes } from './own-pronunciations.ts';

const models = join(import.meta.dirname, '..', '..', '..', 'models');
let g2p: G2p;
beforeAll(async () => {
  g2p = await loadG2p(models, 'en-US');
});

/** The phonemes of `text` with `word` said as `phonemes`. */
function said(text: string, word: string, phonemes: string): string {
  const start = text.indexOf(word);
  return g2p.phonemize(text, [{ start, end: start + word.length, phonemes }]).phonemes;
}

describe('a word with phonemes of the person’s own', () => {
  it('is said with them and leaves the others as they were', () => {
    const text = 'Ask Nguyen again.';
    const [ask = '', , again = ''] = g2p.phonemize(text).phonemes.split(' ');
    expect(said(text, 'Nguyen', 'wˈɪn')).toBe(`${ask} wˈɪn ${again}`);
  });

  it('takes the endings of any word', () => {
    expect(said("Nguyen's cat", 'Nguyen', 'wˈɪn')).toMatch(/^wˈɪnz /);
    expect(said("Nguyen's cat", 'Nguyen', 'lˈʊks')).toMatch(/^lˈʊksᵻz /);
  });

  it('may be part of a compound, or several words', () => {
    expect(said('a gif-like thing', 'gif', 'ʤˈɪf')).toContain('ʤˈɪfl');
    expect(said('in New York now', 'New York', 'nuˈjɔɹk')).toMatch(/^ˌ?ɪn nuˈjɔɹk nˈW$/);
  });

  it('decides how the article before it is said', () => {
    expect(said('the hour', 'hour', 'ˈWəɹ')).toBe('ði ˈWəɹ');
    expect(said('the hour', 'hour', 'hˈWəɹ')).toBe('ðə hˈWəɹ');
  });
});

describe('the phonemes of a dictionary', () => {
  it('may be written in plain IPA', () => {
    expect(misakiPhonemes('dʒˈɪf')).toBe('ʤˈɪf');
    expect(misakiPhonemes('kˈeɪtʃ gˈoʊ rˈaɪt')).toBe('kˈAʧ ɡˈO ɹˈIt');
  });

  it('are all known to the voice model', async () => {
    const file = await readFile(join(models, 'kokoro-82m', 'vocab.json'), 'utf8');
    const { vocab } = z.object({ vocab: z.record(z.string(), z.number()) }).parse(JSON.parse(file));
    const unknown = Array.from(DICTIONARY_PHONEMES).filter((sign) =>
      Array.from(misakiPhonemes(`|${sign}|`).replaceAll('|', '')).some(
        (mapped) => vocab[mapped] === undefined,
      ),
    );
    expect(unknown).toEqual([]);
  });
});
