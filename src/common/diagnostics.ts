/** What a check of this machine found, as `aloud doctor` prints it and the Diagnostics page shows it. */

/** `note`: nothing is wrong, but the person may want to know. `failed`: something does not work, or will not. */
export type CheckState = 'ok' | 'note' | 'failed';

/** What one check found. */
export interface CheckFinding {
  readonly state: CheckState;
  /** What was found, in plain sentences; holds no key and nothing of a conversation. */
  readonly detail: string;
  /** What the person can do, one sentence; '' when there is nothing to do. */
  readonly remedy: string;
  /** Figures behind it, for programs. Shown by the command line only. */
  readonly figures?: unknown;
}

/** A finding and the check that made it. */
export interface CheckResult extends CheckFinding {
  /** Stable: scripts may depend on it. */
  readonly id: string;
  /** What was looked at, as a heading. */
  readonly title: string;
}
