/** A recording becomes a voice: a file is chosen or dropped, read, trimmed, heard, written down, and kept with its owner's consent. */
import { FileAudio } from 'lucide-react';
import { useEffect, useId, useRef, useState, type DragEvent } from 'react';
import { LONGEST_S, SHORTEST_S } from '../../common/recording-rules.ts';
import type { Result } from '../../common/result.ts';
import type { FileFault } from '../../common/recording-rules.ts';
import { chromiumDecoder, readRecording } from '../recording/read-recording.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { Dialog } from './Dialog.tsx';
import { RecordingForm } from './RecordingForm.tsx';
import { useApp } from './use-app.ts';

export interface RecordingDialogProps {
  /** Undefined while one is still to be chosen. */
  readonly file: File | undefined;
  /** How many were dropped besides it. */
  readonly others: number;
}

/** A file that was read, or why it could not be. */
interface Reading {
  readonly file: File;
  readonly result: Result<Float32Array<ArrayBuffer>, FileFault>;
}

export function RecordingDialog({ file, others }: RecordingDialogProps) {
  const leave = useApp((state) => state.leaveVoice);
  const begin = useApp((state) => state.beginVoice);
  const reading = useReading(file);
  const words = STRINGS.recording;
  const choose = (chosen: File): void => begin({ kind: 'recording', file: chosen, others: 0 });
  const fault = reading?.result.ok === false ? reading.result.error : undefined;
  return (
    <Dialog title={words.title} onLeave={leave} isWide>
      <div className="-m-1 flex min-h-0 flex-col gap-3 overflow-y-auto overflow-x-hidden p-1">
        {others > 0 && <p className="text-small text-soft">{words.onlyFirst}</p>}
        {reading?.result.ok === true ? (
          // Another file begins anew.
          <RecordingForm
            key={`${reading.file.name} ${reading.file.lastModified} ${reading.file.size}`}
            file={reading.file}
            samples={reading.result.value}
            onChoose={choose}
          />
        ) : (
          <>
            <p className="text-small text-soft">{words.intro(SHORTEST_S, LONGEST_S)}</p>
            <DropPlace onChoose={choose}>
              {file !== undefined && reading === undefined && (
                <p className="text-small text-soft" role="status">
                  {words.reading(file.name)}
                </p>
              )}
              {fault !== undefined && (
                <p
                  className="text-center text-small text-danger [overflow-wrap:anywhere]"
                  role="alert"
                  data-testid="file-fault"
                >
                  <strong className="font-semibold">{file?.name}</strong>: {words.file(fault)}
                </p>
              )}
            </DropPlace>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Reads a file; undefined until that is done. A file that was chosen meanwhile takes its place. */
function useReading(file: File | undefined): Reading | undefined {
  const [reading, setReading] = useState<Reading>();
  useEffect(() => {
    if (file === undefined) return undefined;
    let isWanted = true;
    void readRecording(file, chromiumDecoder).then((result) => {
      if (isWanted) setReading({ file, result });
    });
    return () => {
      isWanted = false;
    };
  }, [file]);
  return reading?.file === file ? reading : undefined;
}

interface DropPlaceProps {
  readonly onChoose: (file: File) => void;
  readonly children: React.ReactNode;
}

function DropPlace({ onChoose, children }: DropPlaceProps) {
  const [isOver, setOver] = useState(false);
  const onDrag = (event: DragEvent): void => {
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  return (
    <div
      className={`flex flex-col items-center gap-2 rounded-lg border border-dashed px-4 py-8 ${isOver ? 'border-accent bg-sunken' : 'border-line-strong'}`}
      data-testid="drop-place"
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={() => setOver(false)}
    >
      <FileAudio size={26} className="text-soft" aria-hidden />
      <ChooseButton label={STRINGS.recording.choose} onChoose={onChoose} />
      <p className="text-small text-soft">{STRINGS.recording.orDrop}</p>
      {children}
    </div>
  );
}

export interface ChooseButtonProps {
  readonly label: string;
  readonly onChoose: (file: File) => void;
}

/** Opens the system's dialog for files. */
export function ChooseButton({ label, onChoose }: ChooseButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        className="hidden"
        accept="audio/*,.wav,.mp3,.flac,.ogg,.oga,.opus,.m4a,.aac,.webm"
        data-testid="recording-file"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file can be chosen again after it was changed.
          event.target.value = '';
          if (file !== undefined) onChoose(file);
        }}
      />
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {label}
      </button>
    </>
  );
}
