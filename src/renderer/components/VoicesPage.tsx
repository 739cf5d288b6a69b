/** The voice library: every voice, and the ways to a new one. */
import { AudioWaveform, Blend, FileInput, FolderOpen, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { VOICE_FILE_ENDING } from '../../common/voice-file.ts';
import type { VoiceListing } from '../../common/voice.ts';
import { canBlend } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { BlendDialog } from './BlendDialog.tsx';
import { ModelFolders } from './ModelFolders.tsx';
import { RecordingDialog } from './RecordingDialog.tsx';
import { useApp } from './use-app.ts';
import { VoiceRow } from './VoiceRow.tsx';

export function VoicesPage() {
  const voices = useApp((state) => state.voices);
  const favourites = useApp((state) => state.settings?.favouriteVoices) ?? NONE;
  const work = useApp((state) => state.voiceWork);
  const [filter, setFilter] = useState('');
  const words = STRINGS.voices;
  const shown = voices
    .filter((voice) => matches(voice, filter))
    .sort((a, b) => Number(favourites.includes(b.id)) - Number(favourites.includes(a.id)));
  const usable = shown.filter(({ problem }) => problem === '');
  const from = (origin: VoiceListing['origin']): VoiceListing[] =>
    usable.filter((voice) => voice.origin === origin);
  return (
    <main
      className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]"
      aria-label={STRINGS.pages.voices}
    >
      <div className="mx-auto flex max-w-[calc(46rem+2rem)] flex-col gap-4 px-4 py-5">
        <p className="text-soft">{words.intro}</p>
        <Ways />
        <div className="relative max-w-80">
          <Search size={15} className="pointer-events-none absolute left-2 top-2 text-soft" aria-hidden />
          <input
            type="search"
            className="field-control pl-7"
            aria-label={words.filter}
            placeholder={words.filter}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
        {shown.length === 0 && <p className="note">{words.none}</p>}
        <Group title={words.own} voices={from('own')} />
        <Group title={words.shipped} voices={from('shipped')} />
        <Group title={words.ofModels} voices={from('model')} />
        <Group title={words.unusable} voices={shown.filter(({ problem }) => problem !== '')} />
        <ModelFolders />
      </div>
      {work?.kind === 'blend' && <BlendDialog />}
      {work?.kind === 'recording' && <RecordingDialog file={work.file} others={work.others} />}
    </main>
  );
}

const NONE: readonly string[] = [];

function matches({ name, id, language, description }: VoiceListing, filter: string): boolean {
  const words = filter.trim().toLocaleLowerCase();
  return [name, id, language, description].some((text) => text.toLocaleLowerCase().includes(words));
}

/** The ways to a voice of one's own. */
function Ways() {
  const begin = useApp((state) => state.beginVoice);
  const openFolder = useApp((state) => state.openVoicesFolder);
  const canBegin = useApp((state) => state.voices.filter(canBlend).length >= 2);
  return (
    <div className="flex flex-wrap gap-2">
      <button
        type="button"
        className="button"
        data-testid="blend-voices"
        disabled={!canBegin}
        title={canBegin ? undefined : STRINGS.blend.tooFew}
        onClick={() => begin({ kind: 'blend' })}
      >
        <Blend size={15} aria-hidden />
        {STRINGS.blend.open}
      </button>
      <button
        type="button"
        className="button"
        data-testid="add-recording"
        onClick={() => begin({ kind: 'recording', file: undefined, others: 0 })}
      >
        <AudioWaveform size={15} aria-hidden />
        {STRINGS.recording.open}
      </button>
      <VoiceFileButton />
      <button type="button" className="button" onClick={() => void openFolder()}>
        <FolderOpen size={15} aria-hidden />
        {STRINGS.voices.openFolder}
      </button>
    </div>
  );
}

/** Adds a voice that someone handed on. */
function VoiceFileButton() {
  const add = useApp((state) => state.addVoiceFile);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        className="hidden"
        accept={VOICE_FILE_ENDING}
        data-testid="voice-file"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file can be chosen again after it was changed.
          event.target.value = '';
          if (file !== undefined) void add(file);
        }}
      />
      <button type="button" className="button" onClick={() => input.current?.click()}>
        <FileInput size={15} aria-hidden />
        {STRINGS.voices.addFile}
      </button>
    </>
  );
}

function Group({ title, voices }: { readonly title: string; readonly voices: readonly VoiceListing[] }) {
  if (voices.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="pb-2 text-small font-medium text-soft">{title}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {voices.map((voice) => (
          <VoiceRow key={voice.id} voice={voice} />
        ))}
      </ul>
    </section>
  );
}
