/**
 * The incremental splitter: visible text in, pieces out.
 *
 * Each candidate gets one of three verdicts: split, reject, or hold until more text has come. The scan only moves forward;
 * a held candidate is judged again when text arrives and reads a bounded distance ahead, so the whole costs O(1) amortised
 * a character.
 */
import type { SpeakableOptions } from '../options.ts';
import type { BreakKind, VisibleSink } from '../visible.ts';
import * as chars from './chars.ts';
import { languageOf } from './languages/index.ts';
import { SourceMap } from './source-map.ts';
import { clauseCut } from './clause-cut.ts';
import { judgeFragment } from './first-fragment.ts';
import { judgeArabicPause, judgeEmoji, judgeNewline } from './line-ends.ts';
import { judgeBullet, judgeListMarker } from './list-markers.ts';
import { clusterEnd, judgeStop } from './stops.ts';
import { Queue } from './queue.ts';
import { Window } from './window.ts';

/** A finished piece: its slice of the source and what is left to say of it. */
export interface Cut {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The visible text of the piece, not yet put into words. */
  readonly visible: string;
}

export interface Splitter extends VisibleSink {
  /** Gives the source's next characters, before the {@link VisibleSink} calls that cover them. */
  source(delta: string): void;
  /** Judges what has arrived. */
  advance(): void;
  /** Ends the text: everything still held back becomes pieces. */
  end(): void;
}

/** An event at a visible position, waiting for the scan to reach it. */
type Mark =
  | { readonly at: number; readonly kind: 'opaque'; readonly to: number }
  | { readonly at: number; readonly kind: 'line'; readonly source: number }
  | { readonly at: number; readonly kind: 'block'; readonly source: number }
  | {
      readonly at: number;
      readonly kind: 'aside';
      readonly start: number;
      readonly end: number;
      readonly say: string;
    };

/** Speaking weight that a digit has beyond one character. */
const DIGIT_WEIGHT = 5;

/** Bold text longer than this, or than its line, is split like any other: its mark may never close. */
const LONGEST_STRONG = 200;

/** Characters after which an East Asian bracket that has not closed no longer holds the sentence together. */
const LONGEST_QUOTATION = 200;

