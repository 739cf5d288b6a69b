/** The thin binding of the store to React. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppState, AppStore } from '../store.ts';

/** The store that the components below read. */
export const StoreContext = createContext<AppStore | undefined>(undefined);

/** Reads a part of the state; the component renders again when that part is another. */
export function useApp<T>(select: (state: AppState) => T): T {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error('The component stands outside of StoreContext.');
  return useStore(store, select);
}
