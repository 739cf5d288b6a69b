/** The window: sidebar, one of the pages, and below it the player, the prompt and the figures. */
import { useContext, useEffect } from 'react';
import type { Player } from '../player/player.ts';
import { placeOf, setupShown } from '../setup-actions.ts';
import { currentTurn } from '../store.ts';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { DiagnosticsPage } from './DiagnosticsPage.tsx';
import { DropTarget } from './DropTarget.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { Figures } from './Figures.tsx';
import { FiguresPage } from './FiguresPage.tsx';
import { LinkQuestion } from './LinkQuestion.tsx';
import { ModelsPage } from './ModelsPage.tsx';
import { PlayerBar } from './PlayerBar.tsx';
import { ProviderFields } from './ProviderFields.tsx';
import { SettingsPage } from './SettingsPage.tsx';
import { Sidebar } from './Sidebar.tsx';
import { Toast } from './Toast.tsx';
import { TopBar } from './TopBar.tsx';
import { StoreContext, useApp } from './use-app.ts';
import { useKeys } from './use-keys.ts';
import { VoicesPage } from './VoicesPage.tsx';

export interface AppProps {
  readonly player: Pick<Player, 'analyser' | 'position'>;
}

/** A window narrower than this has no room for the sidebar beside the page, px. */
export const WIDE = 760;

export function App({ player }: AppProps) {
  const isSidebarOpen = useApp((state) => state.isSidebarOpen);
  const showSidebar = useApp((state) => state.showSidebar);
  const view = useApp((state) => state.view);
  // The first steps have these fields of their own.
  const setsUpProvider = useApp(
    (state) =>
      state.turns.length === 0 &&
      setupShown(state) === 'page' &&
      placeOf(state.settings?.provider ?? 'built-in') === 'provider',
  );
  useKeys();
  useFreshProviders();
  useRoomForSidebar();
  const toggle = (): void => showSidebar(!isSidebarOpen);
  const closeWhenNarrow = (): void => {
    if (window.innerWidth < WIDE) showSidebar(false);
  };
  return (
    <div className="flex h-full">
      {isSidebarOpen && (
        <>
          <div className="fixed inset-0 z-10 bg-ink/30 wide:hidden" aria-hidden onClick={toggle} />
          <Sidebar onHide={toggle} onChosen={closeWhenNarrow} />
        </>
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar isSidebarOpen={isSidebarOpen} onShowSidebar={toggle} />
        {view === 'chat' && <Conversation player={player} />}
        {view === 'voices' && <VoicesPage />}
        {view === 'models' && <ModelsPage />}
        {view === 'figures' && <FiguresPage />}
        {view === 'diagnostics' && <DiagnosticsPage />}
        {view === 'settings' && <SettingsPage />}
        <footer className="mx-auto flex max-h-[75vh] w-full max-w-[calc(46rem+2rem)] flex-none flex-col gap-2 overflow-y-auto px-4 pb-2 pt-1">
          <Toast />
          <Problems />
          <PlayerBar player={player} />
          {view === 'chat' && (
            <>
              <Composer />
              {!setsUpProvider && <ProviderFields />}
            </>
          )}
          <Figures />
        </footer>
      </div>
      <LinkQuestion />
      <DropTarget />
    </div>
  );
}

/** What went wrong outside of any turn, nearest to where the person looks next. */
function Problems() {
  const problems = useApp((state) => state.problems);
  const readiness = useApp((state) => state.readiness);
  const turnFailed = useApp((state) => currentTurn(state)?.error !== undefined);
  const dismiss = useApp((state) => state.dismissProblem);
  return (
    <>
      {readiness.state === 'failed' && (
        <ErrorNote error={readiness.error} isNewest={problems.length === 0 && !turnFailed} />
      )}
      {problems.map((problem, index) => (
        <ErrorNote
          key={problem.message}
          error={problem}
          isNewest={index === problems.length - 1}
          onDismiss={() => dismiss(problem)}
        />
      ))}
    </>
  );
}

/** The sidebar goes when a smaller window, or larger text, leaves no room beside the page; with the room it comes back. */
function useRoomForSidebar(): void {
  const store = useContext(StoreContext);
  useEffect(() => {
    if (store === undefined) return undefined;
    const room = matchMedia(`(min-width: ${WIDE}px)`);
    let comesBack = true;
    const onChange = (): void => {
      const { isSidebarOpen, showSidebar } = store.getState();
      if (!room.matches) comesBack = isSidebarOpen;
      showSidebar(room.matches && comesBack);
    };
    room.addEventListener('change', onChange);
    return () => room.removeEventListener('change', onChange);
  }, [store]);
}

/** A local server may have been started while the person was away from the window. */
function useFreshProviders(): void {
  const loadProviders = useApp((state) => state.loadProviders);
  useEffect(() => {
    const onFocus = (): void => void loadProviders();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [loadProviders]);
}
