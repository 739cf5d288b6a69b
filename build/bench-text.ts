/**
 * `npm run bench:text`: how many characters a second the text room handles, and the same text through `Intl.Segmenter` and
 * the npm splitters `sbd` and `sentencex`, in one run. The script is bundled first, so that the code runs as it does in the app.
 *
 * Times are user time of this process, the best of several rounds: other programs on the machine do not count.
 */
import { sentences as sbdSentences } from 'sbd';
import sentencex from 'sentencex';
import { DEFAULT_SPEAKABLE_OPTIONS } from '../src/text/options.ts';
import { createSpeakableStream } from '../src/text/speakable-stream.ts';
import { createSplitter } from '../src/text/splitter/splitter.ts';

/** An answer as language models write it; repeated to the length that is asked for. */
const ANSWER =
  `Learning to paint takes patience, and the first pictures are rarely good. That is normal. Start with simple shapes: a cup, a
 bowl, an apple on a table. Look at them for a while before you pick up the brush, because most of what you need is in the looking. Where does
 the light come from? Which side is darker, and how does the shadow fall? Dr. Alma Reyes, who taught in the U.S. for 30 years, told her students
 to spend 3.5 minutes on each sketch and then throw it away. "Nobody needs to see it," she said. It sounds harsh, but it takes the fear out of
 the work! After a few weeks you will notice that your hand has learned things that nobody explained to you. Colours come later. Begin with two
 of them, one warm and one cold, and find out how many others you can mix. When you are tired, stop; a tired eye sees nothing. `.replace(
    /\s*\n\s*/g,
    ' ',
  );

const LENGTHS = [800, 12_000];
const ROUNDS = 7;
/** Characters that each round handles, so that the clock's steps do not matter. */
const CHARACTERS_A_ROUND = 1_500_000;

/** Splits a text; returns the number of sentences, so that the work cannot be left out. */
type Contender = (text: string) => number;

function splitterAlone(text: string): number {
  let count = 0;
  const splitter = createSplitter(DEFAULT_SPEAKABLE_OPTIONS, () => count++);
  splitter.source(text);
  splitter.plain(text, 0);
  splitter.advance();
  splitter.end();
  return count;
}

/** Filter, splitter and normaliser, fed in `size` characters at a time. */
function wholePath(size: number): Contender {
  return (text) => {
    const stream = createSpeakableStream();
    let count = 0;
    for (let at = 0; at < text.length; at += size) count += stream.push(text.slice(at, at + size)).length;
    return count + stream.end().length;
  };
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function intlSegmenter(text: string): number {
  let count = 0;
  for (const segment of segmenter.segment(text)) count += segment.segment === '' ? 0 : 1;
  return count;
}

const CONTENDERS: Readonly<Record<string, Contender>> = {
  'Aloud: splitter': splitterAlone,
  'Aloud: filter, splitter, words, whole': wholePath(Infinity),
  'Aloud: filter, splitter, words, by 4': wholePath(4),
  'Intl.Segmenter': intlSegmenter,
  'sentencex 0.4.2': (text) => sentencex('en', text).length,
  'sbd 1.0.19': (text) => sbdSentences(text).length,
};

/** Texts of one length that differ in where they begin, so that no cache answers for the work. */
function texts(length: number): readonly string[] {
  const long = ANSWER.repeat(Math.ceil(length / ANSWER.length) + 1);
  return Array.from({ length: 8 }, (_, i) => long.slice(i * 13, i * 13 + length));
}

/** Millions of characters a second. */
function speed(contender: Contender, length: number): number {
  const samples = texts(length);
  const runs = Math.max(1, Math.round(CHARACTERS_A_ROUND / length));
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    let sentences = 0;
    for (let i = 0; i < runs; i++) sentences += contender(samples[i % samples.length] ?? '');
    const { user } = process.cpuUsage(before);
    if (sentences === 0) throw new Error('A splitter found no sentence.');
    best = Math.min(best, user);
  }
  return (length * runs) / best;
}

function main(): void {
  console.log(
    [
      'million characters a second'.padEnd(40),
      ...LENGTHS.map((length) => `${length} chars`.padStart(13)),
    ].join(''),
  );
  for (const [name, contender] of Object.entries(CONTENDERS)) {
    const cells = LENGTHS.map((length) => speed(contender, length).toFixed(2).padStart(13));
    console.log([name.padEnd(40), ...cells].join(''));
  }
}

main();
