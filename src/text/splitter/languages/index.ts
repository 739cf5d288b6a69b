/** The splitter's languages by BCP 47 tag. A language without tables of its own is split by the English ones. */
import { ENGLISH } from './en.ts';
import * as european from './european.ts';
import type { SplitterLanguage } from './language.ts';
import * as other from './other.ts';

const LANGUAGES: ReadonlyMap<string, SplitterLanguage> = new Map([
  ['en', ENGLISH],
  ['de', european.GERMAN],
  ['fr', european.FRENCH],
  ['es', european.SPANISH],
  ['pt', european.PORTUGUESE],
  ['it', european.ITALIAN],
  ['nl', european.DUTCH],
  ['pl', european.POLISH],
  ['ru', european.RUSSIAN],
  ['tr', european.TURKISH],
  ['zh', other.CHINESE],
  ['ja', other.JAPANESE],
  ['hi', other.HINDI],
  ['ar', other.ARABIC],
]);

/** The tables for a tag such as "de" or "de-AT". */
export function languageOf(tag: string): SplitterLanguage {
  return LANGUAGES.get(tag.toLowerCase().split(/[-_]/)[0] ?? '') ?? ENGLISH;
}
