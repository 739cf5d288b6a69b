/**
 * The turns so far, oldest first, of which only those in sight are on the page. It follows its own end unless the person
 * scrolled up, and stays where it is while something older grows.
 */
import { ArrowDown, AudioLines } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useHeardMark } from '../answer/use-heard-mark.ts';
import { chosenVoice } from '../choices.ts';
import type { Player } from '../player/player.ts';
import { setupShown } from '../setup-actions.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { SetupPage } from './SetupPage.tsx';
import { TurnView } from './TurnView.tsx';
import { useApp } from './use-app.ts';
import { WelcomeCard } from './WelcomeCard.tsx';

/** Within this distance of the end the box counts as being at its end, px. */
const NEAR_END = 60;

export function Conversation({ player }: { readonly player: Pick<Player, 'position'> }) {
  const turns = useApp((state) => state.turns);
  const conversationId = useApp((state) => state.conversationId);
  const hasProblem = useApp((state) => state.problems.length > 0);
  const box = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const follows = useRef(true);
  useHeardMark(player.position);

  const toEnd = (): void => {
    follows.current = true;
    list.current?.scrollToIndex(turns.length - 1, { align: 'end' });
  };
  const count = turns.length;
  const isEmpty = count === 0;
  useEffect(() => {
    follows.current = true;
    list.current?.scrollToIndex(count - 1, { align: 'end' });
  }, [count, conversationId]);
  useEffect(() => {
    const content = box.current?.firstElementChild;
    if (!content) return undefined;
    const observer = new ResizeObserver(() => {
      const element = box.current;
      if (follows.current && element !== null) element.scrollTop = element.scrollHeight;
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, [isEmpty]);

  const onScroll = (): void => {
    const element = box.current;
    if (element === null) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    follows.current = near;
    setAtEnd(near);
  };
  if (isEmpty) return <Empty />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <main
        ref={box}
        className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges] [overflow-anchor:none]"
        aria-label={STRINGS.conversation}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className="mx-auto max-w-[calc(46rem+2rem)] px-4 py-5">
          <Virtualizer ref={list} scrollRef={box} key={conversationId}>
            {turns.map((turn, index) => {
              const isLast = index === turns.length - 1;
              return (
                <TurnView key={turn.id} turn={turn} isLast={isLast} hasNewerProblem={isLast && hasProblem} />
              );
            })}
          </Virtualizer>
        </div>
      </main>
      {!isAtEnd && (
        <button
          type="button"
          className="button absolute bottom-2 left-1/2 -translate-x-1/2 rounded-full shadow"
          onClick={toEnd}
        >
          <ArrowDown size={15} aria-hidden />
          {STRINGS.actions.jumpToEnd}
        </button>
      )}
    </div>
  );
}

function Empty() {
  const voice = useApp((state) => state.voices.find(({ id }) => id === chosenVoice(state))?.name);
  const setup = useApp(setupShown);
  if (setup === 'page') {
    return (
      <main
        className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]"
        aria-label={STRINGS.conversation}
        tabIndex={0}
      >
        <SetupPage />
      </main>
    );
  }
  return (
    <main
      className="flex min-h-0 flex-1 flex-col overflow-y-auto p-6 text-center"
      aria-label={STRINGS.conversation}
      tabIndex={0}
    >
      {/* Margins, not the box, hold it in the middle: what is higher than the box can then be scrolled to its top. */}
      <div className="my-auto flex flex-col items-center gap-2">
        <AudioLines size={32} className="text-accent short:hidden" aria-hidden />
        <h2 className="text-title font-semibold">{STRINGS.emptyTitle}</h2>
        <p className="max-w-sm text-soft">
          {STRINGS.emptyConversation} {voice !== undefined && STRINGS.emptyVoice(voice)}
        </p>
        {setup === 'card' && <WelcomeCard />}
      </div>
    </main>
  );
}
