/** What turns Kokoro's tokens into sound. The engine knows only this: how many graphs and runs it takes is the decoder's own. */

/** One utterance as the model takes it. */
export interface KokoroUtterance {
  /** Phoneme tokens without pads; 1 to 510. */
  readonly tokens: readonly number[];
  /** The voice's style for this number of tokens, 256 numbers. */
  readonly style: Float32Array;
  /** SHA-256 of the voice's style table: tells a decoder whether it knows the voice. */
  readonly styleSha256: string;
  /** 0.5 to 2. */
  readonly speed: number;
}

/** A run of samples that follow on the ones before. */
export interface DecodedRun {
  /** 24 kHz, finite. */
  readonly samples: Float32Array;
  /** Comes with the utterance's first run, where the decoder knows it. */
  readonly timing?: UtteranceTiming;
}

/** When each token of an utterance sounds. */
export interface UtteranceTiming {
  /** Where each token begins, ms from the first sample of the first run (negative for silence that was left out). */
  readonly tokenStartMs: readonly number[];
}

export interface KokoroDecoder {
  /** Looks up what is known of a voice. Called before the two below. */
  prepareStyle(styleSha256: string): Promise<void>;
  /** Whether a usual utterance of this voice comes in several runs. */
  decodesInRuns(styleSha256: string): boolean;
  /**
   * Takes the memory that usual utterances need, which grows with their length and is kept: it is not to grow while somebody listens.
   * `utterance` is any short one.
   */
  reserve(utterance: KokoroUtterance): Promise<void>;
  /** Runs of contiguous samples. An abort ends the iteration at the next run without an error. */
  decode(utterance: KokoroUtterance, signal: AbortSignal): AsyncIterable<DecodedRun>;
  dispose(): Promise<void>;
}
