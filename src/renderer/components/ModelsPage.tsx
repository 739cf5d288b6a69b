/** Every model that can be installed and every one that was added: what it is, where it is, and what can be done with it. */
import { FolderPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ModelEntry } from '../../common/model.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { KeepLoaded } from './KeepLoaded.tsx';
import { ModelCard } from './ModelCard.tsx';
import { RemoveQuestion } from './RemoveQuestion.tsx';
import { useApp } from './use-app.ts';

export function ModelsPage() {
  const shelf = useApp((state) => state.shelf);
  const loadShelf = useApp((state) => state.loadShelf);
  const minutes = useApp((state) => state.settings?.keepLoadedMinutes);
  const [asked, setAsked] = useState<ModelEntry | undefined>(undefined);
  useEffect(() => {
    void loadShelf();
  }, [loadShelf]);
  const words = STRINGS.models;
  return (
    <main
      className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]"
      aria-label={STRINGS.pages.models}
      tabIndex={0}
    >
      <div className="mx-auto flex max-w-[calc(46rem+2rem)] flex-col gap-4 px-4 py-5">
        {shelf === undefined ? (
          <p className="note">{words.none}</p>
        ) : (
          <>
            <p className="text-soft [overflow-wrap:anywhere]">
              {words.place(shelf.folder)}{' '}
              {shelf.freeBytes !== undefined && words.free(words.megabytes(shelf.freeBytes))}
            </p>
            <ul className="flex flex-col gap-3">
              {shelf.models.map((model) => (
                <ModelCard key={model.id} model={model} onRemove={() => setAsked(model)} />
              ))}
            </ul>
          </>
        )}
        <AddFolder />
        {minutes !== undefined && (
          <section
            aria-label={STRINGS.settings.keepLoaded}
            className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4"
          >
            <KeepLoaded minutes={minutes} />
            <p className="note">{STRINGS.settings.keepLoadedNote}</p>
          </section>
        )}
      </div>
      <RemoveQuestion model={asked} onDone={() => setAsked(undefined)} />
    </main>
  );
}

function AddFolder() {
  const add = useApp((state) => state.addModelFolder);
  const loadShelf = useApp((state) => state.loadShelf);
  const addAndShow = async (): Promise<void> => {
    if ((await add()) !== undefined) await loadShelf();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <button type="button" className="button" onClick={() => void addAndShow()}>
        <FolderPlus size={15} aria-hidden />
        {STRINGS.models.add}
      </button>
      <p className="note">{STRINGS.models.addNote}</p>
    </div>
  );
}
