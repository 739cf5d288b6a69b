/**
 * How long after the first sentence of a turn the second one is there to be said, and how long that one is, as they were lately. A
 * first sentence of a few words is over before the language model has written the next: a moment more in hand bridges that.
 */

/** How many turns back it looks. */
const WINDOW = 5;

/** Of them so many are to be at least as early, and as short, as what is expected: one in five may be worse. */
const SHARE = 0.8;

/** A second sentence that is not there yet. */
export interface ExpectedText {
  /** How long its text will presumably not be there, ms. */
  readonly textMs: number;
  /** Characters of the words to be said. */
  readonly characters: number;
}

export class TextPace {
  private afterMs: number[] = [];
  private lengths: number[] = [];

  /** In a turn the second sentence, of so many characters, came `ms` after the first. */
  note(ms: number, characters: number): void {
    this.afterMs = [...this.afterMs, ms].slice(-WINDOW);
    this.lengths = [...this.lengths, characters].slice(-WINDOW);
  }

  /** What is expected of the second sentence when the first came `ms` ago; undefined before any was seen. */
  expected(ms: number): ExpectedText | undefined {
    const afterMs = mostOf(this.afterMs);
    const characters = mostOf(this.lengths);
    if (afterMs === undefined || characters === undefined) return undefined;
    return { textMs: Math.max(0, afterMs - ms), characters };
  }
}

/** The least value that {@link SHARE} of them do not exceed. */
function mostOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.ceil(SHARE * values.length) - 1];
}
