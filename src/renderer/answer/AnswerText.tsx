/**
 * An answer as Markdown while it is being written. Raw HTML is shown as the text that it is; links ask before they open;
 * images are not loaded. A click on a sentence hears it.
 */
import { Copy } from 'lucide-react';
import { memo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { useApp } from '../components/use-app.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { offsetAt } from './answer-dom.ts';
import { blocksOf, NO_BLOCKS, type Block } from './markdown-blocks.ts';
import { textOffsets } from './text-offsets.ts';

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

const REMARK = [remarkGfm];
const REHYPE = [textOffsets, rehypeHighlight];
const COMPONENTS: Components = {
  a: ({ href, children }) => <AnswerLink href={href ?? ''}>{children}</AnswerLink>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  img: ({ alt }) => <span>{alt}</span>,
};

/** The line breaks are for those who copy the text: blocks are apart there, too. */
const AnswerBlock = memo(function AnswerBlock({ block, isFirst }: { block: Block; isFirst: boolean }) {
  return (
    <div data-base={block.start}>
      {!isFirst && <span className="sr-only">{'\n\n'}</span>}
      <Markdown remarkPlugins={REMARK} rehypePlugins={REHYPE} components={COMPONENTS}>
        {block.source}
      </Markdown>
    </div>
  );
});

function AnswerLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const askLink = useApp((state) => state.askLink);
  const ask = (event: MouseEvent): void => {
    event.preventDefault();
    askLink(href);
  };
  return (
    <a href={href} title={href} onClick={ask}>
      {children}
    </a>
  );
}

function CodeBlock({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLPreElement>(null);
  const copyText = useApp((state) => state.copyText);
  return (
    <div className="group relative rounded border border-line bg-sunken">
      <pre ref={box} className="overflow-x-auto p-3" tabIndex={0}>
        {children}
      </pre>
      <button
        type="button"
        className="icon-button absolute right-1 top-1 bg-sunken"
        aria-label={STRINGS.actions.copyCode}
        title={STRINGS.actions.copyCode}
        onClick={() => void copyText(box.current?.textContent ?? '')}
      >
        <Copy size={15} aria-hidden />
      </button>
    </div>
  );
}
