/** What can be done with models in the window: see, install, pause and remove them. Main does it; notices tell how it goes. */
import type { InstallTask, ModelEntry, ModelShelf } from '../common/model.ts';
import { STRINGS } from '../common/strings/interface.ts';
import type { StoreTools } from './store.ts';

export interface ModelActions {
  /** Reads the list of models. */
  readonly loadShelf: () => Promise<void>;
  /** Starts an install, an update or a repair, or goes on with one. */
  readonly installModel: (id: string) => Promise<void>;
  readonly pauseInstall: (id: string) => Promise<void>;
  /** Ends an install and deletes what was received. */
  readonly cancelInstall: (id: string) => Promise<void>;
  readonly removeModel: (model: ModelEntry) => Promise<void>;
  readonly showModelFolder: (id: string) => Promise<void>;
}

export function modelActions({ world: { bridge }, load, tell, get }: StoreTools): ModelActions {
  const nothing = (): object => ({});
  return {
    loadShelf: async () => {
      await load(
        () => bridge.modelShelf(),
        (shelf) => ({ shelf }),
      );
    },
    installModel: async (id) => {
      await load(() => bridge.installModel(id), nothing);
    },
    pauseInstall: async (id) => {
      await load(() => bridge.pauseInstall(id), nothing);
    },
    cancelInstall: async (id) => {
      await load(() => bridge.cancelInstall(id), nothing);
      await get().loadShelf();
    },
    removeModel: async ({ id, label }) => {
      if (await load(() => bridge.removeModel(id), nothing)) tell(STRINGS.models.removed(label));
    },
    showModelFolder: async (id) => {
      await load(() => bridge.showModelFolder(id), nothing);
    },
  };
}

/** The shelf with a model's install as it stands now. */
export function withTask(
  shelf: ModelShelf | undefined,
  id: string,
  task: InstallTask | undefined,
): ModelShelf | undefined {
  if (shelf === undefined) return undefined;
  return { ...shelf, models: shelf.models.map((model) => (model.id === id ? { ...model, task } : model)) };
}

/** How much of an install is done, 0 to 1. */
export function shareOf({ received, total }: Pick<InstallTask, 'received' | 'total'>): number {
  return total === 0 ? 0 : Math.min(1, received / total);
}
