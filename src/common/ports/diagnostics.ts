/** Main ↔ the process that runs the checks of `src/diagnostics`. One job, its results, and the process ends. */
import type { CheckResult } from '../diagnostics.ts';
import type { AppError, Result } from '../result.ts';
import type { Readiness } from './bridge.ts';

/** What only the running app can tell. */
export interface AppFacts {
  readonly readiness: Readiness;
  /** Sound output devices that the window sees, the system's default not counted twice. */
  readonly outputs: number;
}

/** What a provider's server answered when it was asked. */
export interface ProviderAnswer {
  readonly label: string;
  /** Names of its models, or why there is no answer; undefined for a provider that has no server. */
  readonly models: Result<readonly string[]> | undefined;
}

/** Main → process. All paths are absolute. */
export interface DiagnosticsJob {
  /** Of Aloud. */
  readonly version: string;
  /** The program's data tables and its catalog of models. */
  readonly dataFolder: string;
  /** The voices that ship. */
  readonly shippedVoices: string;
  /** Holds settings, keys and conversations. */
  readonly settingsFolder: string;
  readonly app: AppFacts;
  /** Undefined: nobody asked for it, so no server was asked. */
  readonly provider: ProviderAnswer | undefined;
}

/** Process → main. */
export type DiagnosticsReport =
  /** The next check's result, in the order in which they are shown. */
  | { readonly type: 'result'; readonly result: CheckResult }
  /** All checks were made, or why they could not. */
  | { readonly type: 'end'; readonly error: AppError | undefined };
