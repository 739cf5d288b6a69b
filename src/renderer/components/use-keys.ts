/** The keys that work everywhere in the window. In text they keep their own meaning. */
import { useContext, useEffect } from 'react';
import { shortcutKey } from '../shortcut-key.ts';
import { StoreContext } from './use-app.ts';

export function useKeys(): void {
  const store = useContext(StoreContext);
  useEffect(() => {
    if (store === undefined) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const state = store.getState();
      if (event.key === 'Escape') {
        state.stop();
        return;
      }
      if (event.ctrlKey || event.metaKey) {
        const key = shortcutKey(event);
        if (key === 'n') state.newConversation();
        else if (key === 'k') state.askSearch();
        else if (key === ',') state.show('settings');
        else return;
        event.preventDefault();
        return;
      }
      if (event.altKey || takesKeys(event.target)) return;
      if (event.key === ' ') state.togglePlay();
      else if (event.key === 'ArrowRight') state.nextSentence();
      else if (event.key === 'ArrowLeft') state.previousSentence();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store]);
}

/** Whether the element has its own use for Space and the arrow keys. */
function takesKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, button, a, summary, dialog, [role="slider"], [role="menu"]') !==
      null
  );
}
