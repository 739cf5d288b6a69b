/** What a line begins with, judged from its first characters. */

export type LineStart =
  | { readonly kind: 'text' }
  | { readonly kind: 'blank'; readonly length: number }
  | { readonly kind: 'fence'; readonly length: number; readonly fence: string; readonly info: string }
  | { readonly kind: 'rule'; readonly length: number }
  | { readonly kind: 'heading'; readonly length: number }
  | { readonly kind: 'quote'; readonly length: number }
  | { readonly kind: 'bullet'; readonly length: number }
  | { readonly kind: 'number'; readonly indent: number; readonly length: number }
  | { readonly kind: 'row'; readonly length: number }
  | { readonly kind: 'footnote'; readonly length: number }
  | { readonly kind: 'reference'; readonly length: number }
  /** More characters are needed. `wakeOnNewline` says that only a newline can help. */
  | { readonly kind: 'hold'; readonly wakeOnNewline: boolean };

/** A line that is held whole (a table row, the line of a fence) is taken for text beyond this length. */
export const LONGEST_HELD_LINE = 4_000;

/** A longer row of marks is taken for text. */
const LONGEST_RULE = 400;

/** Characters that settle every marker but the whole-line ones. */
const ENOUGH = 48;

const WHOLE_LINE = /^[ \t]*(?:`{3}|~{3}|\||\[[^\]\n]{1,60}\]:)/;
const FENCE = /^[ \t]*(`{3,}|~{3,})([^\n`]*)$/;
const RULE = /^ {0,3}(?:([-*_])(?:[ \t]*\1){2,}|={2,}|-{2,})[ \t]*$/;
const RULE_PREFIX = /^ {0,3}(?:[-*_=][-*_= \t]*)?$/;
const HEADING = /^ {0,3}#{1,6}(?:[ \t]+|$)/;
/** ">50 %" is a comparison, not a quotation. */
const QUOTE = /^[ \t]*>(?![\d=])[ \t]?/;
const BULLET = /^[ \t]*[-*+•‣◦▪●⁃–](?:[ \t]+(?:\[[ xX]\][ \t]+)?)(?=\S)/;
const NUMBER = /^([ \t]*)(?:\d{1,3}(?:[.)]|\.\))|\(\d{1,2}\))[ \t]+(?=\S)/;
/** What may still become a marker when the next character comes. */
const UNDECIDED =
  /^[ \t]*(?:#{0,6}[ \t]*|>|[-*+•‣◦▪●⁃–][ \t]*(?:\[[ xX]?\]?[ \t]*)?|\(?\d{0,3}\.?\)?[ \t]*|`{1,2}|~{1,2}|\[[^\]\n]{0,60}\]?|[-*_=][-*_= \t]*)$/;
const FOOTNOTE = /^ {0,3}\[\^[^\]\n]{1,60}\]:[ \t]*/;
const REFERENCE = /^ {0,3}\[[^\]\n]{1,60}\]:[ \t]*(?:<[^>\n]*>|\S+)(?:[ \t]+["'(][^\n]*)?[ \t]*$/;

/**
 * Judges the line that starts at `from` of `text`. `ended`: nothing will follow `text`.
 */
export function lineStart(text: string, from: number, ended: boolean): LineStart {
  const newline = text.indexOf('\n', from);
  const whole = newline >= 0 || ended;
  const stop = newline >= 0 ? newline : text.length;
  const head = text.slice(from, Math.min(stop, from + ENOUGH));
  if (whole && head.trim() === '' && stop - from <= ENOUGH) return { kind: 'blank', length: stop - from };
  if (WHOLE_LINE.test(head)) {
    if (!whole && stop - from < LONGEST_HELD_LINE) return { kind: 'hold', wakeOnNewline: true };
    const marker = wholeLine(text.slice(from, stop));
    if (marker !== undefined) return marker;
  }
  const rule = ruleLength(text, from, stop, whole);
  if (rule === 'hold') return { kind: 'hold', wakeOnNewline: false };
  if (rule !== undefined) return { kind: 'rule', length: rule };
  const settled = whole || head.length >= ENOUGH;
  if (!settled && UNDECIDED.test(head)) return { kind: 'hold', wakeOnNewline: false };
  return marker(head);
}

function wholeLine(line: string): LineStart | undefined {
  const fence = FENCE.exec(line);
  if (fence !== null) {
    return { kind: 'fence', length: line.length, fence: fence[1] ?? '', info: (fence[2] ?? '').trim() };
  }
  if (/^[ \t]*\|/.test(line) && line.trim().length > 1) return { kind: 'row', length: line.length };
  const footnote = FOOTNOTE.exec(line);
  if (footnote !== null) return { kind: 'footnote', length: footnote[0].length };
  return REFERENCE.test(line) ? { kind: 'reference', length: line.length } : undefined;
}

/** The length of a horizontal rule; undefined where the line is none, `hold` where it may become one. */
function ruleLength(text: string, from: number, stop: number, whole: boolean): number | 'hold' | undefined {
  if (stop - from >= LONGEST_RULE) return undefined;
  const line = text.slice(from, stop);
  if (!whole) return RULE_PREFIX.test(line) ? 'hold' : undefined;
  return RULE.test(line) ? line.length : undefined;
}

function marker(head: string): LineStart {
  const heading = HEADING.exec(head);
  if (heading !== null) return { kind: 'heading', length: heading[0].length };
  const quote = QUOTE.exec(head);
  if (quote !== null) return { kind: 'quote', length: quote[0].length };
  const bullet = BULLET.exec(head);
  if (bullet !== null) return { kind: 'bullet', length: bullet[0].length };
  const number = NUMBER.exec(head);
  if (number !== null) {
    const indent = number[1]?.length ?? 0;
    return { kind: 'number', indent, length: number[0].trimEnd().length };
  }
  return { kind: 'text' };
}
