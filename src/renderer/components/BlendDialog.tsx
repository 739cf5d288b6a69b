/** Two Kokoro voices, a slider between them, and the voice that comes of it: heard before it is kept. */
import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import type { Blend } from '../../common/blend.ts';
import type { AppError } from '../../common/result.ts';
import { nameFault } from '../../common/voice-name.ts';
import type { VoiceListing } from '../../common/voice.ts';
import { canBlend, chosenVoice } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { Dialog } from './Dialog.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { useApp } from './use-app.ts';
import { useSample } from './use-sample.ts';
import { VoiceNameField } from './VoiceNameField.tsx';

export function BlendDialog() {
  const voices = useApp((state) => state.voices).filter(canBlend);
  const chosen = useApp(chosenVoice);
  const leave = useApp((state) => state.leaveVoice);
  const save = useApp((state) => state.saveBlend);
  const [first, setFirst] = useState(() => (voices.find(({ id }) => id === chosen) ?? voices[0])?.id ?? '');
  const [second, setSecond] = useState(() => voices.find(({ id }) => id !== first)?.id ?? '');
  const [percent, setPercent] = useState(50);
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<AppError>();
  const allVoices = useApp((state) => state.voices);
  const blend: Blend = { first, second, share: percent / 100 };
  const sample = useSample(blend);
  const isSame = first === second;
  const words = STRINGS.blend;
  const nameOf = (id: string): string => voices.find((voice) => voice.id === id)?.name ?? id;
  const shares = words.shares(nameOf(first), 100 - percent, nameOf(second), percent);

  const keep = async (): Promise<void> => {
    setAsked(true);
    setError(undefined);
    if (isSame || nameFault(name, allVoices) !== undefined) return;
    setSaving(true);
    setError(await save({ ...blend, name }));
    setSaving(false);
  };
  return (
    <Dialog title={words.title} onLeave={leave}>
      <form
        className="-m-1 flex min-h-0 flex-col gap-3 overflow-y-auto p-1"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <p className="text-small text-soft">{words.intro}</p>
        <div className="grid grid-cols-2 gap-3">
          <ParentPicker
            id="blend-first"
            label={words.first}
            voices={voices}
            value={first}
            onChange={setFirst}
          />
          <ParentPicker
            id="blend-second"
            label={words.second}
            voices={voices}
            value={second}
            onChange={setSecond}
          />
        </div>
        {isSame ? (
          <p className="text-small text-danger" role="alert">
            {words.same}
          </p>
        ) : (
          <div className="flex flex-col">
            <input
              type="range"
              data-testid="blend-share"
              className="w-full accent-accent"
              aria-label={words.share}
              aria-valuetext={shares}
              min={0}
              max={100}
              step={5}
              value={percent}
              onChange={(event) => setPercent(Number(event.target.value))}
            />
            <p className="flex justify-between gap-3 text-small tabular-nums text-soft" aria-hidden>
              <span>{100 - percent}%</span>
              <span>{percent}%</span>
            </p>
          </div>
        )}
        <button
          type="button"
          className="button self-start"
          data-testid="blend-play"
          disabled={isSame}
          onClick={sample.toggle}
        >
          {sample.isPlaying ? (
            <Square size={13} fill="currentColor" aria-hidden />
          ) : (
            <Play size={15} aria-hidden />
          )}
          {sample.isPlaying ? words.stop : words.play}
        </button>
        {sample.error !== undefined && <ErrorNote error={sample.error} isNewest={error === undefined} />}
        <VoiceNameField name={name} onChange={setName} ending=".bin" isAsked={isAsked} />
        {error !== undefined && <ErrorNote error={error} isNewest />}
        <SaveButtons isSaving={isSaving} onCancel={leave} />
      </form>
    </Dialog>
  );
}

export interface SaveButtonsProps {
  readonly isSaving: boolean;
  readonly onCancel: () => void;
}

/** The end of a form that makes a voice. */
export function SaveButtons({ isSaving, onCancel }: SaveButtonsProps) {
  const words = STRINGS.newVoice;
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <button type="button" className="button" onClick={onCancel}>
        {words.cancel}
      </button>
      <button type="submit" className="button button-accent" data-testid="save-voice" disabled={isSaving}>
        {isSaving ? words.saving : words.save}
      </button>
    </div>
  );
}

interface ParentPickerProps {
  readonly id: string;
  readonly label: string;
  readonly voices: readonly VoiceListing[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function ParentPicker({ id, label, voices, value, onChange }: ParentPickerProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-small text-soft">
        {label}
      </label>
      <select
        id={id}
        data-testid={id}
        className="field-control truncate"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {voices.map((voice) => (
          <option key={voice.id} value={voice.id}>
            {`${voice.name} (${voice.language})`}
          </option>
        ))}
      </select>
    </div>
  );
}
