/** One model: what it is, under which licence, where it lies, how an install of it stands, and what can be done. */
import { Download, FolderOpen, RefreshCw, Trash2, Wrench } from 'lucide-react';
import type { ModelEntry } from '../../common/model.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { InstallProgress } from './InstallProgress.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import { useApp } from './use-app.ts';

export interface ModelCardProps {
  readonly model: ModelEntry;
  readonly onRemove: () => void;
}

export function ModelCard({ model, onRemove }: ModelCardProps) {
  const words = STRINGS.models;
  const { state, task, problem } = model;
  return (
    <li
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4"
      data-model={model.id}
      data-state={state}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="min-w-0 font-semibold [overflow-wrap:anywhere]">{model.label}</h2>
        <p className="flex items-center gap-2 text-small text-soft" role="status" data-testid="model-state">
          <span className={`size-2 flex-none rounded-full ${DOT[state]}`} aria-hidden />
          {words.states[state]}
        </p>
      </div>
      <Facts model={model} />
      {problem !== '' && <p className="text-small text-danger [overflow-wrap:anywhere]">{problem}</p>}
      {task !== undefined && <InstallProgress model={model} task={task} />}
      <Preparation model={model} />
      <Actions model={model} onRemove={onRemove} />
    </li>
  );
}

const DOT: Readonly<Record<ModelEntry['state'], string>> = {
  installed: 'bg-good',
  outdated: 'bg-busy',
  missing: 'bg-line-strong',
  damaged: 'bg-danger',
};

function Facts({ model }: { readonly model: ModelEntry }) {
  const askLink = useApp((state) => state.askLink);
  const words = STRINGS.models;
  const { kind, size, use, licence, licenceUrl, description, useClauses, folder, state } = model;
  const facts = [
    words.kinds[kind],
    size > 0 ? words.megabytes(size) : words.unknownSize,
    ...(use === 'none' ? [] : [words.uses[use]]),
  ];
  return (
    <div className="flex flex-col gap-1 text-small text-soft [overflow-wrap:anywhere]">
      <p>{facts.join(' · ')}</p>
      {description !== '' && <p>{description}</p>}
      {licence !== '' && (
        <p>
          {licenceUrl === '' ? (
            words.licence(licence)
          ) : (
            <button
              type="button"
              className="text-left underline underline-offset-2 hover:text-ink"
              onClick={() => askLink(licenceUrl)}
            >
              {words.licence(licence)}
            </button>
          )}
        </p>
      )}
      {useClauses.length > 0 && (
        <ul className="list-disc pl-5">
          {useClauses.map((clause) => (
            <li key={clause}>{clause}</li>
          ))}
        </ul>
      )}
      <p data-testid="model-folder">
        {state === 'missing' ? words.wouldBeIn : words.isIn} <span className="text-ink">{folder}</span>
      </p>
    </div>
  );
}

/** A new voice is made ready for this machine once; that is a part of getting it. */
function Preparation({ model }: { readonly model: ModelEntry }) {
  const readiness = useApp((state) => state.readiness);
  if (model.use !== 'voice' || readiness.state !== 'starting') return null;
  return (
    <div className="flex flex-col gap-1.5" data-testid="preparation">
      <ProgressBar label={STRINGS.models.preparing} done={readiness.done} />
      <p className="text-small tabular-nums text-soft">{readiness.message}</p>
    </div>
  );
}

function Actions({ model, onRemove }: ModelCardProps) {
  const install = useApp((state) => state.installModel);
  const showFolder = useApp((state) => state.showModelFolder);
  const words = STRINGS.models;
  const { id, label, state, origin, task, isRemovable } = model;
  const start = origin === 'catalog' && task === undefined ? START[state] : undefined;
  if (state === 'missing' && start === undefined) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {start !== undefined && (
        <button
          type="button"
          className="button button-accent"
          aria-label={words.of(words[start.word], label)}
          onClick={() => void install(id)}
        >
          <start.icon size={15} aria-hidden />
          {words[start.word]}
        </button>
      )}
      {state !== 'missing' && (
        <button
          type="button"
          className="button"
          aria-label={words.of(words.show, label)}
          onClick={() => void showFolder(id)}
        >
          <FolderOpen size={15} aria-hidden />
          {words.show}
        </button>
      )}
      {state !== 'missing' && isRemovable && task?.state !== 'running' && (
        <button
          type="button"
          className="button button-quiet"
          aria-label={words.of(words.remove, label)}
          onClick={onRemove}
        >
          <Trash2 size={15} aria-hidden />
          {words.remove}
        </button>
      )}
      {state !== 'missing' && !isRemovable && <p className="note">{words.notOurs}</p>}
    </div>
  );
}

/** What can be begun with a model of the catalog, by its state. */
const START = {
  missing: { word: 'install', icon: Download },
  outdated: { word: 'update', icon: RefreshCw },
  damaged: { word: 'repair', icon: Wrench },
  installed: undefined,
} as const;
