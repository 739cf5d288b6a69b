/**
 * The stream between the markdown filter and the splitter: what is left to say of the text as written, with the place
 * each part has in the source.
 *
 * Calls come in source order. Offsets are absolute (UTF-16 code units since the start of the stream). Together the calls
 * cover the source; nothing is taken back.
 */

/** How strongly a break ends the piece before it. `line` obeys the minimum length, `block` always ends the piece. */
export type BreakKind = 'line' | 'block';

export interface VisibleSink {
  /** Text that is said as it stands: `say[k]` is the source's character at `at + k`. */
  plain(say: string, at: number): void;
  /** Words for the source slice `start`…`end`; no sentence ends inside them. */
  unit(say: string, start: number, end: number): void;
  /** Markup that is not said, belonging to what stands before it (`close`) or after it (`open`). */
  markup(start: number, end: number, side: 'close' | 'open'): void;
  /** Bold text begins or ends here; a stop inside it is not an end. */
  strong(side: 'open' | 'close'): void;
  /** A break at source offset `at`. */
  breakAt(at: number, kind: BreakKind): void;
  /** A slice that is a piece of its own: `say` is said for it; silent when that is ''. */
  aside(start: number, end: number, say: string): void;
}
