/** Main ↔ the process that writes an answer's sound into a file. One job, one report, and the process ends. */
import type { EpChoice, EpObstacles } from '../engine.ts';
import type { Reading } from '../reading.ts';
import type { AppError } from '../result.ts';
import type { EngineId, VoiceSource } from '../voice.ts';

/** Main → process. All paths are absolute. */
export interface WavJob {
  readonly text: string;
  readonly voice: VoiceSource;
  /** 0.5 to 2. */
  readonly speed: number;
  /** Silence between sentences, ms. */
  readonly pauseMs: number;
  readonly reading: Reading;
  readonly engine: EngineId;
  readonly ep: EpChoice;
  /** Providers that cannot be used, and why. */
  readonly epObstacles: EpObstacles;
  readonly modelFolder: string;
  readonly preparedFolder: string;
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly speechThread: string;
  readonly out: string;
}

/** Process → main: it is written, or why not. */
export interface WavReport {
  readonly error: AppError | undefined;
}
