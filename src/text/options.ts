/**
 * What a caller may set when streamed text is made speakable. Every field has a default; see
 * {@link DEFAULT_SPEAKABLE_OPTIONS}.
 */
import { DEFAULT_READING, type Reading } from '../common/reading.ts';

export interface SpeakableOptions extends Reading {
  /** Shortest sentence that is given out by itself, in characters; a shorter one is joined with the next. */
  readonly minimumSentenceLength: number;
  /** Characters that must stand before the mark at which the first fragment is given out early. */
  readonly minimumFirstFragmentLength: number;
  /** Whether the first fragment may end at a comma, colon, dash or bracket instead of a sentence's end. */
  readonly quickYield: boolean;
  /** Longest piece, in characters of rough speaking weight (a digit counts six). Longer clauses are cut at the best place. */
  readonly maximumLength: number;
  /** BCP 47 tag of the text's language: "en", "en-GB", "de", … */
  readonly lang: string;
}

/** The seed's latency settings (15, 10, early first fragment) and the quiet choice for everything else. */
export const DEFAULT_SPEAKABLE_OPTIONS: SpeakableOptions = {
  minimumSentenceLength: 15,
  minimumFirstFragmentLength: 10,
  quickYield: true,
  maximumLength: 600,
  lang: 'en',
  ...DEFAULT_READING,
};
