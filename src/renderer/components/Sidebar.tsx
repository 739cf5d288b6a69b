/** The kept conversations with search, and the way to the other pages. */
import {
  AudioLines,
  ChartNoAxesColumn,
  EllipsisVertical,
  HardDrive,
  PanelLeftClose,
  Pencil,
  Plus,
  Search,
  Settings,
  Stethoscope,
  Trash2,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { MAX_TITLE_CHARACTERS, type ConversationEntry } from '../../common/conversation.ts';
import { dayGroups } from '../day-groups.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export interface SidebarProps {
  readonly onHide: () => void;
  /** Something was chosen: where the sidebar lies over the page it has done its work. */
  readonly onChosen: () => void;
}

export function Sidebar({ onHide, onChosen }: SidebarProps) {
  const view = useApp((state) => state.view);
  const show = useApp((state) => state.show);
  const newConversation = useApp((state) => state.newConversation);
  const words = STRINGS.conversations;
  return (
    <nav
      aria-label={STRINGS.navigation}
      className="flex w-64 flex-none flex-col border-r border-line bg-sunken narrow:fixed narrow:inset-y-0 narrow:left-0 narrow:z-20 narrow:shadow-xl"
    >
      <div className="flex h-12 flex-none items-center justify-between pl-4 pr-2">
        <span className="flex items-center gap-2 font-semibold">
          <AudioLines size={18} className="text-accent" aria-hidden />
          {STRINGS.appName}
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label={STRINGS.hideSidebar}
          title={STRINGS.hideSidebar}
          onClick={onHide}
        >
          <PanelLeftClose size={18} aria-hidden />
        </button>
      </div>
      <div className="flex flex-none flex-col gap-2 px-3 pb-2">
        <button
          type="button"
          className="button justify-start"
          data-testid="new-conversation"
          onClick={() => {
            newConversation();
            onChosen();
          }}
        >
          <Plus size={16} aria-hidden />
          {words.fresh}
        </button>
        <SearchField />
      </div>
      <ConversationList onChosen={onChosen} />
      <div className="flex flex-none flex-col gap-0.5 border-t border-line p-2">
        <PageButton
          label={STRINGS.pages.voices}
          icon={<AudioLines size={16} aria-hidden />}
          isCurrent={view === 'voices'}
          onClick={() => {
            show(view === 'voices' ? 'chat' : 'voices');
            onChosen();
          }}
        />
        <PageButton
          label={STRINGS.pages.models}
          icon={<HardDrive size={16} aria-hidden />}
          isCurrent={view === 'models'}
          onClick={() => {
            show(view === 'models' ? 'chat' : 'models');
            onChosen();
          }}
        />
        <PageButton
          label={STRINGS.pages.figures}
          icon={<ChartNoAxesColumn size={16} aria-hidden />}
          isCurrent={view === 'figures'}
          onClick={() => {
            show(view === 'figures' ? 'chat' : 'figures');
            onChosen();
          }}
        />
        <PageButton
          label={STRINGS.pages.diagnostics}
          icon={<Stethoscope size={16} aria-hidden />}
          isCurrent={view === 'diagnostics'}
          onClick={() => {
            show(view === 'diagnostics' ? 'chat' : 'diagnostics');
            onChosen();
          }}
        />
        <PageButton
          label={STRINGS.pages.settings}
          icon={<Settings size={16} aria-hidden />}
          isCurrent={view === 'settings'}
          onClick={() => {
            show(view === 'settings' ? 'chat' : 'settings');
            onChosen();
          }}
        />
      </div>
    </nav>
  );
}

interface PageButtonProps {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly isCurrent: boolean;
  readonly onClick: () => void;
}

function PageButton({ label, icon, isCurrent, onClick }: PageButtonProps) {
  return (
    <button
      type="button"
      className={`flex h-8 items-center gap-2 rounded px-2 text-small ${isCurrent ? 'bg-surface font-medium text-ink' : 'text-soft hover:bg-surface hover:text-ink'}`}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onClick}
    >
      {icon}
      {label}
    </button>
  );
}

