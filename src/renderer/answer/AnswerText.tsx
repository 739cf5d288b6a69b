/**
 * An answer as Markdown while it is being written. Raw HTML is shown as the text that it is; links ask before they open;
 * images are not loaded. A click on a sentence hears it.
 */
import { useState, type MouseEvent } from 'react';
import { useApp } from '../components/use-app.ts';
import { AnswerBlock } from './AnswerBlock.tsx';
import { offsetAt } from './answer-dom.ts';
import { blocksOf, NO_BLOCKS } from './markdown-blocks.ts';

export interface AnswerTextProps {
  readonly turnId: string;
  readonly text: string;
  /** Whether it carries the test id. */
  readonly isLast: boolean;
}

export function AnswerText({ turnId, text, isLast }: AnswerTextProps) {
  const hearFrom = useApp((state) => state.hearFrom);
  const { list } = useBlocks(text);
  const onClick = (event: MouseEvent): void => {
    const isControl = event.target instanceof Element && event.target.closest('a, button, pre') !== null;
    if (isControl || getSelection()?.isCollapsed === false) return;
    const offset = offsetAt(event.clientX, event.clientY);
    if (offset !== undefined) hearFrom(turnId, offset);
  };
  return (
    <div
      className="answer"
      data-answer={turnId}
      data-testid={isLast ? 'answer' : undefined}
      onClick={onClick}
    >
      {list.map((block, i) => (
        <AnswerBlock key={i} block={block} isFirst={i === 0} />
      ))}
    </div>
  );
}

/** The blocks of a text that grows. What was read of it is kept from picture to picture. */
function useBlocks(text: string): ReturnType<typeof blocksOf> {
  const [blocks, setBlocks] = useState(() => blocksOf(text, NO_BLOCKS));
  if (blocks.text === text) return blocks;
  const next = blocksOf(text, blocks);
  setBlocks(next);
  return next;
}
