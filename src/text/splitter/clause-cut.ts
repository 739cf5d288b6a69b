/** Where to cut a clause that is too long for one utterance. */
import * as chars from './chars.ts';
import type { SplitterLanguage } from './languages/language.ts';
import type { Window } from './window.ts';

/** The cut never falls into this first part of the piece, so each cut uses up a good share of the text. */
const EARLIEST_SHARE = 0.4;

/**
 * The best position at or before `scan` to end a piece that has grown too long: after the last semicolon, colon or dash;
 * else comma; else before a conjunction; else at a blank; else at `scan` itself.
 * Never inside one of `units`. Looks at each character of the piece once.
 */
export function clauseCut(
  view: Window,
  scan: number,
  language: SplitterLanguage,
  units: readonly { readonly from: number; readonly to: number }[],
): number {
  const earliest = view.start + Math.floor((scan - view.start) * EARLIEST_SHARE);
  const best = { strong: -1, comma: -1, word: -1, blank: -1 };
  let wordStart = earliest;
  let unit = 0;
  for (let i = earliest; i < scan; i++) {
    while ((units[unit]?.to ?? scan) <= i) unit++;
    if ((units[unit]?.from ?? scan) < i) continue;
    const code = view.at(i);
    if (chars.isSpace(code)) {
      const before = view.at(i - 1);
      if (';:—–'.includes(String.fromCharCode(before))) best.strong = i;
      else if (before === 0x2c || before === 0x60c) best.comma = i;
      else if (language.functionWords.has(view.slice(wordStart, i).toLowerCase())) best.word = wordStart - 1;
      best.blank = i;
      wordStart = i + 1;
    } else if (code === 0x3001 || code === 0xff0c || code === 0xff1b) {
      best.comma = i + 1;
    }
  }
  const cut = [best.strong, best.comma, best.word, best.blank].find((at) => at > earliest);
  return cut ?? wholeCharacter(view, scan);
}

/** Keeps the two halves of a surrogate pair together. */
function wholeCharacter(view: Window, at: number): number {
  const code = view.at(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}
