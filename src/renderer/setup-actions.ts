/** The first steps of a new installation: when they are shown, and what can be done in them. */
import type { SpeedReport } from '../common/engine.ts';
import type { ModelEntry, ModelShelf } from '../common/model.ts';
import type { ProviderId } from '../common/provider.ts';
import type { Result } from '../common/result.ts';
import type { AppState, StoreTools } from './store.ts';

export interface SetupActions {
  /** Shows the first steps again, all of them. */
  readonly setUpAgain: () => void;
  /** All first steps instead of the small card. */
  readonly showSetupPage: () => void;
  /** The first steps are over, or passed over: they are not shown again by themselves. */
  readonly finishSetup: () => void;
  /** Where answers come from: this computer, or a provider. */
  readonly choosePlace: (place: Place) => void;
  /** Starts or goes on with the installs of all models that are needed and not there. */
  readonly installNeeded: () => Promise<void>;
  /** Measures the voice on this machine; what it finds stands in `speed`. */
  readonly checkSpeed: () => Promise<void>;
}

/** Where answers come from. */
export type Place = 'here' | 'provider';

/** The provider that is proposed first where none was chosen. */
const PROPOSED_PROVIDER: ProviderId = 'openrouter';

/** A speed check that runs, `undefined`, or what it found. */
export interface SpeedCheck {
  readonly result: Result<SpeedReport> | undefined;
}

export function setupActions({ world: { bridge }, set, get, ask }: StoreTools): SetupActions {
  return {
    setUpAgain: () => {
      get().newConversation();
      get().change({ setupDone: false });
      set({ isSettingUp: true, view: 'chat' });
      void get().loadShelf();
    },
    showSetupPage: () => set({ isSettingUp: true }),
    finishSetup: () => {
      get().change({ setupDone: true });
      set({ isSettingUp: false });
    },
    choosePlace: (place) => {
      const { settings } = get();
      if (settings === undefined || place === placeOf(settings.provider)) return;
      get().change({ provider: place === 'here' ? 'built-in' : PROPOSED_PROVIDER });
    },
    installNeeded: async () => {
      const needed = modelsToInstall(get()).filter(({ task }) => task?.state !== 'running');
      await Promise.all(needed.map(({ id }) => get().installModel(id)));
    },
    checkSpeed: async () => {
      set({ speed: { result: undefined } });
      const result = await ask(() => bridge.checkSpeed());
      set({ speed: { result } });
    },
  };
}

/** Where answers come from with a provider. */
export function placeOf(provider: ProviderId): Place {
  return provider === 'built-in' || provider === 'read-aloud' ? 'here' : 'provider';
}

/** The models of the catalog that are wanted with what is chosen now: the voice always, the rest for answers from here. */
export function neededModels({
  shelf,
  settings,
}: Pick<AppState, 'shelf' | 'settings'>): readonly ModelEntry[] {
  const place = placeOf(settings?.provider ?? 'built-in');
  return (shelf?.models ?? []).filter(
    ({ origin, kind }) => origin === 'catalog' && (kind === 'speech' || place === 'here'),
  );
}

/** Those of them that are not there yet. */
export function modelsToInstall(state: Pick<AppState, 'shelf' | 'settings'>): readonly ModelEntry[] {
  return neededModels(state).filter(({ state }) => state === 'missing' || state === 'damaged');
}

/** Whether something of the catalog is not installed: then a new installation begins with all first steps. */
export function lacksModels(shelf: ModelShelf): boolean {
  return shelf.models.some(
    ({ origin, state }) => origin === 'catalog' && state !== 'installed' && state !== 'outdated',
  );
}

/** What is shown of the first steps in an empty conversation. */
export function setupShown({
  settings,
  shelf,
  isSettingUp,
}: Pick<AppState, 'settings' | 'shelf' | 'isSettingUp'>): 'nothing' | 'card' | 'page' {
  if (settings === undefined || settings.setupDone || shelf === undefined) return 'nothing';
  return isSettingUp ? 'page' : 'card';
}
