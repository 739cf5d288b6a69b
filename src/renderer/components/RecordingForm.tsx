/** A recording that was read: the part that is kept, its words, its name, and the agreement of whose voice it is. */
import { Play, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { floatToPcm16, SAMPLE_RATE } from '../../common/audio.ts';
import { levelDb, soundFault, wordsFault, type WordsFault } from '../../common/recording-rules.ts';
import type { AppError } from '../../common/result.ts';
import { nameFault } from '../../common/voice-name.ts';
import { firstSelection, selected, type Selection } from '../recording/selection.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { SaveButtons } from './BlendDialog.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { ChooseButton } from './RecordingDialog.tsx';
import { useApp } from './use-app.ts';
import { VoiceNameField } from './VoiceNameField.tsx';
import { Waveform } from './Waveform.tsx';

/** Languages that a recording may be in, by BCP 47 tag; the names are the system's. */
const LANGUAGES = [
  'en-US',
  'en-GB',
  'de-DE',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'pt-BR',
  'ru-RU',
  'zh-CN',
] as const;

export interface RecordingFormProps {
  readonly file: File;
  /** Mono, `SAMPLE_RATE`. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Takes another file in this one's place. */
  readonly onChoose: (file: File) => void;
}

export function RecordingForm({ file, samples, onChoose }: RecordingFormProps) {
  const voices = useApp((state) => state.voices);
  const leave = useApp((state) => state.leaveVoice);
  const save = useApp((state) => state.saveRecording);
  const [selection, setSelection] = useState(() => firstSelection(samples, SAMPLE_RATE));
  const [transcript, setTranscript] = useState('');
  const [language, setLanguage] = useState<string>(LANGUAGES[0]);
  const [name, setName] = useState(() => file.name.replace(/\.[^.]*$/, '').replace(/[_-]+/g, ' '));
  const [hasConsent, setConsent] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<AppError>();
  const part = useMemo(() => selected(samples, SAMPLE_RATE, selection), [samples, selection]);
  const fault = useMemo(() => soundFault(part, SAMPLE_RATE), [part]);
  const wrongWords = wordsFault(transcript, part.length / SAMPLE_RATE);
  const shownWords = wrongWords?.kind === 'no-words' && !isAsked ? undefined : wrongWords;
  const words = STRINGS.recording;

  /** Id of the first control that has to be put right: what is wrong stands beside it. */
  const firstWrong = (): string | undefined => {
    if (fault !== undefined) return 'trim-start';
    if (wrongWords !== undefined) return 'transcript';
    if (nameFault(name, voices) !== undefined) return 'voice-name';
    return hasConsent ? undefined : 'consent';
  };
  const keep = async (): Promise<void> => {
    setAsked(true);
    setError(undefined);
    const wrong = firstWrong();
    if (wrong !== undefined) {
      document.getElementById(wrong)?.focus();
      return;
    }
    setSaving(true);
    setError(await save({ name, language, transcript, pcm: floatToPcm16(part) }));
    setSaving(false);
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0 truncate text-small text-soft" title={file.name}>
          {file.name}
        </p>
        <ChooseButton label={words.another} onChoose={onChoose} />
      </div>
      <Part file={file.name} samples={samples} part={part} selection={selection} onSelect={setSelection}>
        <p
          className={`min-w-0 flex-1 text-small ${fault === undefined ? 'text-soft' : 'text-danger'}`}
          role="status"
          data-testid="part"
          data-fault={fault?.kind ?? ''}
        >
          {fault === undefined
            ? `${words.part(part.length / SAMPLE_RATE, levelDb(part))} ${words.partIsGood}`
            : words.sound(fault)}
        </p>
      </Part>
      <div className="flex flex-col gap-1">
        <label htmlFor="transcript" className="text-small text-soft">
          {words.transcript}
        </label>
        <textarea
          id="transcript"
          data-testid="transcript"
          className="field-control min-h-16 resize-y p-2"
          value={transcript}
          maxLength={10_000}
          aria-invalid={shownWords !== undefined}
          aria-describedby="transcript-note"
          onChange={(event) => setTranscript(event.target.value)}
        />
        <p
          id="transcript-note"
          className="text-small text-danger empty:hidden"
          role="status"
          data-testid="transcript-note"
        >
          {shownWords !== undefined && wordsSentence(shownWords)}
        </p>
      </div>
      <div className="grid grid-cols-[1fr_12rem] gap-3 narrow:grid-cols-1 narrow:gap-1">
        <VoiceNameField name={name} onChange={setName} ending=".wav" isAsked={isAsked} />
        <div className="flex flex-col gap-1">
          <label htmlFor="recording-language" className="text-small text-soft">
            {words.language}
          </label>
          <select
            id="recording-language"
            className="field-control"
            value={language}
            onChange={(event) => setLanguage(event.target.value)}
          >
            {LANGUAGES.map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div className="flex flex-col gap-1 rounded bg-sunken px-3 py-2 text-small">
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            id="consent"
            data-testid="consent"
            className="mt-0.5 size-4 flex-none accent-accent"
            checked={hasConsent}
            aria-describedby="consent-note"
            onChange={(event) => setConsent(event.target.checked)}
          />
          {words.consent}
        </label>
        <p id="consent-note" className="text-soft">
          {words.consentNote}
        </p>
        <p className="text-danger empty:hidden" role="status" data-testid="consent-fault">
          {isAsked && !hasConsent && words.noConsent}
        </p>
      </div>
      {error !== undefined && <ErrorNote error={error} isNewest />}
      <SaveButtons isSaving={isSaving} onCancel={leave} />
    </form>
  );
}

function wordsSentence(fault: WordsFault): string {
  const words = STRINGS.recording;
  return fault.kind === 'no-words' ? words.noWords : words.tooManyWords(fault.characters, fault.seconds);
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

function languageName(tag: string): string {
  return languageNames.of(tag) ?? tag;
}

interface PartProps {
  readonly file: string;
  readonly samples: Float32Array<ArrayBuffer>;
  /** The selected samples. */
  readonly part: Float32Array<ArrayBuffer>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** Stands beside the button that plays it. */
  readonly children: React.ReactNode;
}

/** The picture of the recording, and the part of it that is kept, to be heard. */
function Part({ file, samples, part, selection, onSelect, children }: PartProps) {
  const clip = useClip();
  const words = STRINGS.recording;
  const select = (next: Selection): void => {
    clip.stop();
    onSelect(next);
  };
  return (
    <>
      <Waveform
        file={file}
        samples={samples}
        sampleRate={SAMPLE_RATE}
        selection={selection}
        onSelect={select}
        heardS={clip.heardS}
      />
      <div className="flex items-center gap-3">
        <button
          type="button"
          className="button flex-none"
          data-testid="play-part"
          onClick={() => (clip.isPlaying ? clip.stop() : clip.play(part, selection.startS))}
        >
          {clip.isPlaying ? (
            <Square size={13} fill="currentColor" aria-hidden />
          ) : (
            <Play size={15} aria-hidden />
          )}
          {clip.isPlaying ? words.stop : words.play}
        </button>
        {children}
      </div>
      {clip.error !== undefined && <ErrorNote error={clip.error} isNewest />}
    </>
  );
}

interface PlayedClip {
  readonly isPlaying: boolean;
  readonly error: AppError | undefined;
  /** What is heard now, seconds from the recording's beginning; undefined while nothing is. */
  readonly heardS: (() => number) | undefined;
  readonly play: (part: Float32Array<ArrayBuffer>, fromS: number) => void;
  readonly stop: () => void;
}

/** Plays a part; what still sounds stops when the form goes. */
function useClip(): PlayedClip {
  const playClip = useApp((state) => state.playClip);
  const [playing, setPlaying] = useState<{ readonly heardS: () => number }>();
  const [error, setError] = useState<AppError>();
  /** Ends what plays, or what is about to: a sound device takes a while to wake. */
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);
  const play = async (part: Float32Array<ArrayBuffer>, fromS: number): Promise<void> => {
    end.current();
    const unwanted = new AbortController();
    end.current = () => unwanted.abort();
    setError(undefined);
    const started = await playClip({ samples: part, sampleRate: SAMPLE_RATE }, () => {
      if (!unwanted.signal.aborted) setPlaying(undefined);
    });
    if (unwanted.signal.aborted) {
      if (started.ok) started.value();
      return;
    }
    if (!started.ok) {
      setError(started.error);
      return;
    }
    end.current = () => {
      unwanted.abort();
      setPlaying(undefined);
      started.value();
    };
    const from = performance.now();
    setPlaying({ heardS: () => fromS + (performance.now() - from) / 1000 });
  };
  return {
    isPlaying: playing !== undefined,
    error,
    heardS: playing?.heardS,
    play: (part, fromS) => void play(part, fromS),
    stop: () => end.current(),
  };
}
