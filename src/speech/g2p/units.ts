/**
 * Cuts spoken text into units: words, parts of words and marks, each with its place in the text.
 *
 * The cuts are those on which the tagger was trained (spaCy's English rules: "don't" is `do` + `n't`, "well-known" is
 * three units). The units tile the text, white space aside.
 */

/** A word, part of a word, or punctuation. */
export interface Unit {
  readonly text: string;
  /** Offsets in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Whether white space follows (never for the text's last unit). */
  readonly spaceAfter: boolean;
}

const CHUNK = /\S+/gu;
/** What is cut off the front of a chunk, one after another. */
const OPENING = /^(?:\.{2,}|-{2,}|[^\p{L}\p{M}\p{N}'’&%+@]|['‘’](?!\p{L}))/u;
/** A quote or apostrophe before a letter: a quote unless the letters are one of the clipped words below. */
const LEADING_APOSTROPHE = /^['‘’](?=\p{L})/u;
const CLIPPED_WORD =
  /^['‘’](?:em|tis|twas|twill|til|till|cause|bout|round|n|nuff|kay|ere|s|ll|re|ve|d|m)(?!\p{L})/iu;
/** What is cut off the back of a chunk. */
const CLOSING = /(?:\.{2,}|-{2,}|[^\p{L}\p{M}\p{N}'‘’.&%+@]|['‘’]|\.)$/u;
/** Abbreviations that keep their full stop. */
const ABBREVIATION =
  /^(?:(?:\p{L}\.){2,}|Dr\.|Mrs?\.|Ms\.|Messrs\.|Prof\.|St\.|Jr\.|Sr\.|vs\.|etc\.|Inc\.|Ltd\.|Co\.|Corp\.|No\.|Mt\.|Ft\.|Gen\.|Col\.|Sgt\.|Lt\.|Capt\.|Rev\.|Gov\.|Sen\.|Rep\.|Esq\.)$/u;
/** Marks inside a chunk that stand as units of their own. */
const INSIDE = /\.{2,}|-{2,}|[…—–"“”«»„()[\]{}<>;:!?~=*|\\]|[-/,](?=\p{L})|(?<=\p{Ll})\.(?=\p{Lu})/gu;
const CONTRACTION = /^(.*\p{L})(n['’]t)$|^(.*\p{L}\.?)(['’](?:s|m|re|ve|ll|d))$/iu;
const RUN_TOGETHER = /^(can)(not)$|^(gon|wan)(na)$|^(got)(ta)$/iu;

/** The units of `text` in order. Any string is allowed. */
export function cutUnits(text: string): Unit[] {
  const units: Unit[] = [];
  for (const match of text.matchAll(CHUNK)) {
    const end = match.index + match[0].length;
    const pieces = cutChunk(match[0]);
    let at = match.index;
    pieces.forEach((piece, i) => {
      const spaceAfter = i === pieces.length - 1 && end < text.length && /\S/u.test(text.slice(end));
      units.push({ text: piece, start: at, end: at + piece.length, spaceAfter });
      at += piece.length;
    });
  }
  return units;
}

function cutChunk(chunk: string): string[] {
  const front: string[] = [];
  const back: string[] = [];
  let rest = chunk;
  while (rest !== '') {
    const length = openingLength(rest);
    if (length === 0) break;
    front.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  while (rest !== '' && !ABBREVIATION.test(rest)) {
    const mark = CLOSING.exec(rest)?.[0];
    if (mark === undefined) break;
    back.unshift(mark);
    rest = rest.slice(0, -mark.length);
  }
  return [...front, ...cutInside(rest).flatMap(cutContraction), ...back];
}

function openingLength(rest: string): number {
  if (CLIPPED_WORD.test(rest)) return 0;
  return OPENING.exec(rest)?.[0].length ?? LEADING_APOSTROPHE.exec(rest)?.[0].length ?? 0;
}

function cutInside(rest: string): string[] {
  if (rest === '') return [];
  const pieces: string[] = [];
  let from = 0;
  for (const match of rest.matchAll(INSIDE)) {
    if (match.index > from) pieces.push(rest.slice(from, match.index));
    pieces.push(match[0]);
    from = match.index + match[0].length;
  }
  if (from < rest.length) pieces.push(rest.slice(from));
  return pieces;
}

function cutContraction(word: string): string[] {
  const match = CONTRACTION.exec(word) ?? RUN_TOGETHER.exec(word);
  // Groups of the alternative that did not match are undefined, which the type of a match does not say.
  return match === null ? [word] : match.slice(1).filter(Boolean);
}
