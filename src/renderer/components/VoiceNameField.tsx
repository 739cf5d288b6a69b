/** The name of a new voice: what is wrong with it, else the file that it gets. */
import { nameFault, voiceIdFor } from '../../common/voice-name.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export interface VoiceNameFieldProps {
  readonly name: string;
  readonly onChange: (name: string) => void;
  /** The ending of the voice's file. */
  readonly ending: '.bin' | '.wav';
  /** Whether an empty name is a fault already. */
  readonly isAsked: boolean;
}

export function VoiceNameField({ name, onChange, ending, isAsked }: VoiceNameFieldProps) {
  const voices = useApp((state) => state.voices);
  const fault = nameFault(name, voices);
  const shown = fault === 'empty' && !isAsked ? undefined : fault;
  const words = STRINGS.newVoice;
  const file = `${voiceIdFor(
    name,
    voices.map(({ id }) => id),
  )}${ending}`;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor="voice-name" className="text-small text-soft">
        {words.name}
      </label>
      <input
        id="voice-name"
        data-testid="voice-name"
        className="field-control"
        autoComplete="off"
        value={name}
        aria-invalid={shown !== undefined}
        aria-describedby="voice-name-note"
        onChange={(event) => onChange(event.target.value)}
      />
      <p
        id="voice-name-note"
        data-testid="voice-name-note"
        className={`min-h-5 text-small [overflow-wrap:anywhere] ${shown === undefined ? 'text-soft' : 'text-danger'}`}
        role="status"
      >
        {shown !== undefined ? words.nameFaults[shown] : fault === undefined ? words.file(file) : ''}
      </p>
    </div>
  );
}
