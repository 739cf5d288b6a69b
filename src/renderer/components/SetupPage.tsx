/** The first steps of a new installation on one page: where answers come from, what is needed, how it sounds and how fast it is. */
import { Check, Download } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { ModelEntry } from '../../common/model.ts';
import { modelsToInstall, neededModels, placeOf, type Place } from '../setup-actions.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { InstallProgress } from './InstallProgress.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import { ProviderFields } from './ProviderFields.tsx';
import { HearButton, SpeedButton, SpeedNote } from './SetupTrials.tsx';
import { useApp } from './use-app.ts';

export function SetupPage() {
  const place = useApp(({ settings }) => placeOf(settings?.provider ?? 'built-in'));
  const words = STRINGS.setup;
  return (
    <div
      className="mx-auto flex w-full max-w-[calc(46rem+2rem)] flex-col gap-5 px-4 py-5 text-left"
      data-testid="setup"
    >
      <div className="flex flex-col gap-1">
        <h2 className="text-title font-semibold">{words.title}</h2>
        <p className="text-soft">{words.intro}</p>
      </div>
      <fieldset className="flex gap-3 narrow:flex-col">
        <legend className="pb-2 text-small font-medium text-soft">{words.place}</legend>
        <PlaceCard place="here" />
        <PlaceCard place="provider" />
      </fieldset>
      {place === 'provider' && (
        <Step title={words.places.provider}>
          <ProviderChoice />
          <ProviderFields />
          <p className="note">{words.providerNote}</p>
        </Step>
      )}
      <Step title={words.models}>
        <Models />
      </Step>
      <Step title={words.hear}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <HearButton />
          <p className="note">{words.hearNote}</p>
        </div>
      </Step>
      <Step title={words.speed}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SpeedButton />
          <p className="note">{words.speedNote}</p>
        </div>
        <SpeedNote />
      </Step>
      <End />
    </div>
  );
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="pb-2 text-small font-medium text-soft">{title}</h3>
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">{children}</div>
    </section>
  );
}

function PlaceCard({ place }: { readonly place: Place }) {
  const isChosen = useApp(({ settings }) => placeOf(settings?.provider ?? 'built-in') === place);
  const choose = useApp((state) => state.choosePlace);
  const note = useId();
  const words = STRINGS.setup;
  return (
    <label className="flex flex-1 cursor-pointer flex-col gap-1 rounded-lg border border-line bg-surface p-4 hover:border-line-strong has-[:checked]:border-accent has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent">
      <span className="flex items-center gap-2 font-semibold">
        <input
          type="radio"
          name="place"
          className="accent-accent"
          data-testid={`place-${place}`}
          checked={isChosen}
          aria-describedby={note}
          onChange={() => choose(place)}
        />
        {words.places[place]}
      </span>
      <span id={note} className="text-small text-soft">
        {words.placeNotes[place]}
      </span>
    </label>
  );
}

/** The providers that are reached over a network, this machine's own included. */
function ProviderChoice() {
  const providers = useApp((state) => state.providers);
  const chosen = useApp(({ settings }) => settings?.provider ?? '');
  const change = useApp((state) => state.change);
  const choose = (id: string): void => {
    const found = providers.find((provider) => provider.id === id);
    if (found !== undefined) change({ provider: found.id });
  };
  return (
    <label className="flex items-center justify-between gap-4">
      <span>{STRINGS.setup.provider}</span>
      <select
        className="field-control w-56"
        data-testid="setup-provider"
        value={chosen}
        onChange={(event) => choose(event.target.value)}
      >
        {providers
          .filter(({ id }) => placeOf(id) === 'provider')
          .map(({ id, label, reachable }) => (
            <option key={id} value={id}>
              {reachable ? label : STRINGS.providerDown(label)}
            </option>
          ))}
      </select>
    </label>
  );
}

function Models() {
  const shelf = useApp((state) => state.shelf);
  const settings = useApp((state) => state.settings);
  const install = useApp((state) => state.installNeeded);
  const needed = neededModels({ shelf, settings });
  const waiting = modelsToInstall({ shelf, settings }).filter(({ task }) => task === undefined);
  const words = STRINGS.setup;
  const bytes = waiting.reduce((sum, { size }) => sum + size, 0);
  return (
    <>
      <ul className="flex flex-col gap-3">
        {needed.map((model) => (
          <Model key={model.id} model={model} />
        ))}
      </ul>
      {waiting.length > 0 && (
        <button
          type="button"
          className="button button-accent self-start"
          data-testid="download"
          onClick={() => void install()}
        >
          <Download size={15} aria-hidden />
          {words.download(STRINGS.models.megabytes(bytes))}
        </button>
      )}
      {modelsToInstall({ shelf, settings }).length === 0 && <p className="note">{words.allThere}</p>}
      <Preparation />
    </>
  );
}

function Model({ model }: { readonly model: ModelEntry }) {
  const { label, size, licence, state, task, id } = model;
  const isThere = state === 'installed' || state === 'outdated';
  return (
    <li className="flex flex-col gap-2" data-model={id} data-state={state}>
      <div className="flex items-baseline justify-between gap-3">
        <p className="min-w-0">
          <span className="font-medium">{label}</span>{' '}
          <span className="text-small text-soft">
            {STRINGS.models.megabytes(size)} · {licence}
          </span>
        </p>
        <p className="flex flex-none items-center gap-1 text-small text-soft" role="status">
          {isThere && <Check size={15} className="text-good" aria-hidden />}
          {STRINGS.models.states[state]}
        </p>
      </div>
      {task !== undefined && <InstallProgress model={model} task={task} />}
    </li>
  );
}

/** A voice that is new on this machine is prepared for it before it speaks. */
function Preparation() {
  const readiness = useApp((state) => state.readiness);
  const hasVoice = useApp((state) => neededModels(state).some(({ use }) => use === 'voice'));
  if (readiness.state !== 'starting' || !hasVoice) return null;
  return (
    <div className="flex flex-col gap-1.5" data-testid="preparation">
      <ProgressBar label={STRINGS.models.preparing} done={readiness.done} />
      <p className="text-small tabular-nums text-soft">{readiness.message}</p>
    </div>
  );
}

function End() {
  const finish = useApp((state) => state.finishSetup);
  const isReady = useApp(
    (state) =>
      modelsToInstall(state).length === 0 &&
      (state.readiness.state === 'ready' || state.readiness.state === 'resting'),
  );
  const words = STRINGS.setup;
  const leave = (): void => {
    finish();
    document.getElementById('prompt')?.focus();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        className="button button-accent"
        data-testid="start"
        disabled={!isReady}
        onClick={leave}
      >
        {words.start}
      </button>
      <button type="button" className="button button-quiet" data-testid="skip-setup" onClick={leave}>
        {words.skip}
      </button>
      {!isReady && <p className="note min-w-0 flex-1 basis-64">{words.waits}</p>}
    </div>
  );
}
