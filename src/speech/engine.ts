/** The interface behind which every text-to-speech engine stands. */
import type { EngineFacts, EpChoice, EpObstacles } from '../common/engine.ts';
import type { Pronounced, SpokenWord } from '../common/sentence.ts';
import type { VoiceSource } from '../common/voice.ts';

/** Where an engine finds its files. */
export interface EngineFiles {
  /** Absolute path of the installed model's folder (weights). */
  readonly modelFolder: string;
  /** Absolute path of the program's data tables (`models/` of the program: dictionaries, vocabularies). */
  readonly dataFolder: string;
  /** Absolute path of the folder for what is made from the model once; it need not exist. Undefined: the model's own. */
  readonly preparedFolder?: string | undefined;
  /** Runs the published model as it is, in the plainest way: what this program's own way is measured against. */
  readonly plain?: boolean;
  /** Absolute path of a folder for what can be made again; undefined: nothing is kept. */
  readonly cacheFolder?: string | undefined;
  /** The execution provider that the person chose, or 'auto'; undefined: the engine's own choice. */
  readonly ep?: EpChoice | undefined;
  /** Providers that cannot be used, and why. */
  readonly epObstacles?: EpObstacles | undefined;
}

/** How far the loading of an engine has come, where that takes more than a moment. */
export interface LoadProgress {
  /** What is being done, for the person: "Preparing the voice". */
  readonly doing: string;
  /** Share of it that is done, 0 to 1; undefined where that is not known. */
  readonly done: number | undefined;
}

/** One utterance. */
export interface SynthesisRequest {
  /** Words to say: letters, white space and punctuation. Never empty. */
  readonly spoken: string;
  /** Words of `spoken` with phonemes of the person's own, for engines that speak from phonemes. */
  readonly pronounced?: readonly Pronounced[] | undefined;
  readonly voice: VoiceSource;
  /** 0.5 to 2.0; 1 is the voice's own pace. */
  readonly speed: number;
  /**
   * What a ms of sound has taken the engine lately, ms. Where it is slower than the ear whoever listens will have to wait, and
   * better at a pause than in mid-clause: an engine that can then cuts the utterance at its pauses and gives each part's sound
   * in one chunk, where that is heard sooner. Left out: fast enough.
   */
  readonly rtf?: number;
}

/** A run of samples of the utterance: mono, 16-bit, `facts.sampleRate` Hz, contiguous with the one before. */
export interface EngineChunk {
  readonly pcm: Int16Array;
  /** When words of the utterance sound, from its first sample; comes with sound of theirs, where the engine knows it. */
  readonly words?: readonly SpokenWord[];
}

/**
 * An engine lives in one process and does one job at a time: the caller awaits the end of one `synthesize` (or aborts
 * it) before the next. Every method throws `AppFailure`.
 */
export interface TtsEngine {
  /** Loads weights and tables. Called once, first. What is missing in the prepared folder is made, with progress. */
  load(files: EngineFiles, onProgress?: (progress: LoadProgress) => void): Promise<EngineFacts>;
  /** Reads and checks what the voice needs, so that the first sentence need not. Idempotent. */
  prepareVoice(voice: VoiceSource): Promise<void>;
  /**
   * Speaks. Chunks come as they are ready; together they are the whole utterance, however long. Aborting ends the
   * iteration without an error at the engine's next step.
   */
  synthesize(request: SynthesisRequest, signal: AbortSignal): AsyncIterable<EngineChunk>;
  /** Frees sessions and tables. The engine cannot be used afterwards. */
  dispose(): Promise<void>;
}
