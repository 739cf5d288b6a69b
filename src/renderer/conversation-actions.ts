/** What a person can do with conversations and their answers. */
import type { StoreTools } from './store.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { storedTurn } from './turn-state.ts';

export interface ConversationActions {
  readonly newConversation: () => void;
  readonly loadConversations: () => Promise<void>;
  readonly search: (query: string) => void;
  readonly openConversation: (id: string) => Promise<void>;
  readonly renameConversation: (id: string, title: string) => Promise<void>;
  readonly deleteConversation: (id: string) => Promise<void>;
  readonly undoDelete: (id: string) => Promise<void>;
  /** Puts a prompt back into the box; sending it then takes the turn's place. */
  readonly editTurn: (turnId: string) => void;
  readonly cancelEdit: () => void;
  /** Asks the same again; the new answer takes the old one's place. */
  readonly regenerate: (turnId: string) => Promise<void>;
  /** Asks for the rest of an answer that broke off. */
  readonly continueAnswer: () => Promise<void>;
  readonly copyText: (text: string) => Promise<void>;
  readonly saveWav: (turnId: string) => Promise<void>;
  /** Asks whether a link may be opened outside; '' takes the question back. */
  readonly askLink: (url: string) => void;
  readonly openLink: (url: string) => Promise<void>;
}

export function conversationActions({
  world,
  set,
  get,
  load,
  tell,
  sendPrompt,
}: StoreTools): ConversationActions {
  const { bridge, epochNow, newId } = world;
  const loadConversations = async (): Promise<void> => {
    const { query } = get();
    await load(
      () => bridge.conversations(query),
      // An answer to an older query is no news.
      (conversations) => (get().query === query ? { conversations, listedAtMs: epochNow() } : {}),
    );
  };
  const begin = (): void => {
    get().stop();
    set({
      turns: [],
      sample: undefined,
      conversationId: newId(),
      problems: [],
      editing: '',
      view: 'chat',
    });
  };
  return {
    loadConversations,
    newConversation: begin,
    search: (query) => {
      set({ query });
      void loadConversations();
    },
    openConversation: async (id) => {
      if (get().conversationId === id) {
        set({ view: 'chat' });
        return;
      }
      get().stop();
      await load(
        () => bridge.openConversation(id),
        (conversation) => ({
          conversationId: conversation.id,
          turns: conversation.turns.map(storedTurn),
          sample: undefined,
          problems: [],
          editing: '',
          view: 'chat',
        }),
      );
    },
    renameConversation: async (id, title) => {
      if (title.trim() === '') return;
      await load(
        () => bridge.renameConversation({ id, title: title.trim() }),
        () => ({}),
      );
      await loadConversations();
    },
    deleteConversation: async (id) => {
      if (get().conversationId === id) begin();
      const deleted = await load(
        () => bridge.deleteConversation(id),
        () => ({}),
      );
      if (deleted) tell(STRINGS.conversations.deleted, { what: 'conversation', id });
      await loadConversations();
    },
    undoDelete: async (id) => {
      await load(
        () => bridge.restoreConversation(id),
        () => ({ toast: undefined }),
      );
      await loadConversations();
    },
    editTurn: (turnId) => {
      const turn = get().turns.find((candidate) => candidate.id === turnId);
      if (turn !== undefined) set({ draft: turn.prompt, editing: turnId });
    },
    cancelEdit: () => set({ draft: '', editing: '' }),
    regenerate: async (turnId) => {
      const turn = get().turns.find((candidate) => candidate.id === turnId);
      if (turn !== undefined) await sendPrompt(turn.prompt, turnId);
    },
    continueAnswer: () => sendPrompt(STRINGS.continuePrompt, ''),
    copyText: async (text) => {
      const copied = await load(
        () => bridge.copyText(text),
        () => ({}),
      );
      if (copied) tell(STRINGS.actions.copied);
    },
    saveWav: async (turnId) => {
      tell(STRINGS.actions.savingWav);
      const written = await load(
        () => bridge.saveWav(turnId),
        (path) => {
          if (path === '') return { toast: undefined };
          tell(STRINGS.actions.savedWav(path));
          return {};
        },
      );
      if (!written) set({ toast: undefined });
    },
    askLink: (link) => set({ link }),
    openLink: async (url) => {
      set({ link: '' });
      await load(
        () => bridge.openLink(url),
        () => ({}),
      );
    },
  };
}
