/** What of an answer the listener really got, for the conversation's memory. Pure. */
import type { Heard, Sentence } from '../common/sentence.ts';

/** Length of spoken text when nothing has been measured, ms a character: English read at about 15 characters a second. */
const CHARACTER_MS = 65;

/** A sentence and, once it is known, the length of its sound. */
export interface HeardSentence {
  readonly sentence: Sentence;
  readonly audioMs: number | undefined;
}

/**
 * The beginning of `answer` that was heard: all sentences before the one that was cut, and of that one the share of its
 * words that the time played stands for. '' when nothing was heard.
 */
export function heardText(answer: string, sentences: readonly HeardSentence[], heard: Heard): string {
  const cut = sentences[heard.sentenceIndex];
  if (heard.sentenceIndex < 0) return '';
  if (cut === undefined) return answer.slice(0, sentences.at(-1)?.sentence.end ?? 0);
  const { sentence } = cut;
  const audioMs = cut.audioMs ?? estimateMs(sentence, sentences);
  const share = audioMs > 0 ? Math.min(1, heard.sentenceMs / audioMs) : 1;
  return answer.slice(0, sentence.start) + leadingWords(sentence.text, share);
}

/** The first `share` (0 to 1) of a text's words, rounded down, with the white space between them. */
function leadingWords(text: string, share: number): string {
  if (share >= 1) return text;
  const words = [...text.matchAll(/\S+/g)];
  const last = words[Math.floor(words.length * share) - 1];
  return last === undefined ? '' : text.slice(0, last.index + last[0].length);
}

/** Length of a sentence whose sound is not whole yet, by the pace of the others. */
function estimateMs(sentence: Sentence, sentences: readonly HeardSentence[]): number {
  let characters = 0;
  let ms = 0;
  for (const known of sentences) {
    if (known.audioMs === undefined || known.audioMs <= 0) continue;
    characters += known.sentence.spoken.length;
    ms += known.audioMs;
  }
  return sentence.spoken.length * (characters > 0 ? ms / characters : CHARACTER_MS);
}
