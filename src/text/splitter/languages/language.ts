/** What the splitter knows about one language. Every table is lower case; abbreviations stand without their last dot. */

/**
 * What an abbreviation's dot says about the sentence:
 * - `title`: a name follows ("Dr."), so the sentence goes on unless a word follows that no name can be;
 * - `label`: a number or letter follows ("Fig.", "No."); else the word is an ordinary one;
 * - `inner`: the sentence always goes on ("e.g.", "vs.");
 * - `ending`: may end a sentence ("Inc.", "etc."): it does when a sentence starter follows;
 * - `unit`: like `ending`, but only after a number ("5 in.");
 * - `date`: a month or weekday: the sentence goes on before a number or another part of a date;
 * - `time`: "a.m.", "p.m.".
 */
export type AbbreviationKind = 'title' | 'label' | 'inner' | 'ending' | 'unit' | 'date' | 'time';

export interface SplitterLanguage {
  readonly abbreviations: ReadonlyMap<string, AbbreviationKind>;
  /** First code unit × 32 + length of every abbreviation: tells most words apart without a look-up of the word. */
  readonly shapes: ReadonlySet<number>;
  /** Abbreviations that are also plain words; they count only when capitalised ("Art. 5", not "art. 5 painters"). */
  readonly capitalOnly: ReadonlySet<string>;
  /** Words that, capitalised after an abbreviation, begin a new sentence. */
  readonly starters: ReadonlySet<string>;
  /** Words after which a first fragment must not stop ("and the,") and a line does not end. */
  readonly functionWords: ReadonlySet<string>;
  /** Names that end in `!` or `?`, each with the words that go on with the name; an empty set stands for any word. */
  readonly punctuatedNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** Words before a single letter that is not an initial ("vitamin C."). */
  readonly letterLabels: ReadonlySet<string>;
  /** Words before a number that is a heading of what follows ("Step 1."). */
  readonly numberLabels: ReadonlySet<string>;
  /** Words that follow a time of day within its sentence (zones, months, weekdays). */
  readonly timeFollowers: ReadonlySet<string>;
  /** How compound names of streets are cut short ("Hauptstr. 5"); '' where the language has none. */
  readonly streetEnding: string;
  /** Whether a number with a dot is an ordinal ("12. Juni"). */
  readonly ordinalDot: boolean;
  /** Whether a colon and the Arabic comma end a piece. */
  readonly splitsAtColon: boolean;
}

/** A set from a space-separated list. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}

/** Builds the abbreviation table from space-separated lists; a word in two lists keeps the last kind. */
export function abbreviationTable(
  lists: Partial<Readonly<Record<AbbreviationKind, string>>>,
): ReadonlyMap<string, AbbreviationKind> {
  const table = new Map<string, AbbreviationKind>();
  for (const kind of ['unit', 'inner', 'ending', 'date', 'label', 'title', 'time'] as const) {
    for (const word of wordSet(lists[kind] ?? '')) table.set(word, kind);
  }
  return table;
}

const NONE: ReadonlySet<string> = new Set();

/** A language from the tables that it has; what is left out is empty. */
export function languageTables(
  tables: Partial<SplitterLanguage> & Pick<SplitterLanguage, 'abbreviations'>,
): SplitterLanguage {
  return {
    capitalOnly: NONE,
    starters: NONE,
    functionWords: NONE,
    punctuatedNames: new Map(),
    letterLabels: NONE,
    numberLabels: NONE,
    timeFollowers: NONE,
    streetEnding: '',
    ordinalDot: false,
    splitsAtColon: false,
    shapes: new Set(Array.from(tables.abbreviations.keys(), (key) => key.charCodeAt(0) * 32 + key.length)),
    ...tables,
  };
}
