/**
 * Streamed language-model text in, speakable pieces out: a markdown filter, a sentence splitter and a normaliser in a row.
 *
 * The pieces tile the text: each character, markup included, stands in exactly one piece's `text`, white space at the
 * joins aside. Any way of chopping the text into deltas gives the same pieces, and what `push` has returned so far is
 * never taken back.
 */
import type { Piece } from '../common/sentence.ts';
import { createMarkdownFilter } from './markdown/filter.ts';
import { DEFAULT_SPEAKABLE_OPTIONS, type SpeakableOptions } from './options.ts';
import type { PersonalDictionary } from './personal-dictionary.ts';
import { createSplitter, type Cut } from './splitter/splitter.ts';
import { createNormaliser } from './spoken/normaliser.ts';

/** One answer on its way to the voice. Use a new stream for every answer. */
export interface SpeakableStream {
  /** Takes the next text and returns the pieces that it completed, in order. */
  push(delta: string): Piece[];
  /** Ends the text and returns what was still held back. The stream must not be used afterwards. */
  end(): Piece[];
}

/**
 * Starts a stream. Options that are left out or undefined take their defaults; the dictionary is applied to each piece as
 * it is given out.
 */
export function createSpeakableStream(
  options: Partial<SpeakableOptions> = {},
  dictionary?: PersonalDictionary,
): SpeakableStream {
  const settings = withDefaults(options);
  const normalise = createNormaliser(settings);
  let out: Piece[] = [];
  const splitter = createSplitter(settings, (cut: Cut) => {
    const spoken = normalise(cut.visible);
    const said = dictionary?.apply(spoken) ?? { spoken };
    out.push({ text: cut.text, ...said, start: cut.start, end: cut.end });
  });
  const filter = createMarkdownFilter(settings, splitter);

  function take(): Piece[] {
    const pieces = out;
    out = [];
    return pieces;
  }

  return {
    push(delta) {
      splitter.source(delta);
      filter.push(delta);
      splitter.advance();
      return take();
    },
    end() {
      filter.end();
      splitter.end();
      return take();
    },
  };
}

/** All the pieces of a text that is already whole. */
export function speakablePieces(text: string, options: Partial<SpeakableOptions> = {}): Piece[] {
  const stream = createSpeakableStream(options);
  return [...stream.push(text), ...stream.end()];
}

function withDefaults(options: Partial<SpeakableOptions>): SpeakableOptions {
  const given = Object.entries(options).filter((entry: [string, unknown]) => entry[1] !== undefined);
  return { ...DEFAULT_SPEAKABLE_OPTIONS, ...Object.fromEntries(given) };
}