function SearchField() {
  const query = useApp((state) => state.query);
  const search = useApp((state) => state.search);
  const asked = useApp((state) => state.searchesAsked);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) field.current?.focus();
  }, [asked]);
  return (
    <div className="relative">
      <Search size={15} className="pointer-events-none absolute left-2 top-2 text-soft" aria-hidden />
      <input
        ref={field}
        id="search"
        type="search"
        className="field-control pl-7"
        aria-label={STRINGS.conversations.search}
        placeholder={STRINGS.conversations.search}
        value={query}
        maxLength={500}
        onChange={(event) => search(event.target.value)}
      />
    </div>
  );
}

function ConversationList({ onChosen }: Pick<SidebarProps, 'onChosen'>) {
  const conversations = useApp((state) => state.conversations);
  const listedAtMs = useApp((state) => state.listedAtMs);
  const query = useApp((state) => state.query);
  const words = STRINGS.conversations;
  const groups = dayGroups(conversations, listedAtMs);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2" data-testid="conversations">
      {groups.length === 0 && (
        <p className="note px-2 py-3">{query.trim() === '' ? words.none : words.noneFound}</p>
      )}
      {groups.map(({ day, entries }) => (
        <section key={day} aria-label={words.days[day]}>
          <h2 className="px-2 pb-1 pt-3 text-tiny font-medium text-soft">{words.days[day]}</h2>
          <ul>
            {entries.map((entry) => (
              <ConversationRow key={entry.id} entry={entry} onChosen={onChosen} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface RowProps extends Pick<SidebarProps, 'onChosen'> {
  readonly entry: ConversationEntry;
}

function ConversationRow({ entry, onChosen }: RowProps) {
  const isCurrent = useApp((state) => state.conversationId === entry.id && state.view === 'chat');
  const open = useApp((state) => state.openConversation);
  const remove = useApp((state) => state.deleteConversation);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) return <RenameField entry={entry} onDone={() => setRenaming(false)} />;
  const words = STRINGS.conversations;
  return (
    <li className={`group flex items-center rounded ${isCurrent ? 'bg-surface' : 'hover:bg-surface'}`}>
      <button
        type="button"
        className="min-w-0 flex-1 truncate rounded px-2 py-1.5 text-left text-small"
        aria-current={isCurrent ? 'true' : undefined}
        title={entry.title}
        onClick={() => {
          void open(entry.id);
          onChosen();
        }}
        onDoubleClick={() => setRenaming(true)}
      >
        {entry.title}
      </button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <button
            type="button"
            className="icon-button size-7 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100"
            aria-label={words.more(entry.title)}
          >
            <EllipsisVertical size={15} aria-hidden />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu"
            align="start"
            onCloseAutoFocus={(event) => event.preventDefault()}
          >
            <DropdownMenu.Item className="menu-item" onSelect={() => setRenaming(true)}>
              <Pencil size={15} aria-hidden />
              {words.rename}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item text-danger" onSelect={() => void remove(entry.id)}>
              <Trash2 size={15} aria-hidden />
              {words.remove}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </li>
  );
}

function RenameField({ entry, onDone }: { readonly entry: ConversationEntry; readonly onDone: () => void }) {
  const rename = useApp((state) => state.renameConversation);
  const [title, setTitle] = useState(entry.title);
  const save = (): void => {
    if (title.trim() !== entry.title) void rename(entry.id, title);
    onDone();
  };
  return (
    <li>
      <input
        autoFocus
        className="field-control"
        aria-label={STRINGS.conversations.title}
        value={title}
        maxLength={MAX_TITLE_CHARACTERS}
        onChange={(event) => setTitle(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone();
        }}
      />
    </li>
  );
}
