/** What the splitter's rules share: the form of a verdict and the reading of the next word. */
import type { Window } from './window.ts';

/** The position where the piece ends (exclusive), or {@link REJECT}. */
export type Verdict = number;

/** The piece goes on. */
export const REJECT: Verdict = -1;

/** The word at `position`: small letters, with an ASCII apostrophe; '' when no letter stands there. */
export function nextWord(view: Window, position: number): string {
  const word = /^[\p{L}\p{M}]+(?:['’]\p{L}+)*/u.exec(view.tokenAfter(position))?.[0] ?? '';
  return word.replace('’', "'").toLowerCase();
}

/** The word that ends just before the token at `position`, small letters; '' when there is none in the piece. */
export function wordBefore(view: Window, position: number): string {
  const token = view.tokenBefore(position);
  const rest = view
    .slice(Math.max(view.start, position - token.length - 40), position - token.length)
    .trimEnd();
  return (/[\p{L}\p{M}'’.]+$/u.exec(rest)?.[0] ?? '').toLowerCase();
}
