/**
 * Turns an American pronunciation into a British one, for words of which only the American one is known.
 *
 * The rules are the regular differences between the accents in misaki's alphabets: r only before vowels, long vowels
 * marked, `a` `ɒ` `Q` for `æ` `ɑ` `O`, no flap, no side stress after the main one.
 */

const BEFORE_VOWEL = '(?=[ˈˌ]?[AIOQWYaæiuɑɒɔəɛɜɪʊʌᵻᵊ])';
const ELSEWHERE = BEFORE_VOWEL.replace('?=', '?!');
const pattern = (source: string): RegExp => new RegExp(source, 'gu');

const RULES: readonly (readonly [RegExp, string])[] = [
  [/[ɾTʔ]/g, 't'],
  [/ᵻ/g, 'ɪ'],
  [/O/g, 'Q'],
  [/æ/g, 'a'],
  [pattern(`ɜɹ${ELSEWHERE}`), 'ɜː'],
  [/ɜɹ/g, 'ɜːɹ'],
  [pattern(`([ɑɔ])ɹ${ELSEWHERE}`), '$1ː'],
  [pattern(`ɛɹ${ELSEWHERE}`), 'ɛː'],
  [pattern(`([ɪʊ])ɹ${ELSEWHERE}`), '$1ə'],
  [/([ɪʊ])ɹ/g, '$1əɹ'],
  [pattern(`([IWAYQiu])ɹ${ELSEWHERE}`), '$1ə'],
  [pattern(`əɹ${ELSEWHERE}`), 'ə'],
  [/əə/g, 'ə'],
  [/ɔ(?!ː)/g, 'ɔː'],
  [/u(?!ː)/g, 'uː'],
  [pattern(`(?<![ˈˌ])i${BEFORE_VOWEL}`), 'ɪ'],
  [/i(?=.)(?!ː)|(?<=[ˈˌ])i$/gu, 'iː'],
  [/(?<=ʃ)ən/g, 'ᵊn'],
  [/(?<=ˈ.*)ˌ/g, ''],
];

/**
 * @param written the word as spelled: an American `ɑ` in a word with an o, or after w, is a British `ɒ` ("blog").
 */
export function toBritish(phonemes: string, written: string): string {
  const round = /o/i.test(written) ? 'ɒ' : 'ɑː';
  return RULES.reduce((text, [from, to]) => text.replace(from, to), phonemes)
    .replace(/(?<=w[ˈˌ]?)ɑ(?!ː)/g, 'ɒ')
    .replace(/ɑ(?!ː)/g, round);
}
