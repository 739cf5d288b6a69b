/** From offsets of an answer to what is shown of it, and back. Blocks carry `data-base`, pieces of text `data-o`. */

/** What is shown of the answer's characters from `from` to `to`; undefined when nothing of them is. */
export function rangeOf(answer: Element, from: number, to: number): Range | undefined {
  const range = document.createRange();
  let found = false;
  for (const { node, start } of pieces(answer, from, to)) {
    const length = node.data.length;
    if (start + length <= from || start >= to) continue;
    if (!found) range.setStart(node, Math.max(0, from - start));
    range.setEnd(node, Math.min(length, to - start));
    found = true;
  }
  return found ? range : undefined;
}

/** The answer's offset at a point of the window; undefined where no text of it stands. */
export function offsetAt(x: number, y: number): number | undefined {
  const caret = document.caretPositionFromPoint(x, y);
  const piece = caret?.offsetNode.parentElement?.closest<HTMLElement>('[data-o]');
  const block = piece?.closest<HTMLElement>('[data-base]');
  if (!caret || !piece || !block) return undefined;
  return Number(block.dataset['base']) + Number(piece.dataset['o']) + caret.offset;
}

interface Piece {
  readonly node: Text;
  /** Offset in the answer of its first character. */
  readonly start: number;
}

/** The pieces of text in the blocks that lie between two offsets, in order. */
function* pieces(answer: Element, from: number, to: number): Generator<Piece> {
  const blocks = answer.querySelectorAll<HTMLElement>(':scope > [data-base]');
  for (const [i, block] of blocks.entries()) {
    const base = Number(block.dataset['base']);
    const next = Number(blocks[i + 1]?.dataset['base'] ?? Infinity);
    if (next <= from) continue;
    if (base >= to) return;
    for (const piece of block.querySelectorAll<HTMLElement>('[data-o]')) {
      const node = piece.firstChild;
      if (node instanceof Text) yield { node, start: base + Number(piece.dataset['o']) };
    }
  }
}
