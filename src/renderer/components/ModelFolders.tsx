/** The models that clone voices: which there are, what their licences ask, and adding one. */
import { FolderPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ModelFolderListing } from '../../common/ports/bridge.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export function ModelFolders() {
  const [models, setModels] = useState<readonly ModelFolderListing[]>([]);
  const load = useApp((state) => state.loadModelFolders);
  const add = useApp((state) => state.addModelFolder);
  useEffect(() => {
    void load().then(setModels);
  }, [load]);
  const addAndShow = async (): Promise<void> => {
    if ((await add()) !== undefined) setModels(await load());
  };
  const words = STRINGS.modelFolders;
  return (
    <section aria-label={words.title}>
      <h2 className="pb-2 text-small font-medium text-soft">{words.title}</h2>
      <p className="pb-2 text-small text-soft">{words.intro}</p>
      {models.map((model) => (
        <Model key={model.id} model={model} />
      ))}
      <button
        type="button"
        className="button"
        data-testid="add-model-folder"
        onClick={() => {
          void addAndShow();
        }}
      >
        <FolderPlus size={15} aria-hidden />
        {words.add}
      </button>
    </section>
  );
}

function Model({ model }: { readonly model: ModelFolderListing }) {
  const facts = model.problem === '' ? `${STRINGS.modelFolders.size(model.size)} · ${model.licence}` : '';
  return (
    <div className="pb-3" data-model={model.id}>
      <p className="font-medium">{model.id}</p>
      {facts !== '' && <p className="text-small text-soft">{facts}</p>}
      {model.problem !== '' && <p className="text-small text-danger">{model.problem}</p>}
      {model.useClauses.length > 0 && (
        <ul className="list-disc pl-5 text-small text-soft">
          {model.useClauses.map((clause) => (
            <li key={clause}>{clause}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
