/** A bar that fills as something gets done; it says its share to a screen reader. */

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; undefined while it is not known. */
  readonly done: number | undefined;
  readonly tone?: 'busy' | 'resting' | 'failed';
}

const TONES = { busy: 'bg-accent', resting: 'bg-line-strong', failed: 'bg-danger' } as const;

export function ProgressBar({ label, done, tone = 'busy' }: ProgressBarProps) {
  const percent = done === undefined ? undefined : Math.round(done * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div className={`h-full rounded-full ${TONES[tone]}`} style={{ width: `${percent ?? 100}%` }} />
    </div>
  );
}
