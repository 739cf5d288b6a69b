/**
 * What a special character inside a line means, judged from the characters around it. Every construct is bounded in length:
 * one that does not close in time is taken for text.
 */
import { latexWords } from './latex.ts';
import { isStageDirection } from './stage-directions.ts';

export type Inline =
  /** The characters stand for themselves. */
  | { readonly kind: 'text'; readonly length: number }
  /** Markup that is not said. */
  | { readonly kind: 'markup'; readonly length: number; readonly side: 'open' | 'close' }
  /** Words that stand for the whole construct. */
  | { readonly kind: 'unit'; readonly length: number; readonly say: string }
  /** A link: the label is text, from `label` on; `tail` is the markup from its closing bracket on. */
  | { readonly kind: 'link'; readonly label: number; readonly labelLength: number; readonly tail: number }
  /** A line break written as a tag; `after`: the tag belongs to what stands before it. */
  | { readonly kind: 'break'; readonly length: number; readonly after: boolean }
  /** The start of a passage that is not said, up to `until`. */
  | { readonly kind: 'hidden'; readonly length: number; readonly until: string }
  /**
   * More is needed: one of the characters of `wake` ('' stands for any), or text longer than `longest` characters.
   */
  | { readonly kind: 'hold'; readonly wake: string; readonly longest: number };

export interface InlineContext {
  /** Whether nothing follows the text. */
  readonly ended: boolean;
  /** Code unit before the character; 0 at the start of the text. */
  readonly before: number;
  /** Emphasis marks that are open now, for example "*" or "_". */
  readonly open: ReadonlySet<string>;
  readonly dropStageDirections: boolean;
}

/** The longest inline code, formula or link label that is waited for, in characters. */
export const LONGEST_INLINE = 600;
const LONGEST_TARGET = 2_000;

const HOLD: Inline = { kind: 'hold', wake: '', longest: 0 };

function holdFor(wake: string, longest: number): Inline {
  return { kind: 'hold', wake, longest };
}
const isSpaceOrEnd = (code: number): boolean =>
  Number.isNaN(code) || code === 0 || /\s/.test(String.fromCharCode(code));
const isWord = (code: number): boolean => code > 0 && /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Judges the special character at `at` of `text`. */
export function inline(text: string, at: number, context: InlineContext): Inline {
  switch (text.charAt(at)) {
    case '`':
      return codeSpan(text, at, context);
    case '*':
    case '_':
      return emphasis(text, at, context);
    case '~':
      return strikethrough(text, at, context);
    case '[':
      return bracket(text, at, context);
    case '!':
      return image(text, at, context);
    case '<':
      return angle(text, at, context);
    case '$':
      return dollar(text, at, context);
    case '\\':
      return backslash(text, at, context);
    case '&':
      return entity(text, at, context);
    default:
      return { kind: 'text', length: 1 };
  }
}

/** Length of the run of the character at `at`; undefined when the run may go on. */
function runLength(text: string, at: number, ended: boolean): number | undefined {
  const mark = text[at];
  let end = at;
  while (end < text.length && text[end] === mark) end++;
  return end === text.length && !ended ? undefined : end - at;
}

function codeSpan(text: string, at: number, context: InlineContext): Inline {
  const run = runLength(text, at, context.ended);
  if (run === undefined) return HOLD;
  const fence = '`'.repeat(run);
  for (let from = at + run; ;) {
    const close = text.indexOf(fence, from);
    const paragraph = text.indexOf('\n\n', at);
    const inside = close >= 0 && close - at < LONGEST_INLINE && (paragraph < 0 || close < paragraph);
    if (!inside) {
      const hopeless = context.ended || paragraph >= 0 || text.length - at > LONGEST_INLINE;
      return hopeless ? { kind: 'markup', length: run, side: 'open' } : holdFor('`\n', LONGEST_INLINE);
    }
    let end = close + run;
    if (end === text.length && !context.ended) return HOLD;
    while (text[end] === '`') end++;
    if (end === close + run)
      return { kind: 'unit', length: end - at, say: text.slice(at + run, close).trim() };
    from = end;
  }
}

