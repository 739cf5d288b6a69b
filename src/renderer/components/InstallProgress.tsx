/** How an install stands, and what can be done about it: pause, resume, cancel, try again. */
import { Pause, Play, RotateCcw, X } from 'lucide-react';
import type { InstallTask, ModelEntry } from '../../common/model.ts';
import { unreachable } from '../../common/result.ts';
import { shareOf } from '../model-actions.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { ProgressBar } from './ProgressBar.tsx';
import { useApp } from './use-app.ts';

export interface InstallProgressProps {
  readonly model: Pick<ModelEntry, 'id' | 'label'>;
  readonly task: InstallTask;
}

export function InstallProgress({ model: { id, label }, task }: InstallProgressProps) {
  const pause = useApp((state) => state.pauseInstall);
  const resume = useApp((state) => state.installModel);
  const cancel = useApp((state) => state.cancelInstall);
  const words = STRINGS.models;
  const { state } = task;
  return (
    <div className="flex flex-col gap-1.5" data-testid="install" data-state={state}>
      <ProgressBar
        label={words.progress(label)}
        done={shareOf(task)}
        tone={state === 'failed' ? 'failed' : state === 'paused' ? 'resting' : 'busy'}
      />
      <p className="text-small tabular-nums text-soft" data-testid="install-progress">
        {lineOf(task)}
      </p>
      {task.state === 'failed' && (
        <p className="text-small [overflow-wrap:anywhere]" role="alert" data-testid="install-error">
          <strong className="font-semibold text-danger">{task.error.message}</strong> {task.error.hint}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {state === 'running' && (
          <button
            type="button"
            className="button"
            aria-label={words.of(words.pause, label)}
            onClick={() => void pause(id)}
          >
            <Pause size={14} aria-hidden />
            {words.pause}
          </button>
        )}
        {state !== 'running' && (
          <button
            type="button"
            className="button button-accent"
            aria-label={words.of(state === 'failed' ? words.retry : words.resume, label)}
            onClick={() => void resume(id)}
          >
            {state === 'failed' ? <RotateCcw size={14} aria-hidden /> : <Play size={14} aria-hidden />}
            {state === 'failed' ? words.retry : words.resume}
          </button>
        )}
        <button
          type="button"
          className="button button-quiet"
          aria-label={words.of(words.cancel, label)}
          onClick={() => void cancel(id)}
        >
          <X size={14} aria-hidden />
          {words.cancel}
        </button>
      </div>
    </div>
  );
}

/** The install in one line: what is done, how much of it, how fast, and how long it will take. */
function lineOf(task: InstallTask): string {
  const words = STRINGS.models;
  const amount = words.amount(task.received, task.total);
  switch (task.state) {
    case 'paused':
      return `${words.paused} · ${amount}`;
    case 'failed':
      return amount;
    case 'running': {
      const { phase, bytesPerSecond, received, total } = task;
      if (phase !== 'downloading') return words.phases[phase];
      if (bytesPerSecond <= 0) return `${words.phases.downloading} · ${amount}`;
      const left = words.left((total - received) / bytesPerSecond);
      return [words.phases.downloading, amount, words.pace(bytesPerSecond), left].join(' · ');
    }
    default:
      return unreachable(task);
  }
}
