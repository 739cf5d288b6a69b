/** Facts about a loaded engine that other processes show. */
import { z } from 'zod';
import { appError, type AppError } from './result.ts';
import { engineIdSchema, type EngineId } from './voice.ts';
import { FAILURES } from './strings/failures.ts';

/** ONNX Runtime's execution providers that Aloud knows. */
export const epNameSchema = z.enum(['cpu', 'cuda', 'webgpu', 'dml', 'coreml']);
export type EpName = z.infer<typeof epNameSchema>;

/** What a person may choose: one, or 'auto' for the fastest that gives right results. */
export const epChoiceSchema = z.enum(['auto', ...epNameSchema.options]);
export type EpChoice = z.infer<typeof epChoiceSchema>;

/** Why providers cannot be used, a clause each, where whoever starts the voice's process knows it. */
export type EpObstacles = Readonly<Partial<Record<EpName, string>>>;

/** A person's choice for each engine; one that is not named has 'auto'. */
export const epChoicesSchema = z.partialRecord(engineIdSchema, epChoiceSchema);
export type EpChoices = z.infer<typeof epChoicesSchema>;

export interface EngineFacts {
  readonly id: EngineId;
  readonly label: string;
  /** Samples a second of its output. */
  readonly sampleRate: number;
  /** ONNX Runtime execution provider in use, for example 'cpu'. */
  readonly ep: string;
  /** Threads that one run uses. */
  readonly threads: number;
  /** The longest utterance one run takes, in the engine's own units (phoneme tokens for Kokoro). */
  readonly maxTokens: number;
  readonly onnxruntimeVersion: string;
  /** Which way of running the model was found right for this machine, where the engine has several. */
  readonly variant?: string;
  /** What the engine measured of itself while it loaded. */
  readonly pace?: EnginePace;
  /**
   * Time to make a second of sound, in seconds, measured when the engine was loaded; undefined where it was not measured.
   * From 1 on the engine cannot keep up with the ear.
   */
  readonly measuredRtf?: number;
  /** What was found when the execution provider was chosen, a line each. */
  readonly epReport?: readonly string[];
}

/** The sentence by which the delay of a slow engine is told: how long one takes to say, ms. */
const USUAL_SENTENCE_MS = 5_000;

/**
 * What to tell a person whose machine cannot keep up with the engine; undefined when it can, or when nothing was measured.
 * They may go on, and wait, or choose another voice.
 */
export function slowness({ label, measuredRtf = 0, ep }: EngineFacts): AppError | undefined {
  if (measuredRtf < 1) return undefined;
  const startMs = (measuredRtf - 1) * USUAL_SENTENCE_MS;
  const text = FAILURES.voice.slow(label, measuredRtf, ep, USUAL_SENTENCE_MS / 1000, startMs / 1000);
  return appError('voice-slow', 'speech', text);
}

/** How fast an engine is, by one sentence that it said to itself. */
export interface EnginePace {
  /** Real-time factor: time to make sound over the sound's length. */
  readonly rtf: number;
  /** Length of the sentence, characters. */
  readonly characters: number;
  /** What its first run of sound took, ms. */
  readonly firstRunMs: number;
  /** How long that run sounds, ms. */
  readonly firstAudioMs: number;
  /** The most sound that must be in hand at a sentence's first run so that each later run comes in time, ms. */
  readonly leadMs: number;
}

/** What a speed check found: the loaded engine spoke a sentence of usual length, alone. Times in ms. */
export interface SpeedFinding {
  /** Real-time factor: time to make the sound over its length. From 1 on the engine is slower than the ear. */
  readonly rtf: number;
  /** Until the sentence's first sound was made. */
  readonly firstMs: number;
  /** How long the sentence sounds. */
  readonly audioMs: number;
  /** How much sound will be in hand before speech begins. */
  readonly startBufferMs: number;
}

/** The same with what it was found of. */
export interface SpeedReport extends SpeedFinding {
  readonly engineId: EngineId;
  /** The engine's name, for people. */
  readonly engine: string;
  readonly ep: string;
  readonly threads: number;
  /** Which way of running the model was chosen for this machine, where the engine has several. */
  readonly variant: string | undefined;
}
