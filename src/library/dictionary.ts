/**
 * The file of the person's own dictionary: one entry a line, `word = other words` or `word = /phonemes/`; what follows a `#`
 * at a line's start or after a blank is a remark. Lines that will not do are left out and told by their numbers.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DICTIONARY_PHONEMES, type DictionaryEntry } from '../common/dictionary.ts';
import { appError, type AppError } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { settingsFolder, type Surroundings } from './paths.ts';

/** Name of the file in the settings folder. */
export const DICTIONARY_FILE = 'dictionary.txt';

/** What a dictionary file gave. */
export interface Dictionary {
  readonly entries: readonly DictionaryEntry[];
  /** What the person should know of it, in one sentence; undefined when all of it will do or there is no file. */
  readonly problem: AppError | undefined;
}

/** A line that will not do. */
export interface BadLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

/** Longest word and longest reading, in characters. */
const LONGEST = 100;
/** Lines beyond this are not read: every sentence is compared with every entry. */
const MOST_LINES = 10_000;
const EMPTY: Dictionary = { entries: [], problem: undefined };

/** The file that the command line reads: `ALOUD_DICTIONARY`, else the one in the settings folder. */
export function dictionaryPath(around: Surroundings): string {
  const chosen = around.env['ALOUD_DICTIONARY'];
  return chosen === undefined || chosen === '' ? join(settingsFolder(around), DICTIONARY_FILE) : chosen;
}

/** Reads a dictionary file. Never fails; a file that is not there is an empty dictionary. */
export async function readDictionary(path: string): Promise<Dictionary> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return EMPTY;
    const problem = appError('file-unreadable', 'settings', FAILURES.dictionary.unreadable(path));
    return { entries: [], problem };
  }
  const { entries, badLines } = parseDictionary(text);
  return { entries, problem: badLines.length === 0 ? undefined : badLinesError(path, badLines) };
}

/** The entries of a dictionary's text; of two for one word the later counts. */
export function parseDictionary(text: string): {
  readonly entries: readonly DictionaryEntry[];
  readonly badLines: readonly BadLine[];
} {
  const entries = new Map<string, DictionaryEntry>();
  const badLines: BadLine[] = [];
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((written, i) => {
      const line = written.replace(/(?:^|\s)#.*$/, '').trim();
      if (line === '') return;
      const entry = i < MOST_LINES ? parseLine(line) : PHRASES.dictionary.tooManyLines(MOST_LINES);
      if (typeof entry === 'string') badLines.push({ line: i + 1, reason: entry });
      else entries.set(entry.word, entry);
    });
  return { entries: [...entries.values()], badLines };
}

/** The line's entry, or why it has none. */
function parseLine(line: string): DictionaryEntry | string {
  const at = line.search(/=|→|->/);
  if (at < 0) return PHRASES.dictionary.noEquals;
  const word = unquoted(line.slice(0, at));
  const said = unquoted(line.slice(at).replace(/^(?:=|→|->)/, ''));
  if (!/\p{L}/u.test(word)) return PHRASES.dictionary.noWordBefore;
  if (said === '') return PHRASES.dictionary.nothingAfter;
  if (word.length > LONGEST || said.length > LONGEST) return PHRASES.dictionary.tooLong(LONGEST);
  const phonemes = /^\/(.*)\/$/.exec(said)?.[1];
  if (phonemes === undefined) {
    return /[\p{L}\p{N}]/u.test(said)
      ? { kind: 'respelling', word, words: said }
      : PHRASES.dictionary.noWordAfter;
  }
  const strange = Array.from(phonemes).find((sign) => !DICTIONARY_PHONEMES.includes(sign));
  if (strange !== undefined) return PHRASES.dictionary.noPhoneme(strange);
  return phonemes.trim() === '' ? PHRASES.dictionary.emptySlashes : { kind: 'phonemes', word, phonemes };
}

function unquoted(part: string): string {
  return part
    .trim()
    .replace(/^["“](.*)["”]$/, '$1')
    .trim();
}

/** Lines that are named one by one. */
const NAMED_LINES = 3;

function badLinesError(path: string, badLines: readonly BadLine[]): AppError {
  const named = badLines.slice(0, NAMED_LINES).map(({ line, reason }) => `line ${line} (${reason})`);
  const more = badLines.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return appError('settings-damaged', 'settings', FAILURES.dictionary.notUnderstood(path, list));
}
