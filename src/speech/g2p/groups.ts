/**
 * Joins units into what is said as one: marks, and word groups ("well-known", "it's", "iPhone") with their pieces.
 */
import { type Tag } from './dialect.ts';
import { PUNCTUATION } from './sounds.ts';
import { type Unit } from './units.ts';

/** A part of a word group that may have to be read by itself. */
export interface Piece {
  /** Compatibility forms resolved, apostrophes straight. */
  readonly text: string;
  readonly tag: Tag;
  /** Its phonemes where they are known already from the words around it. */
  readonly said: string | undefined;
}

/** Something that is said as one, or a mark. Offsets are those of the text, in UTF-16 code units. */
export type Group =
  | {
      readonly kind: 'word';
      readonly pieces: readonly Piece[];
      readonly start: number;
      readonly end: number;
      readonly spaceAfter: boolean;
    }
  | {
      readonly kind: 'mark';
      readonly phonemes: string;
      readonly start: number;
      readonly end: number;
      readonly spaceAfter: boolean;
    };

const SAID = /[\p{L}\p{N}&%+@]/u;
/** Silent inside a word group; they hold it together. */
const BINDER = /^[-'’/_]+$/u;
/** Digits, letters with apostrophes, or other characters; letters are cut again at a change of case. */
const PIECE = /\p{N}+|[\p{L}\p{M}'’.]+|[^\p{L}\p{M}\p{N}'’.]+/gu;
const CASE_CHANGE = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})/u;
const OPENING_MARKS: ReadonlyMap<string, string> = new Map([
  ['(', '('],
  ['[', '('],
  ['{', '('],
  ['“', '“'],
  ['«', '“'],
  ['„', '“'],
]);
const CLOSING_MARKS: ReadonlyMap<string, string> = new Map([
  [')', ')'],
  [']', ')'],
  ['}', ')'],
  ['”', '”'],
  ['»', '”'],
]);

/** The groups in order; every unit falls into one group or, where it is neither said nor a pause, into a silent mark. */
export function groupUnits(
  units: readonly Unit[],
  tags: readonly Tag[],
  said: readonly (string | undefined)[],
): Group[] {
  const groups: Group[] = [];
  const quotes = createQuotes();
  let open: { pieces: Piece[]; start: number } | undefined;
  units.forEach((unit, i) => {
    const before = units[i - 1];
    const joined = open !== undefined && before !== undefined && !before.spaceAfter;
    if (SAID.test(unit.text) || (joined && BINDER.test(unit.text) && !quotes.closes(unit.text))) {
      open = joined && open !== undefined ? open : { pieces: [], start: unit.start };
      open.pieces.push(
        ...cutPieces(unit.text).map((text) => ({ text, tag: tags[i] ?? 'NN', said: said[i] })),
      );
      const after = units[i + 1];
      if (
        after !== undefined &&
        !unit.spaceAfter &&
        (SAID.test(after.text) || BINDER.test(after.text)) &&
        !quotes.closes(after.text)
      ) {
        return;
      }
      groups.push({
        kind: 'word',
        pieces: open.pieces,
        start: open.start,
        end: unit.end,
        spaceAfter: unit.spaceAfter,
      });
      open = undefined;
      return;
    }
    const last = groups.at(-1);
    const leading =
      before === undefined || before.spaceAfter || (last?.kind === 'mark' && /[“(—]$/.test(last.phonemes));
    const trailing = unit.spaceAfter || !SAID.test(units[i + 1]?.text ?? '');
    const phonemes = markPhonemes(unit.text, quotes, leading, trailing);
    groups.push({ kind: 'mark', phonemes, start: unit.start, end: unit.end, spaceAfter: unit.spaceAfter });
    open = undefined;
  });
  return groups;
}

function cutPieces(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/[‘’]/g, "'");
  return (plain.match(PIECE) ?? []).flatMap((piece) => piece.split(CASE_CHANGE));
}

/** Which quotes are open: straight and single ones look alike at both ends. */
interface Quotes {
  /** Whether this mark ends a single quotation that was opened before. */
  closes(mark: string): boolean;
  /** @param leading whether nothing stands directly before it. @param trailing the same behind it. */
  read(mark: string, leading: boolean, trailing: boolean): string;
}

function createQuotes(): Quotes {
  let doubleOpen = false;
  let singleOpen = false;
  return {
    closes: (mark) => singleOpen && /^['’]$/.test(mark),
    read: (mark, leading, trailing) => {
      if (mark === '"') {
        doubleOpen = leading === trailing ? !doubleOpen : leading;
        return doubleOpen ? '“' : '”';
      }
      const opening = leading && !singleOpen;
      const closing = singleOpen && mark !== '‘';
      singleOpen = opening;
      return opening ? '“' : closing ? '”' : '';
    },
  };
}

function markPhonemes(mark: string, quotes: Quotes, leading: boolean, trailing: boolean): string {
  if (mark === '"' || /^['‘’]$/.test(mark)) return quotes.read(mark, leading, trailing);
  if (/^(?:-+|[–—])$/.test(mark)) return '—';
  const bracket = OPENING_MARKS.get(mark) ?? CLOSING_MARKS.get(mark);
  if (bracket !== undefined) return bracket;
  return Array.from(mark, (character) =>
    PUNCTUATION.has(character) ? character : character.normalize('NFKC'),
  )
    .filter((character) => PUNCTUATION.has(character))
    .join('');
}
