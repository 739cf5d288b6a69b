/**
 * Judges the marks that may end a sentence. Each rule decides from local evidence only (the token before, a short look-ahead,
 * the language's tables), so a judgement costs a bounded time.
 *
 * A verdict is the position where the piece ends (exclusive), or {@link REJECT}. When a rule read past the text that has
 * arrived, {@link Window.isShort} says so and the verdict is void: the splitter holds.
 */
import * as chars from './chars.ts';
import { judgeFullStop } from './full-stop.ts';
import type { SplitterLanguage } from './languages/language.ts';
import { nextWord, REJECT, type Verdict } from './verdict.ts';
import type { Window } from './window.ts';

/** A run of marks is taken in parts of this many, so that an endless one costs no more than any other text. */
const LONGEST_CLUSTER = 64;

/** The end of the run of stops, closing quotes and brackets, and emoji that starts at `position`. */
export function clusterEnd(view: Window, position: number): number {
  let end = position;
  for (;;) {
    if (end - position >= LONGEST_CLUSTER) return end;
    const code = view.at(end);
    const kind = chars.classOf(code);
    const stop = kind === chars.DOT || kind === chars.MARK || kind === chars.WIDE_STOP;
    if (stop || chars.isCloser(code)) end++;
    else if (end === position) return end;
    else if (chars.isPictograph(code)) end++;
    else if (chars.isBlank(code) && belongsAfterBlank(view, end + 1)) end += 2;
    else return end;
  }
}

/** After a blank: the next dot of an ellipsis written with spaces, an emoji, or a French closing quote. */
function belongsAfterBlank(view: Window, position: number): boolean {
  const code = view.at(position);
  if (code === 0x2e) return !chars.isWordCharacter(view.at(position + 1));
  return code === 0xbb || chars.isPictograph(code);
}

/** Judges a run of stops that starts at `position`. */
export function judgeStop(view: Window, position: number, language: SplitterLanguage): Verdict {
  const end = clusterEnd(view, position);
  const after = view.at(end);
  if (after === 0) return REJECT;
  const mark = view.at(position);
  if (!chars.isSpace(after)) return judgeTight(view, position, end, language);
  let next = end;
  while (chars.isBlank(view.at(next))) next++;
  if (chars.classOf(view.at(next)) === chars.NEWLINE) return end;
  const bracket = view.at(next);
  while (chars.isOpener(view.at(next))) next++;
  const first = view.at(next);
  if (first === 0) return REJECT;
  if (isEllipsis(view, position, end)) return judgeEllipsis(view, { position, end, next, bracket });
  if (chars.isLower(first)) return mark === 0x2e && startsBrand(view, next) ? end : REJECT;
  if (mark !== 0x2e) return judgeMark(view, position, end, next, language);
  return judgeFullStop(view, { position, end, next }, language);
}

/** No white space after the stops: an end only in scripts without spaces, or where a space was plainly forgotten. */
function judgeTight(view: Window, position: number, end: number, language: SplitterLanguage): Verdict {
  const after = view.at(end);
  const mark = view.at(position);
  if (isDanda(mark) || (chars.isIdeographic(after) && chars.isIdeographic(view.at(position - 1)))) return end;
  if (chars.isIdeographic(after) && mark !== 0x2e) return end;
  if (!chars.isUpper(after) || end !== position + 1) return REJECT;
  const before = view.tokenBefore(position);
  const next = view.tokenAfter(end);
  const word = /^(\p{Lu}[\p{Ll}'’]*)(?:[.,!?;:]?|\.\p{P}*)$/u.exec(next)?.[1];
  if (word === undefined) return REJECT;
  const starter =
    language.starters.has(word.toLowerCase()) || language.abbreviations.get(word.toLowerCase()) === 'title';
  if (/^[\p{L}'’]*\p{Ll}{2,}$/u.test(before)) return starter || /^\p{Ll}/u.test(before) ? end : REJECT;
  return /^\$?\d{1,3}(?:,\d{3})*$/.test(before) && starter ? end : REJECT;
}

/** The danda, its double and the Arabic marks end a sentence whatever follows. */
function isDanda(code: number): boolean {
  return code === 0x964 || code === 0x965 || code === 0x6d4;
}

/** Product names that begin with a small letter and may begin a sentence. */
function startsBrand(view: Window, next: number): boolean {
  return /^(?:i(?:Phone|Pad|Pod|Mac|OS|Cloud|Tunes|Message)|mac(?:OS)|e(?:Bay|Book|SIM)|x(?:AI|Box)|npm|pH)/.test(
    view.tokenAfter(next),
  );
}

/** `!` and `?` with white space and no small letter after them. */
function judgeMark(
  view: Window,
  position: number,
  end: number,
  next: number,
  language: SplitterLanguage,
): Verdict {
  // "?, she asked" goes on, and so does a remark between dashes.
  if (view.at(next) === 0x2c || view.at(next) === 0x2014 || view.at(next) === 0x2d) return REJECT;
  if (end !== position + 1) return end;
  const name = view.tokenBefore(position).replace(/^[^\p{L}]+/u, '');
  const followers = language.punctuatedNames.get(name.toLowerCase());
  if (followers === undefined || !chars.isUpper(name.charCodeAt(0))) return end;
  const word = nextWord(view, next);
  if (followers.size > 0) return followers.has(word) ? REJECT : end;
  const goesOn = word === 'the' || !language.starters.has(word);
  return goesOn ? REJECT : end;
}

/** Whether the run holds two dots or more, or an ellipsis character, before anything else. */
function isEllipsis(view: Window, position: number, end: number): boolean {
  if (view.at(position) === 0x2026) return true;
  if (view.at(position) !== 0x2e || end === position + 1) return false;
  let second = position + 1;
  while (chars.isBlank(view.at(second))) second++;
  return view.at(second) === 0x2e && second < end;
}

interface Place {
  readonly position: number;
  readonly end: number;
  readonly next: number;
  /** The code unit right after the white space, before any opening quote. */
  readonly bracket: number;
}

function judgeEllipsis(view: Window, place: Place): Verdict {
  const { position, end, next, bracket } = place;
  const before = view.at(position - 1);
  // "[...]" stands for words that were left out.
  if (before === 0x5b && view.slice(position, end).includes(']')) return REJECT;
  if (bracket === 0x28) return REJECT;
  if (chars.isLower(view.at(next))) return REJECT;
  if (view.slice(view.start, position).trim() === '') return REJECT;
  const run = view.slice(position, end);
  if (!/\s\./.test(run)) return end;
  const dots = run.replace(/[^.]/g, '').length;
  if (chars.isWordCharacter(before)) return dots >= 4 ? position + 1 : end;
  return dots <= 3 && view.at(next) === 0x49 && !chars.isWordCharacter(view.at(next + 1)) ? REJECT : end;
}
