/**
 * Where each position of the visible text lies in the source, kept as a list of jumps: between two jumps the visible text
 * and the source run in step. Positions and offsets count from the start of the stream; queries only move forward, so each
 * jump is passed once.
 */

/** A slice of the source without the white space at its ends. */
export interface SourceSlice {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Jump {
  readonly visible: number;
  readonly source: number;
  /** Whether the jump already counts for a piece that ends exactly here (closing markup) or only beyond it. */
  readonly inclusive: boolean;
}

export class SourceMap {
  private text = '';
  private base = 0;
  /** Source offset where the last piece ended. */
  private taken = 0;
  private expected = 0;
  /** Source characters so far. */
  get length(): number {
    return this.base + this.text.length;
  }

  private jumps: Jump[] = [];
  private head = 0;
  private current: Jump = { visible: 0, source: 0, inclusive: true };

  /** Adds source text. */
  append(delta: string): void {
    this.text += delta;
  }

  /** Visible position `visible` is source offset `at`, and the next `length` characters run in step. */
  plain(visible: number, at: number, length: number): void {
    if (at !== this.expected) this.jumps.push({ visible, source: at, inclusive: false });
    this.expected = at + length;
  }

  /** `length` visible characters stand for the source slice that ends at `end`. */
  unit(visible: number, length: number, end: number): void {
    this.jumps.push({ visible, source: end - length, inclusive: false });
    this.expected = end;
  }

  /** Silent markup at a visible position. Opening markup needs no jump: the text after it brings one. */
  markup(visible: number, end: number, side: 'close' | 'open'): void {
    if (side === 'open') return;
    this.jumps.push({ visible, source: end, inclusive: true });
    this.expected = end;
  }

  /** The piece that ends at a visible position; undefined when only white space is left in it. */
  take(visible: number): SourceSlice | undefined {
    return this.takeTo(this.endOf(visible));
  }

  /** The piece that ends at source offset `end`; undefined when only white space is left in it. */
  takeTo(end: number): SourceSlice | undefined {
    if (end <= this.taken) return undefined;
    let from = this.taken - this.base;
    let to = end - this.base;
    while (from < to && isWhite(this.text.charCodeAt(from))) from++;
    while (to > from && isWhite(this.text.charCodeAt(to - 1))) to--;
    const slice =
      from === to
        ? undefined
        : { text: this.text.slice(from, to), start: from + this.base, end: to + this.base };
    this.taken = end;
    this.forget();
    return slice;
  }

  private endOf(visible: number): number {
    for (;;) {
      const next = this.jumps[this.head];
      if (next === undefined || next.visible > visible) break;
      if (next.visible === visible && !next.inclusive) break;
      this.current = next;
      this.head++;
    }
    if (this.head > 1_024) {
      this.jumps = this.jumps.slice(this.head);
      this.head = 0;
    }
    return this.current.source + (visible - this.current.visible);
  }

  private forget(): void {
    const done = this.taken - this.base;
    if (done < 4_096 && done < this.text.length) return;
    this.text = this.text.slice(done);
    this.base = this.taken;
  }
}

/** What `String.prototype.trim` takes for white space. */
function isWhite(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return code >= 0xa0 && /\s/.test(String.fromCharCode(code));
}
