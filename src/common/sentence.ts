/** The two things that flow through a turn: sentences towards the voice, PCM chunks towards the ear. */

/** A word of {@link Piece.spoken} that the person has given phonemes for. Offsets in `spoken`, `end` exclusive. */
export interface Pronounced {
  readonly start: number;
  readonly end: number;
  /** As the person wrote them; see `DICTIONARY_PHONEMES`. */
  readonly phonemes: string;
}

/** When a word of a sentence sounds. */
export interface SpokenWord {
  /** Place of the word in the sentence's `spoken`; `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** From the first sample of the sentence's sound, ms. */
  readonly atMs: number;
}

/** A piece of an answer: a slice of the text as written and the words to be said for it. */
export interface Piece {
  /** The slice of the answer as written, markup included. The pieces of an answer tile it, white space at joins aside. */
  readonly text: string;
  /** What the voice says for `text`; '' when there is nothing to say. */
  readonly spoken: string;
  /** Words of `spoken` with phonemes of the person's own, in order; left out when there are none. */
  readonly pronounced?: readonly Pronounced[];
  /** Offset in the answer (UTF-16 code units) of the first character of `text`. */
  readonly start: number;
  /** Offset in the answer just after the last character of `text`. */
  readonly end: number;
}

/** A {@link Piece} with its place in a turn. `index` counts from 0 without holes within the turn. */
export interface Sentence extends Piece {
  readonly turnId: string;
  readonly index: number;
}

/** A run of samples of one sentence. Chunks of one sentence are sample-contiguous and numbered from 0. */
export interface PcmChunk {
  readonly turnId: string;
  readonly sentenceIndex: number;
  readonly chunkIndex: number;
  /** Mono, {@link SAMPLE_RATE} Hz; may be empty only in a chunk that is `last`. */
  readonly pcm: Int16Array;
  /** True for the last chunk of the sentence. */
  readonly last: boolean;
}

/** How a turn ended. `incomplete`: the text broke off, but what there was has been spoken. */
export type TurnOutcome = 'complete' | 'stopped' | 'incomplete' | 'failed';

/** How far the listener really got: everything before `offset` in the answer was heard. */
export interface Heard {
  readonly turnId: string;
  /** Index of the last sentence of which at least one sample was played; -1 when nothing was heard. */
  readonly sentenceIndex: number;
  /** Milliseconds of that sentence that were played. */
  readonly sentenceMs: number;
}
