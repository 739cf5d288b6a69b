/** Takes a recording or a voice file that is dropped anywhere on the window. While one hovers over it, the window says so. */
import { useEffect, useState } from 'react';
import { isVoiceFileName } from '../../common/voice-file.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export function DropTarget() {
  const begin = useApp((state) => state.beginVoice);
  const addFile = useApp((state) => state.addVoiceFile);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      // Going from one element to the next is not leaving the window.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const [file, ...others] = event.dataTransfer?.files ?? [];
      if (file === undefined) return;
      if (isVoiceFileName(file.name)) void addFile(file);
      else begin({ kind: 'recording', file, others: others.length });
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [begin, addFile]);
  if (!isOver) return null;
  return (
    <div
      className="pointer-events-none fixed inset-2 z-40 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-paper/85 text-title text-ink"
      role="status"
      data-testid="drop-hint"
    >
      {STRINGS.voices.drop}
    </div>
  );
}
