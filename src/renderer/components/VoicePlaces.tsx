/** On what the voices run: the choice for each engine, where CUDA's libraries are, and what was found when it was decided. */
import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { epChoiceSchema, type EpChoice } from '../../common/engine.ts';
import type { VoicePlaces as Places } from '../../common/ports/bridge.ts';
import type { Settings } from '../../common/settings.ts';
import { engineIdSchema } from '../../common/voice.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

/** The rows; nothing until main has told what this platform offers. */
export function VoicePlaces({ settings }: { readonly settings: Settings }) {
  const [places, setPlaces] = useState<Places | undefined>(undefined);
  const load = useApp((state) => state.loadVoicePlaces);
  const change = useApp((state) => state.change);
  const { cudaFolder, ep } = settings;
  const { state } = useApp((app) => app.readiness);
  // Another folder may bring CUDA, or take it away; main knows when the voice starts again.
  useEffect(() => {
    void load().then(setPlaces);
  }, [load, cudaFolder, state]);
  if (places === undefined) return null;
  const choices = epChoiceSchema.options.filter((one) => one === 'auto' || places.eps.includes(one));
  return (
    <>
      {engineIdSchema.options.map((engine) => (
        <EpRow
          key={engine}
          label={STRINGS.voicePlaces.engines[engine]}
          value={ep[engine] ?? 'auto'}
          choices={choices}
          onChange={(chosen) => change({ ep: { ...ep, [engine]: chosen } })}
        />
      ))}
      {places.eps.includes('cuda') && <CudaFolder folder={cudaFolder} problem={places.cudaProblem} />}
      <Report />
    </>
  );
}

interface EpRowProps {
  readonly label: string;
  readonly value: EpChoice;
  readonly choices: readonly EpChoice[];
  readonly onChange: (choice: EpChoice) => void;
}

function EpRow({ label, value, choices, onChange }: EpRowProps) {
  return (
    <label className="flex items-center justify-between gap-4">
      <span>{label}</span>
      <select
        className="field-control w-40"
        value={value}
        onChange={(event) => {
          const chosen = choices.find((one) => one === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            {STRINGS.voicePlaces.eps[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

function CudaFolder({ folder, problem }: { readonly folder: string; readonly problem: string }) {
  const choose = useApp((state) => state.chooseCudaFolder);
  const change = useApp((state) => state.change);
  const words = STRINGS.voicePlaces;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2" data-testid="cuda-folder">
      <div className="min-w-0 flex-1 basis-60">
        <p id="cuda-folder-label">{words.cudaFolder}</p>
        <p className="break-words text-small text-soft">{folder === '' ? words.noCudaFolder : folder}</p>
        {folder !== '' && problem !== '' && (
          <p className="break-words text-small text-danger">{words.cudaProblem(problem)}</p>
        )}
      </div>
      <span className="flex gap-2">
        {folder !== '' && (
          <button
            type="button"
            className="button"
            aria-describedby="cuda-folder-label"
            onClick={() => change({ cudaFolder: '' })}
          >
            {words.forget}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-describedby="cuda-folder-label"
          onClick={() => {
            void choose();
          }}
        >
          <FolderOpen size={15} aria-hidden />
          {words.choose}
        </button>
      </span>
    </div>
  );
}

/** What was found when it was decided on what the loaded voice runs. */
function Report() {
  const readiness = useApp((state) => state.readiness);
  if (readiness.state !== 'ready' || readiness.epReport === undefined) return null;
  const words = STRINGS.voicePlaces;
  return (
    <details className="text-small text-soft">
      <summary className="cursor-pointer">{words.now(readiness.engine, readiness.ep)}</summary>
      <ul className="list-disc pl-5 pt-1">
        {readiness.epReport.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </details>
  );
}
