/**
 * An answer cut into its top-level Markdown blocks (paragraphs, lists, code, …) as it grows. Only the last block can still
 * change by what comes, so only that one is read again: the work does not grow with the length of the answer.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { isPlainProse } from './plain-prose.ts';

/** A block of an answer. */
export interface Block {
  /** Offset in the answer of its first character. */
  readonly start: number;
  readonly source: string;
}

/** The blocks of a text. They are in order; between them lies white space only. */
export interface Blocks {
  readonly text: string;
  readonly list: readonly Block[];
}

export const NO_BLOCKS: Blocks = { text: '', list: [] };

/** The blocks of `text`. Those of `before` are kept (the same objects) as far as `text` goes on from it. */
export function blocksOf(text: string, before: Blocks = NO_BLOCKS): Blocks {
  if (text === before.text) return before;
  const settled = text.startsWith(before.text) ? before.list.slice(0, -1) : [];
  const last = text.startsWith(before.text) ? before.list.at(-1) : undefined;
  const from = last?.start ?? 0;
  return { text, list: [...settled, ...read(text.slice(from), from)] };
}

function read(text: string, from: number): Block[] {
  if (isPlainProse(text)) return [{ start: from, source: text }];
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const blocks: Block[] = [];
  for (const { position } of tree.children) {
    const start = position?.start.offset ?? 0;
    blocks.push({ start: from + start, source: text.slice(start, position?.end.offset) });
  }
  return blocks;
}
