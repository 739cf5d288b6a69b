/** One voice of the library: what is known of it, a sample, and what can be done with it. */
import { BadgeCheck, Check, EllipsisVertical, FileOutput, Play, Square, Star, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { VoiceListing } from '../../common/voice.ts';
import { chosenVoice } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { useApp } from './use-app.ts';
import { useSample, type Sample } from './use-sample.ts';

const NONE: readonly string[] = [];

export function VoiceRow({ voice }: { readonly voice: VoiceListing }) {
  const chosen = useApp(chosenVoice);
  const change = useApp((state) => state.change);
  const sample = useSample(voice.id);
  const words = STRINGS.voices;
  const isChosen = chosen === voice.id;
  const isUsable = voice.problem === '';
  const facts = [
    voice.language,
    words.engines[voice.engine],
    voice.grade && words.grade(voice.grade),
    voice.licence,
  ];
  return (
    <li className="px-3 py-2.5" data-voice={voice.id}>
      <div className="flex items-center gap-x-3 gap-y-2 narrow:flex-wrap">
        <SampleButton voice={voice} sample={sample} />
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <p className={`font-medium ${isUsable ? '' : 'text-soft'}`}>
            {voice.name}
            {voice.isDefault && (
              <span className="ml-2 rounded-sm bg-sunken px-1.5 py-0.5 text-tiny font-normal text-soft">
                {words.isDefault}
              </span>
            )}
          </p>
          <p className="text-small text-soft">{facts.filter((fact) => fact !== '').join(' · ')}</p>
          {voice.description !== '' && <p className="text-small text-soft">{voice.description}</p>}
          {!isUsable && <p className="text-small text-danger">{voice.problem}</p>}
        </div>
        <div className="ml-auto flex flex-none items-center gap-1 narrow:w-full narrow:justify-end">
          <FavouriteButton voice={voice} />
          <button
            type="button"
            className="button w-28 flex-none"
            disabled={!isUsable || isChosen}
            onClick={() => change({ voice: voice.id })}
          >
            {isChosen && <Check size={15} aria-hidden />}
            {isChosen ? words.inUse : words.use}
          </button>
          <VoiceMenu voice={voice} />
        </div>
      </div>
      {sample.error !== undefined && (
        <div className="pt-2">
          <ErrorNote error={sample.error} isNewest />
        </div>
      )}
    </li>
  );
}

function SampleButton({ voice, sample }: { readonly voice: VoiceListing; readonly sample: Sample }) {
  const label = sample.isPlaying ? STRINGS.voices.stop : STRINGS.voices.play(voice.name);
  return (
    <button
      type="button"
      className="icon-button rounded-full border border-line text-ink"
      aria-label={label}
      title={label}
      disabled={voice.problem !== ''}
      onClick={sample.toggle}
    >
      {sample.isPlaying ? (
        <Square size={13} fill="currentColor" aria-hidden />
      ) : (
        <Play size={16} aria-hidden />
      )}
    </button>
  );
}

function FavouriteButton({ voice }: { readonly voice: VoiceListing }) {
  const favourites = useApp((state) => state.settings?.favouriteVoices) ?? NONE;
  const change = useApp((state) => state.change);
  const isFavourite = favourites.includes(voice.id);
  const toggle = (): void =>
    change({
      favouriteVoices: isFavourite ? favourites.filter((id) => id !== voice.id) : [...favourites, voice.id],
    });
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={STRINGS.voices.favourite(voice.name)}
      aria-pressed={isFavourite}
      title={STRINGS.voices.favourite(voice.name)}
      onClick={toggle}
    >
      <Star
        size={16}
        className={isFavourite ? 'text-accent' : ''}
        fill={isFavourite ? 'currentColor' : 'none'}
        aria-hidden
      />
    </button>
  );
}

/** What is done rarely. A voice for which there is nothing of that kind keeps the place free. */
function VoiceMenu({ voice }: { readonly voice: VoiceListing }) {
  const makeDefault = useApp((state) => state.makeDefault);
  const remove = useApp((state) => state.removeVoice);
  const save = useApp((state) => state.saveVoiceFile);
  const words = STRINGS.voices;
  const canBeDefault = voice.origin !== 'model' && voice.problem === '' && !voice.isDefault;
  const canGo = voice.origin === 'own';
  if (!canBeDefault && !canGo) return <span className="size-8 flex-none" aria-hidden />;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="icon-button" aria-label={words.more(voice.name)}>
          <EllipsisVertical size={16} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end">
          {canBeDefault && (
            <DropdownMenu.Item className="menu-item" onSelect={() => void makeDefault(voice.id)}>
              <BadgeCheck size={15} aria-hidden />
              {words.makeDefault}
            </DropdownMenu.Item>
          )}
          {canGo && voice.problem === '' && (
            <DropdownMenu.Item className="menu-item" onSelect={() => void save(voice.id)}>
              <FileOutput size={15} aria-hidden />
              {words.saveFile}
            </DropdownMenu.Item>
          )}
          {canGo && (
            <DropdownMenu.Item className="menu-item text-danger" onSelect={() => void remove(voice.id)}>
              <Trash2 size={15} aria-hidden />
              {words.remove}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
