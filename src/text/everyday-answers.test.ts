import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Piece } from '../common/sentence.ts';
import { createSpeakableStream } from './speakable-stream.ts';
import type { SpeakableOptions } from './options.ts';

/** Letters, white space and ordinary punctuation: all that `spoken` may hold. */
const SAYABLE = /^[\p{L}\p{M}\s.,!?;:'"“”‘’„‚()…—–¿¡。、，！？；：「」『』（）《》・؟،؛।॥-]*$/u;

function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

function pieces(text: string, size: number, options: Partial<SpeakableOptions>): Piece[] {
  const stream = createSpeakableStream(options);
  const given: Piece[] = [];
  for (let at = 0; at < text.length; at += size) given.push(...stream.push(text.slice(at, at + size)));
  return [...given, ...stream.end()];
}

/** The pieces of a text given at once, after a look at what must hold for every text. */
function checkedPieces(text: string, options: Partial<SpeakableOptions> = {}): Piece[] {
  const whole = pieces(text, text.length, options);
  for (const size of [1, 7]) expect(pieces(text, size, options)).toEqual(whole);
  let at = 0;
  for (const piece of whole) {
    expect(text.slice(at, piece.start).trim()).toBe('');
    expect(text.slice(piece.start, piece.end)).toBe(piece.text);
    expect(piece.spoken).toMatch(SAYABLE);
    at = piece.end;
  }
  expect(text.slice(at).trim()).toBe('');
  return whole;
}

/** Kind, written, spoken. */
const ROWS = fixture('written-and-spoken.tsv')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split('\t'));

describe('a written form in an answer', () => {
  it.each(ROWS.map(([kind, written = '', spoken = '']) => ({ kind, written, spoken })))(
    '$kind: $written is said $spoken',
    ({ written, spoken }) => {
      const said = checkedPieces(written).map((piece) => piece.spoken);
      expect(said.filter((words) => words !== '').join(' ')).toBe(spoken);
    },
  );
});

/** Answers divided by lines of `===`; `¦` stands where a piece must end. */
const ANSWERS = fixture('answers-with-markup.txt').trimEnd().split('\n===\n');

/** How many characters other than white space stand before each end of a piece. */
function ends(parts: readonly string[]): number[] {
  let sum = 0;
  return parts.map((part) => (sum += part.replace(/\s/g, '').length));
}

describe('an answer with markup ends its pieces where a reader would', () => {
  it.each(ANSWERS)('%j', (marked) => {
    const options = { minimumSentenceLength: 1, quickYield: false };
    const found = checkedPieces(marked.replaceAll('¦', ''), options);
    expect(ends(found.map((piece) => piece.text))).toEqual(expect.arrayContaining(ends(marked.split('¦'))));
  });
});
