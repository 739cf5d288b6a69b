/** The voice that speaks. Voices that cannot be used now are listed too, greyed, with the reason. */
import type { VoiceListing } from '../../common/voice.ts';
import { chosenVoice } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { Picker } from './Picker.tsx';
import { useApp } from './use-app.ts';

export function VoicePicker() {
  const voices = useApp((state) => state.voices);
  const chosen = useApp(chosenVoice);
  const change = useApp((state) => state.change);
  const usable = voices.filter((voice) => voice.problem === '');
  const unusable = voices.filter((voice) => voice.problem !== '');
  const isGone = voices.length > 0 && !voices.some((voice) => voice.id === chosen);
  const current = voices.find((voice) => voice.id === chosen);
  return (
    <Picker
      label={STRINGS.voice}
      id="voice"
      value={chosen}
      {...(current?.description ? { title: current.description } : {})}
      onChange={(voice) => change({ voice })}
    >
      {isGone && (
        <option value={chosen} disabled>
          {STRINGS.voiceGone(chosen)}
        </option>
      )}
      <optgroup label={STRINGS.voicesUsable}>
        {usable.map((voice) => (
          <option key={voice.id} value={voice.id}>
            {describe(voice)}
          </option>
        ))}
      </optgroup>
      {unusable.length > 0 && (
        <optgroup label={STRINGS.voicesUnusable}>
          {unusable.map((voice) => (
            <option key={voice.id} value={voice.id} disabled title={voice.problem}>
              {`${voice.name}: ${voice.problem}`}
            </option>
          ))}
        </optgroup>
      )}
    </Picker>
  );
}

function describe(voice: VoiceListing): string {
  return `${voice.name} (${[voice.language, voice.grade].filter((part) => part !== '').join(', ')})`;
}
