/** Hearing the voice and measuring it: the two things that the first steps try. */
import { Gauge, Play, Square } from 'lucide-react';
import { chosenVoice } from '../choices.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { useApp } from './use-app.ts';
import { useSample } from './use-sample.ts';

/** Speaks a test sentence in the chosen voice, by the very way that answers are spoken. */
export function HearButton() {
  const voice = useApp(chosenVoice);
  const { isPlaying, error, toggle } = useSample(voice);
  const canSpeak = useApp(({ readiness }) => readiness.state === 'ready' || readiness.state === 'resting');
  return (
    <>
      <button
        type="button"
        className="button"
        data-testid="hear"
        disabled={!canSpeak || voice === ''}
        onClick={toggle}
      >
        {isPlaying ? <Square size={13} fill="currentColor" aria-hidden /> : <Play size={15} aria-hidden />}
        {isPlaying ? STRINGS.setup.stop : STRINGS.setup.play}
      </button>
      {error !== undefined && (
        <div className="order-last w-full">
          <ErrorNote error={error} isNewest />
        </div>
      )}
    </>
  );
}

export function SpeedButton() {
  const check = useApp((state) => state.checkSpeed);
  const isBusy = useApp(({ speed }) => speed !== undefined && speed.result === undefined);
  const canSpeak = useApp(({ readiness }) => readiness.state === 'ready' || readiness.state === 'resting');
  return (
    <button
      type="button"
      className="button"
      data-testid="check-speed"
      disabled={!canSpeak || isBusy}
      onClick={() => void check()}
    >
      <Gauge size={15} aria-hidden />
      {isBusy ? STRINGS.setup.checking : STRINGS.setup.check}
    </button>
  );
}

/** What the speed check found. */
export function SpeedNote() {
  const result = useApp(({ speed }) => speed?.result);
  return (
    <p role="status" className="text-small text-soft empty:hidden" data-testid="speed-found">
      {result?.ok === true && STRINGS.setup.found(result.value)}
      {result?.ok === false && (
        <>
          <strong className="font-semibold text-danger">{result.error.message}</strong> {result.error.hint}
        </>
      )}
    </p>
  );
}
