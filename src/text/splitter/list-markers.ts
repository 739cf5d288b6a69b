/**
 * Lists that run on within a line: "1. The first item 2. The second item", "a) … b) …", "• one • two". A piece that begins
 * with a marker ends before the next marker of the same form.
 */
import * as chars from './chars.ts';
import { REJECT, type Verdict } from './verdict.ts';
import type { Window } from './window.ts';

const FIRST = /^\s*(?:[•‣◦▪●⁃–-]\s*)?(\(?)(\d{1,3}|[a-zA-Z])(\.\)|[.)])\s/;
const MARKER = /^(\(?)(\d{1,3}|[a-zA-Z])$/;

/**
 * Judges the `.` or `)` at `position` as the end of the next marker of the list that the piece began; the verdict lies before
 * the marker.
 */
export function judgeListMarker(view: Window, position: number): Verdict {
  // A marker is a number or one letter: two letters before the mark are a word.
  if (chars.isLetter(view.at(position - 1)) && chars.isLetter(view.at(position - 2))) return REJECT;
  if (!mayBeginWithMarker(view)) return REJECT;
  const first = FIRST.exec(view.slice(view.start, Math.min(view.start + 12, position)));
  if (first === null) return REJECT;
  const token = view.tokenBefore(position);
  const marker = MARKER.exec(token.replace(/^[•‣◦▪●⁃–-]/, ''));
  const [, bracket, value = '', form = ''] = first;
  if (marker === null || marker[1] !== bracket || !follows(value, marker[2] ?? '')) return REJECT;
  // "A. Karpov vs. B. Spassky": capitals with a dot are initials.
  if (form === '.' && chars.isUpper(value.charCodeAt(0))) return REJECT;
  for (let i = 0; i < form.length; i++) if (view.at(position + i) !== form.charCodeAt(i)) return REJECT;
  if (!chars.isBlank(view.at(position + form.length))) return REJECT;
  return beforeMarker(view, position - token.length);
}

/** A quick look: the piece begins with a bullet, a bracket, a digit, or a letter by itself. */
function mayBeginWithMarker(view: Window): boolean {
  let at = view.start;
  while (chars.isSpace(view.at(at)) && at < view.start + 4) at++;
  const code = view.at(at);
  if (chars.isLetter(code)) return !chars.isLetter(view.at(at + 1));
  return chars.isDigit(code) || code === 0x28 || code === 0x2d || code > 0x2000;
}

/** Steps back over white space and a bullet before a marker. */
function beforeMarker(view: Window, position: number): Verdict {
  let at = position;
  while (
    at > view.start &&
    (chars.isBlank(view.at(at - 1)) || chars.classOf(view.at(at - 1)) === chars.BULLET)
  )
    at--;
  return at > view.start ? at : REJECT;
}

/** Whether `next` comes after `value` in counting: 1, 2 or a, b. */
function follows(value: string, next: string): boolean {
  if (/^\d/.test(value)) return Number(next) === Number(value) + 1;
  return next.length === 1 && next.charCodeAt(0) === value.charCodeAt(0) + 1;
}

/** Judges a bullet inside a line. */
export function judgeBullet(view: Window, position: number): Verdict {
  if (position === view.start || !chars.isBlank(view.at(position - 1))) return REJECT;
  if (view.at(position + 1) === 0) return REJECT;
  return beforeMarker(view, position);
}
