/** Judges the marks inside a sentence at which the first fragment of an answer may be given out early. */
import * as chars from './chars.ts';
import type { SplitterLanguage } from './languages/language.ts';
import { nextWord, REJECT, type Verdict } from './verdict.ts';
import type { Window } from './window.ts';

/** What follows a comma without a pause: "Acme, Inc.", "Luther King, Jr." */
const COMMA_FOLLOWERS = new Set([
  'inc',
  'ltd',
  'llc',
  'llp',
  'jr',
  'sr',
  'phd',
  'md',
  'esq',
  'etc',
  'and',
  'or',
]);

/** Judges a comma, semicolon, colon, dash or closing bracket. */
export function judgeFragment(view: Window, position: number, language: SplitterLanguage): Verdict {
  const mark = view.at(position);
  const before = view.at(position - 1);
  const after = view.at(position + 1);
  const wide = mark >= 0x3000;
  if (!wide && !chars.isSpace(after)) return REJECT;
  // "July 4, 1776" and "10:30, 1,000" are one thing; "In the year 2150, a robot" is two.
  const afterYear = mark === 0x2c && /^\d{4}$/.test(view.tokenBefore(position));
  if (chars.isDigit(before) && (!afterYear || chars.isDigit(view.at(skipBlanks(view, position + 1))))) {
    return REJECT;
  }
  if (isDash(mark)) {
    if (mark !== 0x2014 && !chars.isBlank(before)) return REJECT;
    // "2x - 1" is a formula, not two clauses.
    if (mark === 0x2d && chars.isDigit(view.at(skipBlanks(view, position + 1)))) return REJECT;
  } else if (isClosingBracket(mark)) {
    if (!holdsPhrase(view, position)) return REJECT;
  } else if (!chars.isWordCharacter(before) && !chars.isDigit(before)) return REJECT;
  if (dangles(view, position, language)) return REJECT;
  return mark === 0x2c && continuesName(view, skipBlanks(view, position + 1)) ? REJECT : position + 1;
}

/** What stands after a comma without a pause: "Inc.", "Jr.", or the two letters of a state. */
function continuesName(view: Window, next: number): boolean {
  return COMMA_FOLLOWERS.has(nextWord(view, next)) || /^[A-Z]{2}(?!\p{L})/u.test(view.tokenAfter(next));
}

function isDash(code: number): boolean {
  return code === 0x2d || code === 0x2013 || code === 0x2014;
}

function isClosingBracket(code: number): boolean {
  return code === 0x29 || code === 0x5d || code === 0x7d;
}

/** Whether a bracket closes over three words or more, not over a value such as "(3.5 mg)". */
function holdsPhrase(view: Window, position: number): boolean {
  const inside = /[([{]([^([{]*)$/.exec(view.slice(view.start, position))?.[1] ?? '';
  return !/\d/.test(inside) && inside.trim().split(/\s+/).length >= 3;
}

/** Whether the fragment would end in a function word ("and the,"), which nobody says with a pause. */
function dangles(view: Window, position: number, language: SplitterLanguage): boolean {
  const word = /[\p{L}\p{M}'’]+$/u.exec(view.slice(view.start, position).trimEnd())?.[0] ?? '';
  return language.functionWords.has(word.toLowerCase());
}

function skipBlanks(view: Window, position: number): number {
  let at = position;
  while (chars.isBlank(view.at(at))) at++;
  return at;
}
