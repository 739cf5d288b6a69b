/** Makes a text fit to be said by the model: what its makers' own example script does to it, in short. */

/** Marks that a text may end in; one without a final mark makes the model ramble. */
const FINAL_MARK = /[.!?,;"']$/;

/** Punctuation of Chinese and Japanese, as the model was trained on its ASCII kin. */
const ASCII_OF: Readonly<Record<string, string>> = {
  '，': ', ',
  '。': '. ',
  '：': ': ',
  '；': '; ',
  '？': '? ',
  '！': '! ',
  '、': ', ',
  '（': ' ',
  '）': ' ',
  '【': ' ',
  '】': ' ',
  '《': ' ',
  '》': ' ',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/**
 * The text with ASCII punctuation, without brackets, in one line, ending in a mark. What looks like one of the tokenizer's
 * special tokens (`<|…|>`) loses its bars: no text that a person or a language model wrote may steer the prompt.
 */
export function spokenText(text: string): string {
  const plain = text
    .replace(/<\|([^|]*)\|>/g, ' $1 ')
    .replaceAll('<|', ' ')
    .replaceAll('|>', ' ')
    .replace(/[，。：；？！、（）【】《》“”‘’]/g, (mark) => ASCII_OF[mark] ?? mark)
    .replace(/[()[\]{}]/g, ' ')
    .replace(/°\s?F\b/g, ' degrees Fahrenheit')
    .replace(/°\s?C\b/g, ' degrees Celsius')
    .replaceAll('°', ' degrees ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim();
  return plain === '' || FINAL_MARK.test(plain) ? plain : `${plain}.`;
}

/** Whether there is anything to say: a letter or a digit. */
export function isSayable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
