/**
 * The window's state and everything that can be done to it, without React: a zustand vanilla store.
 *
 * Turns are only ever added or replaced, never lost when something fails. Whoever calls an action need not handle errors:
 * what goes wrong stands in the turn it concerns, or among the `problems` when it concerns none.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationEntry } from '../common/conversation.ts';
import type {
  AloudBridge,
  ModelFolderListing,
  VoicePlaces,
  ProviderListing,
  Readiness,
  WindowNotice,
} from '../common/ports/bridge.ts';
import type { ModelShelf } from '../common/model.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import type { ProviderId, ProviderTrial } from '../common/provider.ts';
import { appError, err, unreachable, type AppError, type Result } from '../common/result.ts';
import type { Settings, SettingsPatch } from '../common/settings.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { VoiceListing } from '../common/voice.ts';
import { chosenModel, chosenVoice } from './choices.ts';
import { conversationActions, type ConversationActions } from './conversation-actions.ts';
import { diagnosticsActions, type DiagnosticsActions } from './diagnostics-actions.ts';
import { figuresActions, type FiguresActions } from './figures-actions.ts';
import { heardNow, playbackActions, type PlaybackActions } from './playback-actions.ts';
import type { OutputDevice, Player, PlayerEvent } from './player/player.ts';
import { providerActions, type ProviderActions } from './provider-actions.ts';
import { modelActions, withTask, type ModelActions } from './model-actions.ts';
import { lacksModels, setupActions, type SetupActions, type SpeedCheck } from './setup-actions.ts';
import { withProblem } from './problems.ts';
import { createSettingsSaver } from './settings-saver.ts';
import { STRINGS, type StatusWord } from '../common/strings/interface.ts';
import { keptFigures, measured } from './turn-times.ts';
import {
  afterPlayerEvent,
  afterTurnEvent,
  failTurn,
  heardOf,
  isActive,
  newTurn,
  stopTurn,
  type Turn,
} from './turn-state.ts';
import { voiceActions, type VoiceActions, type VoiceWork } from './voice-actions.ts';

/** What the store needs of the world; tests give it fakes. */
export interface StoreWorld {
  readonly bridge: AloudBridge;
  readonly player: Player;
  /** The window's clock, ms. */
  readonly now: () => number;
  /** The wall clock, ms since 1970. */
  readonly epochNow: () => number;
  /** A new turn's id: a UUID. */
  readonly newId: () => string;
}

/** Model names that a provider's server offers, or why they are not known. */
export interface ModelList {
  readonly provider: ProviderId | undefined;
  readonly names: readonly string[];
  readonly error: AppError | undefined;
}

/** A provider being tried, or what came of it. */
export interface Trial {
  readonly provider: ProviderId;
  /** Undefined while it is being tried. */
  readonly result: Result<ProviderTrial> | undefined;
}

/** The pages of the window. */
export type View = 'chat' | 'voices' | 'models' | 'figures' | 'diagnostics' | 'settings';

/** Something that was done and can perhaps be undone, said for a few seconds. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What "Undo" brings back; undefined where there is nothing to. */
  readonly undo: Undo | undefined;
}

/** Something that was taken away and can be brought back. */
export type Undo =
  | { readonly what: 'conversation'; readonly id: string }
  | { readonly what: 'voice'; readonly id: string; readonly wasChosen: boolean };