function emphasis(text: string, at: number, context: InlineContext): Inline {
  const run = runLength(text, at, context.ended);
  if (run === undefined) return HOLD;
  const mark = text[at] ?? '';
  const { before } = context;
  const after = text.charCodeAt(at + run);
  const spaceBefore = isSpaceOrEnd(before);
  const spaceAfter = isSpaceOrEnd(after);
  if (spaceBefore && spaceAfter) return { kind: 'text', length: run };
  const intraword = isWord(before) && isWord(after);
  const open = context.open.has(mark);
  if (intraword && mark === '_') return { kind: 'text', length: run };
  if (intraword && !open && (run === 1 || isDigit(after))) return { kind: 'text', length: run };
  if (mark === '*' && run === 1 && !open && !spaceAfter && context.dropStageDirections) {
    const direction = stageDirection(text, at, context.ended);
    if (direction !== undefined) return direction;
  }
  const closes = spaceAfter || (!spaceBefore && open);
  return { kind: 'markup', length: run, side: closes ? 'close' : 'open' };
}

/** `*sighs*`: nothing to say. Waits for the closing mark only while the first words could be a stage direction. */
function stageDirection(text: string, at: number, ended: boolean): Inline | undefined {
  const reach = text.slice(at + 1, at + 82);
  const stop = reach.search(/[*\n]/);
  const whole = stop >= 0 || ended || reach.length > 80;
  const verdict = isStageDirection(stop < 0 ? reach : reach.slice(0, stop), whole);
  if (verdict === 'no') return undefined;
  if (verdict === 'yes' && reach[stop] === '*') return { kind: 'unit', length: stop + 2, say: '' };
  return whole ? undefined : HOLD;
}

function strikethrough(text: string, at: number, context: InlineContext): Inline {
  const run = runLength(text, at, context.ended);
  if (run === undefined) return HOLD;
  if (run !== 2) return { kind: 'text', length: run };
  const closes = isSpaceOrEnd(text.charCodeAt(at + run)) || context.open.has('~');
  return { kind: 'markup', length: run, side: closes ? 'close' : 'open' };
}

const CITATION =
  /^\[(?:\^[^\]\s]{1,40}|[1-9]\d{0,2}(?:\s?[,;–-]\s?\d{1,3})*|citation needed|source|†[^\]]*)\]/i;

function bracket(text: string, at: number, context: InlineContext): Inline {
  const close = closingBracket(text, at);
  if (close < 0) {
    const hopeless = context.ended || text.length - at > LONGEST_INLINE || text.indexOf('\n\n', at) >= 0;
    return hopeless ? { kind: 'text', length: 1 } : holdFor(']\n', LONGEST_INLINE);
  }
  const next = text[close + 1];
  if (next === undefined && !context.ended) return HOLD;
  const label = { label: at + 1, labelLength: close - at - 1 };
  if (next === '(') {
    const end = targetEnd(text, close + 1);
    if (end >= 0) return { kind: 'link', ...label, tail: end - close };
    if (!context.ended && text.length - close <= LONGEST_TARGET + 1 && !text.slice(close).includes('\n')) {
      return holdFor(')\n', LONGEST_TARGET);
    }
  }
  const citation = CITATION.exec(text.slice(at, close + 1));
  if (citation !== null) return { kind: 'unit', length: citation[0].length, say: '' };
  if (next === '[') {
    const reference = text.indexOf(']', close + 2);
    if (reference < 0 && !context.ended && text.length - close < 100) return holdFor(']\n', LONGEST_INLINE);
    const name = reference < 0 ? undefined : text.slice(close + 2, reference);
    if (name !== undefined && /^[^\s[\]]{0,60}$/.test(name) && !/^\d+$/.test(text.slice(at + 1, close))) {
      return { kind: 'link', ...label, tail: reference + 1 - close };
    }
  }
  return { kind: 'text', length: 1 };
}

