/** Everything that is set rarely. What is changed is kept at once. */
import type { Reading } from '../../common/reading.ts';
import type { Settings } from '../../common/settings.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { KeepLoaded } from './KeepLoaded.tsx';
import { ModelField } from './ModelField.tsx';
import { ProviderFields } from './ProviderFields.tsx';
import { ProviderPicker } from './ProviderPicker.tsx';
import { ShortcutField } from './ShortcutField.tsx';
import { Tick } from './Tick.tsx';
import { Section } from './Section.tsx';
import { useApp } from './use-app.ts';
import { VoicePlaces } from './VoicePlaces.tsx';

export function SettingsPage() {
  const settings = useApp((state) => state.settings);
  const words = STRINGS.settings;
  return (
    <main
      className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]"
      aria-label={STRINGS.pages.settings}
      tabIndex={0}
    >
      <div className="mx-auto flex max-w-[calc(46rem+2rem)] flex-col gap-6 px-4 py-5">
        {settings !== undefined && (
          <>
            <Section title={words.appearance}>
              <Theme settings={settings} />
            </Section>
            <Section title={words.speaking}>
              <Range
                label={words.pause}
                value={settings.pauseMs}
                max={1_000}
                field="pauseMs"
                isDisabled={settings.crossfadeMs > 0}
              />
              <Range label={words.crossfade} value={settings.crossfadeMs} max={200} field="crossfadeMs" />
              <p className="note">{words.crossfadeNote}</p>
            </Section>
            <Section title={words.reading}>
              <ReadingChoices settings={settings} />
            </Section>
            <Section title={words.languageModel}>
              <p className="note">{words.languageModelNote}</p>
              <div className="flex flex-wrap items-center gap-1">
                <ProviderPicker />
                <ModelField />
              </div>
              <ProviderFields />
            </Section>
            <Section title={STRINGS.voicePlaces.title}>
              <VoicePlaces settings={settings} />
            </Section>
            <Section title={words.answering}>
              <SystemPrompt settings={settings} />
            </Section>
            <Section title={words.outside}>
              <OutsideKeys settings={settings} />
            </Section>
            <Section title={words.memory}>
              <KeepLoaded minutes={settings.keepLoadedMinutes} />
              <p className="note">{words.keepLoadedNote}</p>
            </Section>
          </>
        )}
        <FirstSteps />
        <SettingsFile />
        <Section title={words.keys}>
          <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 text-small">
            {words.shortcuts.map(([name, keys]) => (
              <div key={name} className="contents">
                <dt>{name}</dt>
                <dd className="text-soft">{keys}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </main>
  );
}

/** The way back to the page that a new installation begins with. */
function FirstSteps() {
  const setUpAgain = useApp((state) => state.setUpAgain);
  const words = STRINGS.settings;
  return (
    <Section title={words.firstSteps}>
      <div className="flex flex-wrap items-center gap-2">
        <button type="button" className="button" onClick={setUpAgain}>
          {words.setUpAgain}
        </button>
        <p className="note">{words.setUpAgainNote}</p>
      </div>
    </Section>
  );
}

/** The settings as a file, for another machine or for safe keeping. */
function SettingsFile() {
  const exportSettings = useApp((state) => state.exportSettings);
  const importSettings = useApp((state) => state.importSettings);
  const words = STRINGS.settings;
  return (
    <Section title={words.file}>
      <div className="flex flex-wrap items-center gap-2">
        <button type="button" className="button" onClick={() => void exportSettings()}>
          {words.exportFile}
        </button>
        <button type="button" className="button" onClick={() => void importSettings()}>
          {words.importFile}
        </button>
        <p className="note">{words.fileNote}</p>
      </div>
    </Section>
  );
}

function Theme({ settings }: { readonly settings: Settings }) {
  const change = useApp((state) => state.change);
  const words = STRINGS.settings;
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-2">
      <legend className="sr-only">{words.theme}</legend>
      <span aria-hidden>{words.theme}</span>
      <span className="flex gap-1 rounded bg-sunken p-1">
        {(['system', 'light', 'dark'] as const).map((theme) => (
          <label
            key={theme}
            className="cursor-pointer rounded-sm px-3 py-1 text-small text-soft focus-within:outline focus-within:outline-2 focus-within:outline-accent has-[:checked]:bg-surface has-[:checked]:text-ink has-[:checked]:shadow-sm"
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={settings.theme === theme}
              onChange={() => change({ theme })}
            />
            {words.themes[theme]}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

/** What is said of code, tables, emoji and stage directions. */
function ReadingChoices({ settings: { reading } }: { readonly settings: Settings }) {
  const change = useApp((state) => state.change);
  const set = (patch: Partial<Reading>): void => change({ reading: { ...reading, ...patch } });
  const words = STRINGS.settings;
  return (
    <>
      <Choice
        label={words.codeBlocks}
        value={reading.codeBlocks}
        names={words.codeBlockModes}
        onChange={(codeBlocks) => set({ codeBlocks })}
      />
      <Choice
        label={words.tables}
        value={reading.tables}
        names={words.tableModes}
        onChange={(tables) => set({ tables })}
      />
      <Tick label={words.nameEmoji} isOn={reading.nameEmoji} onChange={(nameEmoji) => set({ nameEmoji })} />
      <Tick
        label={words.readStageDirections}
        isOn={!reading.dropStageDirections}
        onChange={(isOn) => set({ dropStageDirections: !isOn })}
      />
    </>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly names: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, names, onChange }: ChoiceProps<T>) {
  const options = namesOf(names);
  return (
    <label className="flex items-center justify-between gap-4">
      <span>{label}</span>
      <select
        className="field-control w-40"
        value={value}
        onChange={(event) => {
          const chosen = options.find(([name]) => name === event.target.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The choices in the order in which they are written down. */
function namesOf<T extends string>(names: Readonly<Record<T, string>>): [T, string][] {
  const pairs: [T, string][] = [];
  for (const name in names) pairs.push([name, names[name]]);
  return pairs;
}

interface RangeProps {
  readonly label: string;
  readonly value: number;
  /** ms. */
  readonly max: number;
  readonly field: 'pauseMs' | 'crossfadeMs';
  readonly isDisabled?: boolean;
}

function Range({ label, value, max, field, isDisabled = false }: RangeProps) {
  const change = useApp((state) => state.change);
  return (
    <label className={`flex items-center justify-between gap-4 ${isDisabled ? 'text-soft' : ''}`}>
      <span className="flex-1">{label}</span>
      <input
        type="range"
        className="w-40 accent-accent"
        min={0}
        max={max}
        step={10}
        value={value}
        disabled={isDisabled}
        onChange={(event) => change({ [field]: Number(event.target.value) })}
      />
      <output className="w-16 text-right text-small tabular-nums text-soft">
        {value} {STRINGS.ms}
      </output>
    </label>
  );
}

/** What can be asked of the program while another is in front. */
function OutsideKeys({ settings: { shortcuts, trayIcon } }: { readonly settings: Settings }) {
  const change = useApp((state) => state.change);
  const words = STRINGS.settings;
  return (
    <>
      <ShortcutField
        label={words.showHide}
        value={shortcuts.showHide}
        onChange={(showHide) => change({ shortcuts: { ...shortcuts, showHide } })}
      />
      <ShortcutField
        label={words.speakClipboard}
        value={shortcuts.speakClipboard}
        onChange={(speakClipboard) => change({ shortcuts: { ...shortcuts, speakClipboard } })}
      />
      <p className="note">{words.shortcutNote}</p>
      <Tick label={words.trayIcon} isOn={trayIcon} onChange={(isOn) => change({ trayIcon: isOn })} />
    </>
  );
}

function SystemPrompt({ settings }: { readonly settings: Settings }) {
  const change = useApp((state) => state.change);
  return (
    <label className="flex flex-col gap-1">
      {STRINGS.settings.systemPrompt}
      <textarea
        className="field-control min-h-20 resize-y p-2"
        key={settings.systemPrompt}
        defaultValue={settings.systemPrompt}
        maxLength={20_000}
        onBlur={(event) => change({ systemPrompt: event.target.value })}
      />
    </label>
  );
}