export interface AppState
  extends
    SetupActions,
    ConversationActions,
    PlaybackActions,
    ModelActions,
    ProviderActions,
    DiagnosticsActions,
    FiguresActions,
    VoiceActions {
  readonly readiness: Readiness;
  readonly view: View;
  readonly isSidebarOpen: boolean;
  /** How often the search field was asked for. */
  readonly searchesAsked: number;
  /** The conversation that the turns belong to; it is kept from its first turn on. */
  readonly conversationId: string;
  readonly turns: readonly Turn[];
  /** A voice being tried; it belongs to no conversation. */
  readonly sample: Turn | undefined;
  readonly conversations: readonly ConversationEntry[];
  /** Wall clock when the list was read, ms since 1970. */
  readonly listedAtMs: number;
  /** What the list of conversations is searched for. */
  readonly query: string;
  /** The text in the prompt box. */
  readonly draft: string;
  /** The turn whose prompt stands in the box to be sent anew; '' for none. */
  readonly editing: string;
  /** Undefined until main has told them. */
  readonly settings: Settings | undefined;
  readonly voices: readonly VoiceListing[];
  readonly providers: readonly ProviderListing[];
  readonly models: ModelList;
  /** What came of trying a provider last; undefined when it was changed since. */
  readonly trial: Trial | undefined;
  /** The models that can be installed and that were added; undefined until they were asked for. */
  readonly shelf: ModelShelf | undefined;
  /** Whether all first steps are shown instead of the small card. */
  readonly isSettingUp: boolean;
  /** The last speed check; undefined when there was none. */
  readonly speed: SpeedCheck | undefined;
  readonly outputs: readonly OutputDevice[];
  readonly isPaused: boolean;
  /** Failures that belong to no turn, the newest last. */
  readonly problems: readonly AppError[];
  readonly toast: Toast | undefined;
  /** The link that the person is asked about; '' for none. */
  readonly link: string;
  /** The voice that is being made; undefined while none is. */
  readonly voiceWork: VoiceWork | undefined;

  /** Reads everything from main and listens to it from now on; returns the function that ends that. */
  readonly start: () => () => void;
  readonly show: (view: View) => void;
  readonly showSidebar: (isOpen: boolean) => void;
  /** Brings the search field up. */
  readonly askSearch: () => void;
  readonly edit: (draft: string) => void;
  /** A prompt is about to be typed: what rests is loaded meanwhile. */
  readonly expectPrompt: () => void;
  /** Sends the draft. A turn that still goes on is stopped first. */
  readonly send: () => Promise<void>;
  /** Stops the turn that goes on, if any: silence first, then the message. */
  readonly stop: () => void;
  readonly change: (patch: SettingsPatch) => void;
  /** Has main ask where and write the settings to a file. */
  readonly exportSettings: () => Promise<void>;
  /** Has main ask for a file of settings, and goes on with those. */
  readonly importSettings: () => Promise<void>;
  /** Saves what was typed without waiting for a pause: the field is left. */
  readonly keepEdits: () => void;
  /** The cloning models that were added as folders; what fails is reported. */
  readonly loadModelFolders: () => Promise<readonly ModelFolderListing[]>;
  /** On what voices can run here; undefined when main could not tell, which is reported. */
  readonly loadVoicePlaces: () => Promise<VoicePlaces | undefined>;
  /** Asks main for a folder with CUDA's libraries. */
  readonly chooseCudaFolder: () => Promise<void>;
  /** Has main ask for a model folder and add it; its listing, or undefined when none was added. */
  readonly addModelFolder: () => Promise<ModelFolderListing | undefined>;
  readonly dismissProblem: (problem: AppError) => void;
  readonly dismissToast: () => void;
  readonly onTurnEvent: (event: TurnEvent) => void;
}

export type AppStore = StoreApi<AppState>;

/** What the store's parts share. */
export interface StoreTools {
  readonly world: StoreWorld;
  readonly set: (patch: Partial<AppState> | ((state: AppState) => Partial<AppState>)) => void;
  readonly get: () => AppState;
  /** Changes the turn that is spoken under an id. */
  readonly replace: (speechId: string, change: (turn: Turn) => Turn) => void;
  /** Calls main; a failure is said. */
  readonly load: <T>(
    call: () => Promise<Result<T>>,
    take: (value: T) => Partial<AppState>,
  ) => Promise<boolean>;
  /** Calls main and gives its answer, whatever it is. */
  readonly ask: <T>(call: () => Promise<Result<T>>) => Promise<Result<T>>;
  readonly report: (problem: AppError) => void;
  /** Takes a change of settings that may wait until typing pauses. */
  readonly saveLater: (patch: SettingsPatch) => void;
  readonly tell: (text: string, undo?: Undo) => void;
  /**
   * Sends a prompt as a new turn; `replaces` is a turn whose place it takes, '' for none. It goes to the provider that is set
   * unless another is named.
   */
  readonly sendPrompt: (prompt: string, replaces: string, provider?: ProviderId) => Promise<void>;
  /** Fails a turn that still goes on, here and in the other processes. */
  readonly abandon: (speechId: string, error: AppError) => void;
  /** Resolves when all changes of settings are saved. */
  readonly saved: () => Promise<void>;
}

/** The turn that is being answered or heard, else the last one: what the status and the figures are about. */
export function currentTurn(state: Pick<AppState, 'turns' | 'sample'>): Turn | undefined {
  if (isActive(state.sample)) return state.sample;
  return state.turns.findLast(isActive) ?? state.turns.at(-1);
}