/** Index of the bracket that closes the one at `at`, or -1. A label does not cross a blank line. */
function closingBracket(text: string, at: number): number {
  const last = Math.min(text.length, at + LONGEST_INLINE);
  for (let i = at + 1, depth = 0; i < last; i++) {
    const character = text[i];
    if (character === '[') depth++;
    else if (character === '\n' && text[i + 1] === '\n') return -1;
    else if (character === ']' && depth-- === 0) return i;
  }
  return -1;
}

/** Offset just after the `)` that closes a link target which opens at `open`, or -1. */
function targetEnd(text: string, open: number): number {
  const last = Math.min(text.length, open + LONGEST_TARGET);
  for (let i = open + 1, depth = 0; i < last; i++) {
    const character = text[i];
    if (character === '\n') return -1;
    if (character === '(') depth++;
    else if (character === ')' && depth-- === 0) return i + 1;
  }
  return -1;
}

function image(text: string, at: number, context: InlineContext): Inline {
  if (text[at + 1] === undefined && !context.ended) return HOLD;
  if (text[at + 1] !== '[') return { kind: 'text', length: 1 };
  const found = bracket(text, at + 1, context);
  if (found.kind === 'hold') return found;
  if (found.kind !== 'link') return { kind: 'text', length: 1 };
  const alt = text.slice(found.label, found.label + found.labelLength);
  return { kind: 'unit', length: found.labelLength + 2 + found.tail, say: alt.replace(/[*_`]/g, '').trim() };
}

const HIDDEN = /^<(think|thinking|reasoning|thought|script|style)\b[^>]*>$/i;
const BREAKING = /^<\/?(?:br|p|div|li|ul|ol|tr|table|h[1-6]|hr|blockquote|section|details|summary)\b/i;
const KNOWN_TAG =
  /^<\/?(?:a|abbr|article|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|li|main|mark|nav|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|think|tr|u|ul|var|video|audio|answer|thinking|response)(?:\s[^<>]*)?\/?>$/i;
const AUTOLINK = /^<(?:[a-z][a-z0-9+.-]{1,30}:[^\s<>]+|[\w.+-]+@[\w.-]+)>$/i;

function angle(text: string, at: number, context: InlineContext): Inline {
  const next = text[at + 1];
  if (next === undefined && !context.ended) return HOLD;
  if (next === undefined || !/[a-z/!]/i.test(next)) return { kind: 'text', length: 1 };
  if (text.startsWith('<!--', at)) return { kind: 'hidden', length: 4, until: '-->' };
  const rest = text.slice(at + 1, at + LONGEST_INLINE);
  const stop = rest.search(/[<>\n]/);
  if (rest[stop] !== '>') {
    const hopeless = context.ended || stop >= 0 || rest.length >= LONGEST_INLINE - 1;
    return hopeless ? { kind: 'text', length: 1 } : holdFor('><\n', LONGEST_INLINE);
  }
  const close = at + 1 + stop;
  const tag = text.slice(at, close + 1);
  const hidden = HIDDEN.exec(tag);
  if (hidden !== null)
    return { kind: 'hidden', length: tag.length, until: `</${hidden[1]?.toLowerCase() ?? ''}>` };
  if (AUTOLINK.test(tag)) return { kind: 'unit', length: tag.length, say: tag.slice(1, -1) };
  if (!KNOWN_TAG.test(tag)) return { kind: 'text', length: 1 };
  if (BREAKING.test(tag)) return { kind: 'break', length: tag.length, after: /^<(?:\/|br\b)/i.test(tag) };
  return { kind: 'markup', length: tag.length, side: tag[1] === '/' ? 'close' : 'open' };
}

/** A formula that begins with a digit, unlike an amount: `2x`, `5^2`, `3\\pi`. */
const STARTS_FORMULA = /^\d+(?:\.\d+)?(?:[\\^_=+]|[a-z](?![a-z])(?<![kmbt]))/;

function dollar(text: string, at: number, context: InlineContext): Inline {
  const run = runLength(text, at, context.ended);
  if (run === undefined) return HOLD;
  if (run > 2) return { kind: 'text', length: run };
  if (run === 2) return formula(text, at, '$$', context) ?? { kind: 'markup', length: 2, side: 'open' };
  const next = text[at + 1] ?? '';
  if (next === '') return context.ended ? { kind: 'text', length: 1 } : HOLD;
  if (/\s/.test(next)) return { kind: 'text', length: 1 };
  if (isDigit(next.charCodeAt(0))) {
    const token = /^[^\s$]{0,24}/.exec(text.slice(at + 1, at + 26))?.[0] ?? '';
    if (at + 1 + token.length === text.length && token.length < 24 && !context.ended) return HOLD;
    if (!STARTS_FORMULA.test(token)) return { kind: 'text', length: 1 };
  }
  const close = text.indexOf('$', at + 1);
  const newline = text.indexOf('\n', at + 1);
  if (close < 0 || (newline >= 0 && newline < close) || close - at > 200) {
    const hopeless = context.ended || newline >= 0 || text.length - at > 200;
    return hopeless ? { kind: 'text', length: 1 } : holdFor('$\n', 200);
  }
  const after = text.charCodeAt(close + 1);
  if (Number.isNaN(after) && !context.ended) return HOLD;
  const content = text.slice(at + 1, close);
  const mathematical = /[\\^_=+<>]|^[a-z]{1,2}$|^[a-z]\(/i.test(content) && !/\s$/.test(content);
  if (!mathematical || isDigit(after)) return { kind: 'text', length: 1 };
  return { kind: 'unit', length: close + 1 - at, say: latexWords(content) };
}

/** A formula between `\[`…`\]`, `\(`…`\)` or `$$`…`$$`; undefined when it never closes. */
function formula(text: string, at: number, close: string, context: InlineContext): Inline | undefined {
  const end = text.indexOf(close, at + 2);
  if (end >= 0 && end - at <= LONGEST_TARGET) {
    return { kind: 'unit', length: end + 2 - at, say: latexWords(text.slice(at + 2, end)) };
  }
  if (context.ended || text.length - at > LONGEST_TARGET + 2) return undefined;
  return holdFor(close.slice(1), LONGEST_TARGET);
}

function backslash(text: string, at: number, context: InlineContext): Inline {
  const next = text[at + 1];
  if (next === undefined) return context.ended ? { kind: 'text', length: 1 } : HOLD;
  if (next === '(' || next === '[') {
    const found = formula(text, at, next === '(' ? '\\)' : '\\]', context);
    if (found !== undefined) return found;
  }
  // A line that ends in a backslash is broken there, as one that ends in two blanks is.
  if (next === '\n') return { kind: 'unit', length: 1, say: '' };
  if (/[!-/:-@[-`{-~]/.test(next)) return { kind: 'unit', length: 2, say: next };
  return { kind: 'text', length: 1 };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  times: '×',
  divide: '÷',
  plusmn: '±',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  le: '≤',
  ge: '≥',
  ne: '≠',
  rarr: '→',
  larr: '←',
  bull: '•',
  middot: '·',
  sect: '§',
  para: '¶',
  infin: '∞',
  pi: 'π',
  micro: 'µ',
};

function entity(text: string, at: number, context: InlineContext): Inline {
  const head = text.slice(at, at + 12);
  const found = /^&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d{0,2}));/i.exec(head);
  if (found === null) {
    const open = !context.ended && head.length < 12 && /^&(?:#?x?[0-9a-z]*)$/i.test(head);
    return open ? HOLD : { kind: 'text', length: 1 };
  }
  const [whole, decimal, hex, name] = found;
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : undefined;
  const known = code !== undefined ? codePoint(code) : ENTITIES[name?.toLowerCase() ?? ''];
  return known === undefined
    ? { kind: 'text', length: 1 }
    : { kind: 'unit', length: whole.length, say: known };
}

function codePoint(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
