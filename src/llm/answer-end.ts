/**
 * Where a very small model's answer ends when the model does not end it itself.
 *
 * SmolLM2-135M often goes on for as long as it may, saying the same again. An answer that is listened to is better ended
 * at a whole sentence: at the first paragraph's end past {@link PARAGRAPH_END_TOKENS}, the first sentence's end past
 * {@link SENTENCE_END_TOKENS}, or after a long sentence that the answer holds already. Such an end counts as the model's
 * own; only {@link MAX_ANSWER_TOKENS} cuts in the middle of a sentence.
 */

/** From here on the end of a paragraph ends the answer (about 75 s of speech). */
export const PARAGRAPH_END_TOKENS = 260;
/** From here on the end of a sentence ends the answer (about 100 s of speech). */
export const SENTENCE_END_TOKENS = 360;
/** No answer is longer. */
export const MAX_ANSWER_TOKENS = 512;

/** A sentence shorter than this may be said twice. */
const REPEATED_SENTENCE_CHARACTERS = 40;

/** A word of three letters or more and a full end, closing marks allowed: not "Dr." and not "3." */
const SENTENCE_END = /\p{L}{3,}[.!?…]["”’')\]]*$/u;

/** Follows one answer as it is written. */
export class AnswerEnd {
  private text = '';
  private tokens = 0;
  private readonly sentences = new Set<string>();

  /** Whether the answer ends before `next`, its next piece of `tokens` tokens. When it does not, `next` is taken in. */
  endsBefore(next: string, tokens: number): boolean {
    if (/^\s/.test(next) && SENTENCE_END.test(this.text) && this.endsHere(next)) return true;
    this.text += next;
    this.tokens += tokens;
    return false;
  }

  private endsHere(next: string): boolean {
    const repeats = this.noteSentence();
    if (this.tokens >= SENTENCE_END_TOKENS || repeats) return true;
    return this.tokens >= PARAGRAPH_END_TOKENS && next.includes('\n');
  }

  /** Notes the sentence that has just ended; true when it was there before. */
  private noteSentence(): boolean {
    const start = Math.max(
      0,
      ...[...this.text.matchAll(/[.!?…]["”’')\]]*\s+|\n/g)].map((m) => m.index + m[0].length),
    );
    const sentence = this.text.slice(start).trim();
    if (sentence.length < REPEATED_SENTENCE_CHARACTERS) return false;
    if (this.sentences.has(sentence)) return true;
    this.sentences.add(sentence);
    return false;
  }
}
