/** Judges the marks that end a piece by the layout or habit of a script: newlines, emoji,
 * and the colon and comma of Arabic. */
import * as chars from './chars.ts';
import type { SplitterLanguage } from './languages/language.ts';
import { REJECT, type Verdict } from './verdict.ts';
import type { Window } from './window.ts';

/** A line this long was probably wrapped, not ended. */
const WRAPPED_LINE = 60;

/** Judges a newline: the end of a line of text (the newline then belongs to it), or only a wrapped line. */
export function judgeNewline(view: Window, position: number, language: SplitterLanguage): Verdict {
  let next = position + 1;
  while (chars.isBlank(view.at(next))) next++;
  const first = view.at(next);
  if (chars.classOf(first) === chars.NEWLINE) return position + 1;
  const token = view.tokenBefore(position);
  if (chars.isIdeographic(first)) return language.functionWords.has(token.slice(-1)) ? REJECT : position + 1;
  if (!chars.isLower(first)) return position + 1;
  const before = view.at(position - 1);
  // Two blanks before a newline are Markdown's mark of a line that ends.
  if (before === 0x20 && view.at(position - 2) === 0x20) return position + 1;
  if (before === 0x20 || before === 0x2c) return REJECT;
  const word = /[\p{L}\p{M}]+$/u.exec(token)?.[0] ?? '';
  if (language.functionWords.has(word.toLowerCase())) return REJECT;
  const line = view.slice(Math.max(view.start, position - WRAPPED_LINE), position);
  return line.length === WRAPPED_LINE && !line.includes('\n') && /\p{L}$/u.test(line) ? REJECT : position + 1;
}

/** Judges emoji that stand after a word without a stop: a capital after them begins a sentence. */
export function judgeEmoji(view: Window, position: number): Verdict {
  let end = position;
  while (chars.isPictograph(view.at(end))) end++;
  if (!chars.isBlank(view.at(end)) || position === view.start || !hasWord(view, position)) return REJECT;
  let next = end;
  while (chars.isBlank(view.at(next))) next++;
  while (chars.isOpener(view.at(next))) next++;
  return chars.isUpper(view.at(next)) ? end : REJECT;
}

/** Whether a word stands before the emoji, at most a blank away. */
function hasWord(view: Window, position: number): boolean {
  const before = view.at(position - 1);
  return chars.isWordCharacter(
    chars.isBlank(before) && position - 1 > view.start ? view.at(position - 2) : before,
  );
}

/** Arabic: a colon ends a piece, and so does a comma that does not divide the words of a list. */
export function judgeArabicPause(view: Window, position: number): Verdict {
  if (!chars.isSpace(view.at(position + 1)) || chars.isDigit(view.at(position - 1))) return REJECT;
  if (view.at(position) === 0x3a) return position + 1;
  if (view.at(position) !== 0x60c) return REJECT;
  let next = position + 1;
  while (chars.isBlank(view.at(next))) next++;
  return view.tokenAfter(next).endsWith('،') ? REJECT : position + 1;
}