/** A splitter that hands each finished piece to `emit`. */
export function createSplitter(options: SpeakableOptions, emit: (cut: Cut) => void): Splitter {
  const language = languageOf(options.lang);
  const view = new Window();
  const map = new SourceMap();
  const marks = new Queue<Mark>();
  const stops = new Queue<number>();
  /** Units of the piece that is being gathered. */
  let units: { from: number; to: number }[] = [];
  /** Bold text: where it began last and where it ended, Infinity while it is open. */
  const strong = new Queue<{ from: number; to: number }>();
  let opened: { from: number; to: number } | undefined;
  /** Where the last line that the scan has reached begins. */
  let lastLine = 0;
  let length = 0;
  let ended = false;
  let scan = 0;
  let weight = 0;
  let wideDepth = 0;
  let wideOpened = 0;
  let first = true;

  function append(say: string): void {
    view.text += say;
    length += say.length;
  }

  /** Moves the window's end to the next block break, or to the end of what has arrived. */
  function setLimit(): void {
    const stop = stops.first();
    view.limit = stop ?? length;
    view.final = stop !== undefined || ended;
  }

  /** Where the source is broken at a visible position: markup beyond belongs to the next piece. */
  function breakOf(position: number): number | undefined {
    const mark = marks.first();
    if (mark === undefined || mark.at !== position || mark.kind === 'opaque') return undefined;
    return mark.kind === 'aside' ? mark.start : mark.source;
  }

  /** Emits the piece that ends at a visible position; a break also says where it ends in the source. */
  function emitUpTo(position: number, source = breakOf(position)): void {
    const visible = view.slice(view.start, position);
    const slice = source === undefined ? map.take(position) : map.takeTo(source);
    view.start = position;
    weight = 0;
    wideDepth = 0;
    if (units.length > 0) units = [];
    if (slice === undefined) return;
    if (first && visible.trim() !== '') first = false;
    emit({ text: slice.text, start: slice.start, end: slice.end, visible });
  }

  function pieceLength(position: number): number {
    let from = view.start;
    let to = position;
    while (from < to && chars.isSpace(view.at(from))) from++;
    while (to > from && chars.isSpace(view.at(to - 1))) to--;
    return to - from;
  }

  /** Whether a piece that ends at `position` is long enough to stand alone. */
  function longEnough(position: number, stop: number): boolean {
    if (pieceLength(position) >= options.minimumSentenceLength) return true;
    return first && options.quickYield && pieceLength(stop) >= options.minimumFirstFragmentLength;
  }

  /** Judges the character at `scan`; returns false when it must wait for more text. */
  function step(kind: number): boolean {
    const at = scan;
    view.begin();
    const verdict = verdictOn(kind, at);
    if (view.isShort()) return false;
    if (verdict >= 0 && longEnough(verdict, at)) {
      emitUpTo(verdict);
      scan = Math.max(at, verdict);
      if (scan === at) scan++;
      return true;
    }
    // The rest of a run of stops is not judged again.
    const isStop = kind === chars.DOT || kind === chars.MARK || (kind === chars.WIDE_STOP && !insideWide());
    const next = isStop ? clusterEnd(view, at) : at + 1;
    if (view.isShort()) return false;
    scan = Math.max(at + 1, next);
    return true;
  }

  /** The verdict on the character at `at`, which is of a class that may end a piece. */
  function verdictOn(kind: number, at: number): number {
    switch (kind) {
      case chars.DOT: {
        const marker = judgeListMarker(view, at);
        return marker >= 0 ? marker : outsideStrong(at, judgeStop(view, at, language));
      }
      case chars.MARK:
        return outsideStrong(at, judgeStop(view, at, language));
      case chars.WIDE_STOP:
        return insideWide() ? -1 : clusterEnd(view, at);
      case chars.NEWLINE:
        lastLine = at + 1;
        return judgeNewline(view, at, language);
      case chars.BULLET:
        return judgeBullet(view, at);
      case chars.EMOJI:
        return judgeEmoji(view, at);
      case chars.FRAGMENT:
        return judgePause(at);
      case chars.WIDE_OPEN:
        if (wideDepth++ === 0) wideOpened = at;
        return -1;
      case chars.WIDE_CLOSE:
        wideDepth = Math.max(0, wideDepth - 1);
        return -1;
      default:
        return -1;
    }
  }

  /** The verdict, but for a stop inside bold text that does not end with it. */
  function outsideStrong(at: number, verdict: number): number {
    if (verdict < 0) return verdict;
    for (;;) {
      const span = strong.first();
      if (span === undefined || span.from > at) return verdict;
      if (span.to > at) {
        const holds = span.to > verdict && at - span.from < LONGEST_STRONG && lastLine <= span.from;
        return holds ? -1 : verdict;
      }
      strong.drop();
    }
  }

  /** Inside an East Asian bracket, unless it was opened so long ago that it will hardly be closed. */
  function insideWide(): boolean {
    return wideDepth > 0 && scan - wideOpened < LONGEST_QUOTATION;
  }

  /** A mark inside a sentence: the end of a list marker, an Arabic pause, or a place for the first fragment to end. */
  function judgePause(at: number): number {
    if (view.at(at) === 0x29) {
      const marker = judgeListMarker(view, at);
      if (marker >= 0) return marker;
    }
    if (language.splitsAtColon) {
      const pause = judgeArabicPause(view, at);
      if (pause >= 0) return pause;
    }
    const early = first && options.quickYield && pieceLength(at) >= options.minimumFirstFragmentLength;
    return early ? outsideStrong(at, judgeFragment(view, at, language)) : -1;
  }

  /** Ends a piece that has grown too long, without a step back of the scan. */
  function cutClause(): void {
    emitUpTo(clauseCut(view, scan, language, units));
  }

  /** Scans up to `to`; returns false when a candidate must wait. */
  function scanTo(to: number): boolean {
    while (scan < to) {
      const longest = view.start + options.maximumLength - weight;
      if (scan > longest) {
        cutClause();
        continue;
      }
      const kind = runOver(Math.min(to, longest + 1));
      if (kind !== chars.PLAIN && !step(kind)) return false;
    }
    return true;
  }

  /** Moves over characters that need no judgement, up to `to` at most; the class of the one that does. */
  function runOver(to: number): number {
    const { text, base } = view;
    let at = scan - base;
    const end = to - base;
    let kind: number = chars.PLAIN;
    while (at < end) {
      kind = chars.classOf(text.charCodeAt(at));
      if (kind === chars.DIGIT) {
        weight += DIGIT_WEIGHT;
        at++;
        kind = chars.PLAIN;
        break;
      }
      if (kind !== chars.PLAIN) break;
      at++;
    }
    scan = at + base;
    return kind;
  }

  /** Handles the mark at the head of the queue, which the scan has reached. */
  function passMark(mark: Mark): void {
    marks.drop();
    if (mark.kind === 'block' || mark.kind === 'aside') stops.drop();
    switch (mark.kind) {
      case 'opaque':
        scan = Math.max(scan, mark.to);
        view.unitEnd = mark.to;
        units.push({ from: mark.at, to: mark.to });
        return;
      case 'line':
        if (longEnough(mark.at, mark.at)) emitUpTo(mark.at, mark.source);
        return;
      case 'block':
        emitUpTo(mark.at, mark.source);
        return;
      case 'aside': {
        emitUpTo(mark.at, mark.start);
        const slice = map.takeTo(mark.end);
        if (mark.say !== '') first = false;
        if (slice !== undefined) emit({ ...slice, visible: mark.say });
        return;
      }
    }
  }

  function compact(): void {
    const done = view.start - view.base;
    if (done < 2_048 && done < view.text.length) return;
    view.text = view.text.slice(done);
    view.base = view.start;
  }

  function advance(): void {
    for (;;) {
      setLimit();
      const mark = marks.first();
      const to = mark === undefined ? length : Math.min(mark.at, length);
      if (!scanTo(to)) break;
      if (mark === undefined || mark.at > scan) break;
      passMark(mark);
    }
    compact();
  }

  return {
    source: (delta) => map.append(delta),
    plain(say, at) {
      map.plain(length, at, say.length);
      append(say);
    },
    unit(say, _start, end) {
      if (say === '') {
        map.markup(length, end, 'close');
        return;
      }
      marks.add({ at: length, kind: 'opaque', to: length + say.length });
      map.unit(length, say.length, end);
      append(say);
    },
    markup: (_start, end, side) => map.markup(length, end, side),
    strong(side) {
      if (side === 'open') {
        opened = { from: length, to: Infinity };
        strong.add(opened);
      } else if (opened !== undefined) {
        opened.to = length;
        opened = undefined;
      }
    },
    breakAt(at: number, kind: BreakKind) {
      if (opened !== undefined) opened.to = length;
      opened = undefined;
      if (kind === 'line') {
        marks.add({ at: length, kind, source: at });
        return;
      }
      marks.add({ at: length, kind, source: at });
      stops.add(length);
    },
    aside: (start, end, say) => {
      marks.add({ at: length, kind: 'aside', start, end, say });
      stops.add(length);
    },
    advance,
    end() {
      ended = true;
      advance();
      emitUpTo(length, map.length);
    },
  };
}
