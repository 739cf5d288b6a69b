/** The page's name, how everything stands, and the way to the sidebar. */
import { PanelLeft } from 'lucide-react';
import { currentTurn, statusWord } from '../store.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { isWaitingForVoice } from '../turn-state.ts';
import { useApp } from './use-app.ts';

export interface TopBarProps {
  readonly isSidebarOpen: boolean;
  readonly onShowSidebar: () => void;
}

export function TopBar({ isSidebarOpen, onShowSidebar }: TopBarProps) {
  const title = useApp((state) => {
    if (state.view !== 'chat') return STRINGS.pages[state.view];
    return (
      state.conversations.find(({ id }) => id === state.conversationId)?.title ??
      (state.turns.length === 0 ? STRINGS.conversations.fresh : STRINGS.conversation)
    );
  });
  return (
    <header className="flex h-12 flex-none items-center gap-2 border-b border-line px-3">
      {!isSidebarOpen && (
        <button
          type="button"
          className="icon-button"
          aria-label={STRINGS.showSidebar}
          title={STRINGS.showSidebar}
          onClick={onShowSidebar}
        >
          <PanelLeft size={18} aria-hidden />
        </button>
      )}
      <h1 className="min-w-0 flex-1 truncate px-1 text-base font-semibold">{title}</h1>
      <Status />
    </header>
  );
}

const DOT: Readonly<Record<ReturnType<typeof statusWord>, string>> = {
  starting: 'bg-busy',
  ready: 'bg-good',
  resting: 'bg-line-strong',
  streaming: 'bg-accent',
  speaking: 'bg-accent',
  complete: 'bg-good',
  stopped: 'bg-line-strong',
  incomplete: 'bg-busy',
  failed: 'bg-danger',
};

/** The status in words; a screen reader says each change. */
function Status() {
  const word = useApp(statusWord);
  const readiness = useApp((state) => state.readiness);
  const waits = useApp((state) => {
    const turn = currentTurn(state);
    return turn !== undefined && !state.isPaused && isWaitingForVoice(turn);
  });
  const detail = word === 'starting' && readiness.state === 'starting' ? readiness.message : '';
  return (
    <p
      className="flex items-center gap-2 whitespace-nowrap text-small text-soft"
      role="status"
      data-testid="status"
      data-state={word}
    >
      <span className={`size-2 flex-none rounded-full ${DOT[word]}`} aria-hidden="true" />
      <span>
        {STRINGS.status[word]}
        {detail !== '' && `: ${detail}`}
        {word === 'resting' && <span className="narrow:sr-only">{STRINGS.restingNote}</span>}
        {waits && STRINGS.waitingForVoice}
      </span>
    </p>
  );
}
