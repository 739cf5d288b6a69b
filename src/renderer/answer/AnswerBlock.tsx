/** One block of an answer: Markdown as elements, each piece of text with its place. */
import { Copy } from 'lucide-react';
import { memo, useRef, type MouseEvent, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from '../components/use-app.ts';
import type { Block } from './markdown-blocks.ts';
import { isPlainProse } from './plain-prose.ts';
import { textOffsets } from './text-offsets.ts';

export interface AnswerBlockProps {
  readonly block: Block;
  readonly isFirst: boolean;
}

/** The line breaks are for those who copy the text: blocks are apart there, too. */
export const AnswerBlock = memo(function AnswerBlock({ block, isFirst }: AnswerBlockProps) {
  return (
    <div data-base={block.start}>
      {!isFirst && <span className="sr-only">{'\n\n'}</span>}
      {isPlainProse(block.source) ? <Prose text={block.source} /> : <MarkdownText source={block.source} />}
    </div>
  );
});

/** What {@link MarkdownText} makes of plain prose. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <p>
      <span data-o={0}>{text.trimEnd()}</span>
    </p>
  );
}

const REMARK = [remarkGfm];
/** Made once: the grammars of its languages took longer to read than a block, and each block read them anew. */
let highlight: ReturnType<typeof rehypeHighlight> | undefined;
const REHYPE = [textOffsets, () => (highlight ??= rehypeHighlight())];
const COMPONENTS: Components = {
  a: ({ href, children }) => <AnswerLink href={href ?? ''}>{children}</AnswerLink>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  img: ({ alt }) => <span>{alt}</span>,
};

export function MarkdownText({ source }: { readonly source: string }) {
  return (
    <Markdown remarkPlugins={REMARK} rehypePlugins={REHYPE} components={COMPONENTS}>
      {source}
    </Markdown>
  );
}

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
