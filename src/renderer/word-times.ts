/**
 * When each word of a sentence sounds. Where the engine tells when it says the words that are said ("nineteen eighty-four"),
 * they are brought together with the words as written ("1984"): equal ones are anchors, and those between two anchors share
 * the time between them in order.
 *
 * Where the engine tells nothing, the times are an estimate: the sentence's sound is shared out among its words by how long
 * each is to say. A letter counts 1, a digit 4 (it is a word of its own), a pause that a comma or dash makes 3, and every
 * word 1 for itself.
 */
import type { Sentence, SpokenWord } from '../common/sentence.ts';

/** A word of a sentence, with its place in the answer and in the sentence's sound. */
export interface TimedWord {
  /** Offset in the answer of its first character. */
  readonly start: number;
  /** Offset just after its last character. */
  readonly end: number;
  /** When it begins, ms from the sentence's first sample. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is known of a sentence's sound. */
export interface SentenceSound {
  /** Its length, ms; undefined while it is not whole. */
  readonly soundMs: number | undefined;
  /** What the engine told of its words so far. */
  readonly spokenWords: readonly SpokenWord[] | undefined;
}

/** Length of spoken text when nothing has been measured, ms a character: English read at about 15 characters a second. */
const CHARACTER_MS = 65;

/** How many said words may come in between before an equal one, such as a number's. */
const REACH = 12;

interface Written {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

/** The words of a sentence in order, each with its time. */
export function timedWords(sentence: Sentence, { soundMs, spokenWords }: SentenceSound): TimedWord[] {
  const { text, spoken, start } = sentence;
  const written = [...text.matchAll(/\S*[\p{L}\p{N}]\S*/gu)].map(({ 0: word, index }) => ({
    word,
    start: start + index,
    end: start + index + word.length,
  }));
  const totalMs = soundMs ?? spoken.length * CHARACTER_MS;
  if (spokenWords !== undefined && spokenWords.length > 0) return told(written, spoken, spokenWords, totalMs);
  return estimated(written, totalMs);
}

/** Offset in the answer up to which a sentence was heard when `playedMs` of it were: the end of its last whole word. */
export function heardOffset(sentence: Sentence, sound: SentenceSound, playedMs: number): number {
  const heard = timedWords(sentence, sound).filter(({ toMs }) => toMs <= playedMs);
  return heard.at(-1)?.end ?? sentence.start;
}

function told(
  written: readonly Written[],
  spoken: string,
  said: readonly SpokenWord[],
  totalMs: number,
): TimedWord[] {
  const plainSaid = said.map(({ start, end }) => plain(spoken.slice(start, end)));
  const anchors = written.map(() => -1);
  let next = 0;
  for (const [i, { word }] of written.entries()) {
    const at = plainSaid.slice(next, next + REACH).indexOf(plain(word));
    if (at < 0) continue;
    anchors[i] = next + at;
    next += at + 1;
  }
  const fromMs = written.map((_, i) => said[saidIndex(anchors, i, said.length)]?.atMs ?? totalMs);
  return written.map(({ start, end }, i) => ({
    start,
    end,
    fromMs: fromMs[i] ?? 0,
    toMs: Math.max(fromMs[i] ?? 0, fromMs[i + 1] ?? Math.max(totalMs, fromMs[i] ?? 0)),
  }));
}

/** The said word with which written word `i` begins: its anchor, or its share of those between the anchors around it. */
function saidIndex(anchors: readonly number[], i: number, count: number): number {
  const anchor = anchors[i] ?? -1;
  if (anchor >= 0) return anchor;
  let before = i;
  while (before >= 0 && (anchors[before] ?? -1) < 0) before--;
  let after = i;
  while (after < anchors.length && (anchors[after] ?? -1) < 0) after++;
  const first = (anchors[before] ?? -1) + 1;
  const end = anchors[after] ?? count;
  return first + Math.floor(((i - before - 1) * Math.max(0, end - first)) / (after - before - 1));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function estimated(written: readonly Written[], totalMs: number): TimedWord[] {
  const weights = written.map(({ word }) => weightOf(word));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let before = 0;
  return written.map(({ start, end }, i) => {
    const fromMs = (before / sum) * totalMs;
    before += weights[i] ?? 0;
    return { start, end, fromMs, toMs: (before / sum) * totalMs };
  });
}

function weightOf(word: string): number {
  let weight = 1;
  for (const character of word) {
    if (/\p{L}/u.test(character)) weight += 1;
    else if (/\p{N}/u.test(character)) weight += 4;
    else if (/[,;:–—]/u.test(character)) weight += 3;
  }
  return weight;
}