/** The newest turn of the conversation. */
export function lastTurn(state: Pick<AppState, 'turns'>): Turn | undefined {
  return state.turns.at(-1);
}

/** The one word for how everything stands. */
export function statusWord(state: Pick<AppState, 'turns' | 'sample' | 'readiness'>): StatusWord {
  const turn = currentTurn(state);
  if (isActive(turn)) return turn.state;
  if (state.readiness.state !== 'ready') return state.readiness.state;
  return turn?.state ?? 'ready';
}

/** How often main is told that somebody types, ms; well below the shortest time after which anything rests. */
const WAKE_EVERY_MS = 10_000;

/** Builds the store. Nothing happens until `start`. */
export function createAppStore(world: StoreWorld): AppStore {
  const { bridge, player, now, newId } = world;
  return createStore<AppState>((set, get) => {
    const find = (speechId: string): Turn | undefined =>
      [...get().turns, get().sample].find((turn) => turn?.speechId === speechId);
    /** The figures of a prompt are kept when it has ended; what is played again is no prompt. */
    const keepWhenEnded = (before: Turn, after: Turn): void => {
      if (!isActive(before) || before.before !== undefined) return;
      const figures = keptFigures(after, get().readiness, world.epochNow());
      // What went wrong in keeping them is told on their page.
      if (figures !== undefined) void guarded(() => bridge.keepFigures(figures));
    };
    const replace = (speechId: string, change: (turn: Turn) => Turn): void => {
      const atMs = now();
      set(({ turns, sample, draft }) => {
        if (sample?.speechId === speechId) return { sample: measured(sample, change(sample), atMs) };
        const before = turns.find((turn) => turn.speechId === speechId);
        if (before === undefined) return {};
        const after = measured(before, change(before), atMs);
        if (after === before) return {};
        keepWhenEnded(before, after);
        return {
          turns: turns.map((turn) => (turn === before ? after : turn)),
          draft: wentUnanswered(before, after) && draft === '' ? after.prompt : draft,
        };
      });
    };
    const report = (problem: AppError): void =>
      set(({ problems }) => ({ problems: withProblem(problems, problem) }));
    const load = async <T>(
      call: () => Promise<Result<T>>,
      take: (value: T) => Partial<AppState>,
    ): Promise<boolean> => {
      const result = await guarded(call);
      if (result.ok) set(take(result.value));
      else report(result.error);
      return result.ok;
    };
    let toasts = 0;
    const tell = (text: string, undo?: Undo): void => set({ toast: { id: ++toasts, text, undo } });
    const saver = createSettingsSaver(async (patch) => {
      await load(() => bridge.changeSettings(patch), nothing);
    });
    let settingsRead: Promise<unknown> = Promise.resolve();
    let wokenAt = Number.NEGATIVE_INFINITY;
    /** The conversation in which that was. */
    let wokenFor = '';

    const silence = (turn: Turn): void => {
      player.stop(turn.speechId);
      const heard = heardOf(turn, player.latencyMs());
      void load(() => bridge.stop({ turnId: turn.speechId, heard }), nothing);
    };
    const abandon = (speechId: string, error: AppError): void => {
      const turn = find(speechId);
      if (!isActive(turn)) return;
      silence(turn);
      replace(speechId, (current) => failTurn(current, error));
    };
    const sendPrompt = async (prompt: string, replaces: string, wanted?: ProviderId): Promise<void> => {
      const sentAt = now();
      get().stop();
      await settingsRead;
      const { settings, conversationId } = get();
      // Without settings the reason stands on screen already.
      if (settings === undefined) return;
      const provider = wanted ?? settings.provider;
      const turn = newTurn({ id: newId(), prompt, provider, sentAt });
      set(({ turns, draft }) => ({
        turns: [...upTo(turns, replaces), turn],
        draft: draft === prompt ? '' : draft,
        editing: '',
        sample: undefined,
        isPaused: false,
        problems: [],
        view: 'chat',
      }));
      player.resume();
      void player.wake().then((woken) => {
        if (!woken.ok) abandon(turn.id, woken.error);
      });
      await saver.flush();
      if (!isActive(find(turn.id))) return;
      const sent = await guarded(() =>
        bridge.send({
          turnId: turn.id,
          conversationId,
          replaces,
          prompt,
          provider,
          model: chosenModel(settings, provider),
          voice: chosenVoice(get()),
        }),
      );
      if (!sent.ok) replace(turn.id, (current) => failTurn(current, sent.error));
      void get().loadConversations();
    };
    const tools: StoreTools = {
      world,
      set,
      get,
      replace,
      load,
      ask: guarded,
      report,
      saveLater: (patch) => saver.later(patch),
      tell,
      sendPrompt,
      abandon,
      saved: () => saver.flush(),
    };
    const playback = playbackActions(tools);

    const onPlayerEvent = (event: PlayerEvent): void => {
      switch (event.type) {
        case 'failed':
          abandon(event.turnId ?? currentTurn(get())?.speechId ?? '', event.error);
          return;
        case 'outputs':
        case 'output-lost':
        case 'held':
        case 'went':
          playback.onPlayer(event);
          return;
        case 'progress':
        case 'first-chunk':
        case 'first-sound':
        case 'drained':
          replace(event.turnId, (turn) => afterPlayerEvent(turn, event));
          return;
        default:
          unreachable(event);
      }
    };
    const onNotice = (notice: WindowNotice): void => {
      switch (notice.type) {
        case 'readiness':
          set({ readiness: notice.readiness });
          return;
        case 'error':
          if (notice.turnId !== undefined && isActive(find(notice.turnId)))
            abandon(notice.turnId, notice.error);
          else report(notice.error);
          return;
        case 'voices-changed':
          void get().loadVoices();
          return;
        case 'models-changed':
          if (get().shelf !== undefined) void get().loadShelf();
          return;
        case 'model-task':
          set(({ shelf }) => ({ shelf: withTask(shelf, notice.id, notice.task) }));
          return;
        case 'providers-changed':
          void get().loadProviders();
          return;
        case 'media-key':
        case 'power':
          playback.onNotice(notice);
          return;
        case 'speak':
          get().newConversation();
          void sendPrompt(notice.text, '', 'read-aloud');
          return;
        case 'draft':
          set(({ draft }) => ({ draft: draftWith(draft, notice.text), editing: '', view: 'chat' }));
          return;
        case 'voice-added':
          void get().welcomeVoice(notice.id);
          return;
        case 'check':
          get().onCheck(notice.result);
          return;
        case 'menu':
          if (notice.action === 'new-conversation') get().newConversation();
          else if (notice.action === 'search') get().askSearch();
          else set({ view: notice.action });
          return;
        default:
          unreachable(notice);
      }
    };

    return {
      ...playback.actions,
      ...conversationActions(tools),
      ...diagnosticsActions(tools),
      ...modelActions(tools),
      ...providerActions(tools),
      ...figuresActions(tools),
      ...voiceActions(tools),
      ...setupActions(tools),
      readiness: { state: 'starting', message: '' },
      view: 'chat',
      isSidebarOpen: true,
      searchesAsked: 0,
      conversationId: newId(),
      turns: [],
      sample: undefined,
      conversations: [],
      listedAtMs: 0,
      query: '',
      draft: STRINGS.defaultPrompt,
      editing: '',
      settings: undefined,
      voices: [],
      providers: [],
      models: { provider: undefined, names: [], error: undefined },
      shelf: undefined,
      trial: undefined,
      isSettingUp: false,
      speed: undefined,
      outputs: [],
      isPaused: false,
      problems: [],
      toast: undefined,
      link: '',
      voiceWork: undefined,

      start: () => {
        const ends = [bridge.onNotice(onNotice), player.onEvent(onPlayerEvent)];
        settingsRead = load(
          () => bridge.settings(),
          (settings) => {
            playback.apply(settings);
            return { settings };
          },
        );
        void get().loadVoices();
        void settingsRead.then(async () => {
          if (get().settings?.setupDone !== false) return;
          await get().loadShelf();
          const { shelf } = get();
          if (shelf !== undefined && lacksModels(shelf)) set({ isSettingUp: true });
        });
        void load(
          () => bridge.readiness(),
          (readiness) => ({ readiness }),
        );
        void get().loadProviders();
        void get().loadConversations();
        return () => {
          for (const end of ends) end();
        };
      },
      show: (view) => set({ view }),
      showSidebar: (isSidebarOpen) => set({ isSidebarOpen }),
      askSearch: () =>
        set(({ searchesAsked }) => ({ isSidebarOpen: true, searchesAsked: searchesAsked + 1 })),
      edit: (draft) => {
        set({ draft });
        get().expectPrompt();
      },
      expectPrompt: () => {
        const { conversationId, readiness } = get();
        const isFresh = conversationId === wokenFor && now() < wokenAt + WAKE_EVERY_MS;
        if (isFresh && readiness.state !== 'resting') return;
        wokenAt = now();
        wokenFor = conversationId;
        void load(() => bridge.wake({ conversationId }), nothing);
      },
      send: async () => {
        const { draft: prompt, editing } = get();
        if (prompt.trim() === '') {
          report(emptyPrompt());
          return;
        }
        await sendPrompt(prompt, editing);
      },
      stop: () => {
        const turn = currentTurn(get());
        if (!isActive(turn)) return;
        silence(turn);
        const heardEnd = turn.before === undefined ? heardNow(turn, player) : turn.heardEnd;
        replace(turn.speechId, (current) => ({ ...stopTurn(current), heardEnd }));
        if (get().isPaused) set({ isPaused: false });
      },
      change: (patch) => {
        set(({ settings, trial }) => ({
          settings: settings && { ...settings, ...patch },
          trial: patch.provider === undefined ? trial : undefined,
        }));
        saver.later(patch);
        const saving = saver.flush();
        if (patch.voice !== undefined || patch.speed !== undefined)
          void saving.then(() => get().sayRestAnew());
      },
      exportSettings: async () => {
        await saver.flush();
        await load(
          () => bridge.exportSettings(),
          (path) => {
            if (path !== '') tell(STRINGS.settings.exported(path));
            return {};
          },
        );
      },
      importSettings: async () => {
        await saver.flush();
        await load(
          () => bridge.importSettings(),
          (taken) => {
            if (taken === null) return {};
            playback.apply(taken.settings);
            tell(STRINGS.settings.imported(taken.keptAddresses));
            return { settings: taken.settings, trial: undefined };
          },
        );
        await get().loadProviders();
      },
      keepEdits: () => void saver.flush(),
      loadModelFolders: async () => {
        const result = await guarded(() => bridge.modelFolders());
        if (!result.ok) report(result.error);
        return result.ok ? result.value : [];
      },
      loadVoicePlaces: async () => {
        const result = await guarded(() => bridge.voicePlaces());
        if (!result.ok) report(result.error);
        return result.ok ? result.value : undefined;
      },
      chooseCudaFolder: async () => {
        const result = await guarded(() => bridge.chooseCudaFolder());
        if (!result.ok) report(result.error);
        else if (result.value !== null) set({ settings: result.value });
      },
      addModelFolder: async () => {
        const result = await guarded(() => bridge.addModelFolder());
        if (!result.ok) report(result.error);
        return result.ok ? (result.value ?? undefined) : undefined;
      },
      dismissProblem: (problem) =>
        set(({ problems }) => ({ problems: problems.filter((other) => other !== problem) })),
      dismissToast: () => set({ toast: undefined }),
      onTurnEvent: (event) => {
        // A failed turn says no more: what is still queued of it is not played under an error.
        if (event.type === 'turn.end' && event.outcome === 'failed') player.stop(event.turnId);
        replace(event.turnId, (turn) => afterTurnEvent(turn, event));
      },
    };
  });
}

/** The turns before the one with this id; all of them when there is none. */
function upTo(turns: readonly Turn[], id: string): readonly Turn[] {
  const at = turns.findIndex((turn) => turn.id === id);
  return at < 0 ? turns : turns.slice(0, at);
}

/** Such a prompt goes back into the empty prompt box: what was wrong can be mended and the prompt sent again. */
function wentUnanswered(before: Turn, after: Turn): boolean {
  return isActive(before) && after.state === 'failed' && after.answer === '';
}

function nothing(): Partial<AppState> {
  return {};
}

function emptyPrompt(): AppError {
  return appError('prompt-empty', 'text', FAILURES.window.promptEmpty);
}

/** A bridge call that rejects means that main is gone or refused to answer: said like any other failure. */
async function guarded<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return err(appError('internal', 'system', FAILURES.window.bridgeLost(reason)));
  }
}

/** The draft when a link brings a text: what the person typed stays before it, the prompt that is offered at first goes. */
function draftWith(draft: string, text: string): string {
  return draft.trim() === '' || draft === STRINGS.defaultPrompt ? text : `${draft}\n\n${text}`;
}
