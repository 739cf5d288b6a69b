/**
 * Reads the CMU Pronouncing Dictionary and writes its words in misaki's American alphabet.
 *
 * It is asked only for words that misaki's lists lack, most of them names. The conversion follows what misaki's own
 * lists do with the same words: r-coloured and unstressed vowels, syllabic l and n, the American flap.
 */

/** ARPAbet sounds to misaki's; vowels without their stress digit. */
const SOUNDS: Readonly<Record<string, string>> = {
  AA: 'ɑ',
  AE: 'æ',
  AO: 'ɔ',
  AW: 'W',
  AY: 'I',
  EH: 'ɛ',
  EY: 'A',
  IH: 'ɪ',
  IY: 'i',
  OW: 'O',
  OY: 'Y',
  UH: 'ʊ',
  UW: 'u',
  B: 'b',
  CH: 'ʧ',
  D: 'd',
  DH: 'ð',
  F: 'f',
  G: 'ɡ',
  HH: 'h',
  JH: 'ʤ',
  K: 'k',
  L: 'l',
  M: 'm',
  N: 'n',
  NG: 'ŋ',
  P: 'p',
  R: 'ɹ',
  S: 's',
  SH: 'ʃ',
  T: 't',
  TH: 'θ',
  V: 'v',
  W: 'w',
  Y: 'j',
  Z: 'z',
  ZH: 'ʒ',
};
const MARKS: Readonly<Record<string, string>> = { '0': '', '1': 'ˈ', '2': 'ˌ' };

/** First pronunciations of plain words (letters and inner apostrophes, two or more), lower case, in misaki's alphabet. */
export function readCmudict(text: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [word, ...sounds] = line.replace(/#.*/, '').trim().split(' ');
    if (word === undefined || !/^[a-z](?:[a-z']*[a-z])$/.test(word) || word.endsWith("'s")) continue;
    words.set(word, toMisaki(sounds));
  }
  return words;
}

function toMisaki(sounds: readonly string[]): string {
  const written = sounds.map((sound) => {
    const name = sound.replace(/\d/, '');
    const stress = sound.slice(name.length);
    if (name === 'AH') return stress === '0' ? 'ə' : `${MARKS[stress] ?? ''}ʌ`;
    if (name === 'ER') return stress === '0' ? 'əɹ' : `${MARKS[stress] ?? ''}ɜɹ`;
    const symbol = SOUNDS[name];
    if (symbol === undefined) throw new Error(`Unknown sound ${sound}`);
    return (MARKS[stress] ?? '') + symbol;
  });
  return written
    .join('')
    .replace(/(?<=[bdfkmnpstvzɡθʃʧʤ])əl(?=$|[bdfkmnpstvzɡθʃʧʤ])/g, 'ᵊl')
    .replace(/(?<=[tdzʧ])ən$/, 'ᵊn')
    .replace(/(?<=[td])[əɪ]d$/, 'ᵻd')
    .replace(/(?<=[szʃʒʧʤ])[əɪ]z$/, 'ᵻz')
    .replace(/(?<=[AIOWYiuæɑəɛɪɹʊʌ])t(?=[Iiæɑəɛɪʊʌuᵻ]|ᵊl)/g, 'ɾ');
}
