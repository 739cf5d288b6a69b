/** Main ↔ speech, over the utility process's parent port. */
import type { EngineFacts, EpChoice, EpObstacles, SpeedFinding } from '../engine.ts';
import type { AppError, Result } from '../result.ts';
import type { EngineId, VoiceSource } from '../voice.ts';

/** Main → speech. */
export type SpeechCommand =
  /** Load an engine from its model folder; answered by `engine.ready` or `engine.failed`. Replaces a loaded one. */
  | {
      readonly type: 'engine.load';
      readonly engine: EngineId;
      /** Absolute path of the installed model's folder. */
      readonly modelFolder: string;
      /** Absolute path of the data tables that ship with the program (`models/`). */
      readonly dataFolder: string;
      /** Absolute path of the folder for what the engine makes from the model once; undefined: the model's own. */
      readonly preparedFolder?: string | undefined;
      /** Run the published model as it is, to be measured against. */
      readonly plain?: boolean;
      /** Absolute path of a folder for what can be made again; undefined: nothing is kept. */
      readonly cacheFolder?: string | undefined;
      /** The execution provider that the person chose; undefined: the engine's own choice. */
      readonly ep?: EpChoice | undefined;
      /** Providers that cannot be used, and why. */
      readonly epObstacles?: EpObstacles | undefined;
    }
  /** Prepare a voice before it is used. Answered only on failure, by `voice.failed`. */
  | { readonly type: 'voice.prepare'; readonly voice: VoiceSource }
  /** Measure how fast the loaded engine speaks; answered by `speed.measured` with the same id. */
  | { readonly type: 'speed.measure'; readonly requestId: string; readonly voice: VoiceSource }
  /** Comes with one port: the other end is the assistant or the window's player. A newer port replaces an older one. */
  | { readonly type: 'port'; readonly peer: 'assistant' | 'player' };

/** Speech → main. */
export type SpeechControlReport =
  /** The process runs. */
  | { readonly type: 'ready' }
  /** Loading takes its time, as files are made or checked that a later load finds. `done`: 0 to 1. */
  | { readonly type: 'engine.progress'; readonly doing: string; readonly done: number | undefined }
  | { readonly type: 'engine.ready'; readonly facts: EngineFacts; readonly loadMs: number }
  | { readonly type: 'engine.failed'; readonly error: AppError }
  /** The engine failed on its execution provider and is being loaded on the processor; `engine.ready` follows. */
  | { readonly type: 'ep.given-up'; readonly error: AppError }
  | { readonly type: 'voice.failed'; readonly voiceId: string; readonly error: AppError }
  | { readonly type: 'speed.measured'; readonly requestId: string; readonly result: Result<SpeedFinding> };
