/**
 * A rehype plugin that notes on each piece of text where it stands in the Markdown: `<span data-o="12">`. So what is seen
 * can be found from an offset of the answer (to mark what is heard) and the offset from what is clicked.
 */
import type { Element, ElementContent, Root, Text } from 'hast';

/** The plugin; for react-markdown's `rehypePlugins`. Code blocks are not spoken and stay as they are. */
export function textOffsets(): (tree: Root) => void {
  return (tree) => {
    for (const child of tree.children) if (child.type === 'element') visit(child);
  };
}

function visit(element: Element): void {
  if (element.tagName === 'pre') return;
  element.children = element.children.map((child) => {
    if (child.type === 'element') visit(child);
    return child.type === 'text' ? placed(child, element) : child;
  });
}

function placed(text: Text, parent: Element): ElementContent {
  // The text of inline code has no place of its own; it stands in the middle of its backticks.
  const { position = parent.position } = text;
  const start = position?.start.offset;
  const end = position?.end.offset;
  if (start === undefined || end === undefined || text.value.trim() === '') return text;
  const marks = parent.tagName === 'code' ? Math.max(0, end - start - text.value.length) >> 1 : 0;
  return { type: 'element', tagName: 'span', properties: { dataO: start + marks }, children: [text] };
}
