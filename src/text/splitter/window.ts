/**
 * The splitter's view of the visible text: what stands before a candidate is always there; what stands after it may still
 * be on its way.
 *
 * A rule reads ahead with {@link Window.at}. Reading past the text that has arrived marks the judgement as premature
 * ({@link Window.isShort}); the splitter then holds and asks again when there is more. That makes every verdict a function of
 * the text alone, never of the way it was chopped.
 */
import { isSpace } from './chars.ts';

/** No rule looks further ahead than this many characters, so a judgement costs a bounded time. */
export const LOOK_AHEAD = 200;

export class Window {
  /** Visible text from {@link base} on. */
  text = '';
  /** Position of the first character of {@link text}. All positions count from the start of the stream. */
  base = 0;
  /** Position where the text ends for now. */
  limit = 0;
  /** Whether nothing can follow {@link limit} (the end, or a block break). */
  final = false;
  /** First position of the piece that is being gathered. */
  start = 0;
  /** Where the last unit (code, a formula, a link's label) ended: what stands in it is no evidence for what follows. */
  unitEnd = -1;
  private premature = false;

  /** Whether a rule has read past {@link limit}, while more may come, since the last {@link begin}. */
  isShort(): boolean {
    return this.premature;
  }

  /** Starts a judgement. */
  begin(): void {
    this.premature = false;
  }

  /** The code unit at a position; 0 outside the text (and then {@link short} is set when more may come). */
  at(position: number): number {
    if (position >= this.limit) {
      if (!this.final) this.premature = true;
      return 0;
    }
    return position < this.base ? 0 : this.text.charCodeAt(position - this.base);
  }

  slice(from: number, to: number): string {
    return this.text.slice(from - this.base, to - this.base);
  }

  /** The characters before `position` back to white space or the piece's start. */
  tokenBefore(position: number): string {
    let from = position;
    const lowest = Math.max(this.start, position - 60);
    while (from > lowest && !isSpace(this.text.charCodeAt(from - 1 - this.base))) from--;
    return this.slice(from, position);
  }

  /** The characters from `position` up to white space or the end. */
  tokenAfter(position: number): string {
    let to = position;
    const highest = position + 60;
    for (;;) {
      if (to >= highest) break;
      const code = this.at(to);
      if (code === 0 || isSpace(code)) break;
      to++;
    }
    return this.slice(position, Math.min(to, this.limit));
  }
}
