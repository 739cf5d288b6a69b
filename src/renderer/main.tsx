/** The page's entry: builds player and store, joins them to the processes, and shows the interface. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, WIDE } from './components/App.tsx';
import { StoreContext } from './components/use-app.ts';
import { receivePorts } from './connect.ts';
import { createPlayer } from './player/player.ts';
import { createAppStore } from './store.ts';
import './styles/tokens.css';
import './styles/app.css';

const player = createPlayer();
const store = createAppStore({
  bridge: window.aloud,
  player,
  now: () => performance.now(),
  epochNow: () => Date.now(),
  newId: () => crypto.randomUUID(),
});

// A narrow window has no room for the sidebar beside the page.
if (window.innerWidth < WIDE) store.getState().showSidebar(false);
store.getState().start();
receivePorts(window, {
  onTurnEvent: (event) => store.getState().onTurnEvent(event),
  attachPlayer: (port) => player.attach(port),
});
void window.aloud.connect();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <StoreContext value={store}>
        <App player={player} />
      </StoreContext>
    </StrictMode>,
  );
}
