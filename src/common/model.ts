/** Models as the window shows them: those of the catalog and those that a person added as folders. */
import { z } from 'zod';
import type { AppError } from './result.ts';

/** What a model is called in calls of the window; main looks it up among those it knows. */
export const modelIdSchema = z.string().min(1).max(200);

/** How an install stands. `received` and `total` are bytes over all files of the model. */
export type InstallTask =
  | {
      readonly state: 'running';
      /** `waiting`: another process installs this model. */
      readonly phase: 'waiting' | 'downloading' | 'verifying';
      readonly received: number;
      readonly total: number;
      /** Mean of the last seconds; 0 while none is known. */
      readonly bytesPerSecond: number;
    }
  /** Stopped by the person, or by the program's end; what was received is kept. */
  | { readonly state: 'paused'; readonly received: number; readonly total: number }
  /** What was received is kept. */
  | {
      readonly state: 'failed';
      readonly received: number;
      readonly total: number;
      readonly error: AppError;
    };

/** A model on the models page. */
export interface ModelEntry {
  readonly id: string;
  readonly origin: 'catalog' | 'added';
  readonly kind: 'speech' | 'llm';
  readonly label: string;
  readonly description: string;
  readonly licence: string;
  /** Where the licence stands; '' where the model does not say. */
  readonly licenceUrl: string;
  /** What the licence asks of whoever uses it, a sentence each. */
  readonly useClauses: readonly string[];
  /** Bytes; 0 where it cannot be told. */
  readonly size: number;
  /** `outdated`: whole, but the catalog has a newer version. */
  readonly state: 'installed' | 'outdated' | 'missing' | 'damaged';
  /** Why it cannot be used, one sentence; '' when it can or is missing. */
  readonly problem: string;
  /** Where it is, or where it would be installed. Absolute. */
  readonly folder: string;
  /** What would stop without it. */
  readonly use: 'none' | 'voice' | 'answers';
  readonly isRemovable: boolean;
  readonly task: InstallTask | undefined;
}

/** All of them, and the place for new ones. */
export interface ModelShelf {
  readonly models: readonly ModelEntry[];
  /** Where new models go. Absolute. */
  readonly folder: string;
  /** Bytes free on that disk; undefined where it cannot be told. */
  readonly freeBytes: number | undefined;
}
