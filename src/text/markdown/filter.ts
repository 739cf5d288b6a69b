/**
 * The streaming markdown filter: text as written in, what is left to say of it out.
 *
 * It never waits for a whole block. Inside a line it waits only for what a construct needs (the other bracket of a link, the
 * closing mark of inline code), within set lengths; while it waits, a delta that cannot settle the matter costs only its own
 * length. Whole lines are held for table rows, code fences and link definitions.
 */
import type { SpeakableOptions } from '../options.ts';
import type { VisibleSink } from '../visible.ts';
import { codeBlockAnnouncement } from './code-languages.ts';
import { inline } from './inline.ts';
import { lineStart, LONGEST_HELD_LINE, type LineStart } from './line-start.ts';
import { cellsOf, isSeparator, rowText } from './table.ts';

export interface MarkdownFilter {
  push(delta: string): void;
  end(): void;
}

/** Characters at which the plain run stops. */
const SPECIAL = /[`*_~[!<$\\&\n]/g;

/** A passage that is passed over until its end mark. */
interface Hidden {
  readonly start: number;
  readonly until: string;
}

/** An open code fence. */
interface Fence {
  /** Offset where what is not yet given out starts. */
  readonly start: number;
  readonly close: RegExp;
  readonly longestClose: number;
}

/** A filter that reports to `sink`. */
export function createMarkdownFilter(options: SpeakableOptions, sink: VisibleSink): MarkdownFilter {
  let text = '';
  let base = 0;
  let at = 0;
  let waiting: string[] = [];
  let waitingLength = 0;
  let wake = '';
  let wakeLength = 0;
  let ended = false;
  let atLineStart = true;
  let inHeading = false;
  let before = 0;
  let fence: Fence | undefined;
  let hidden: Hidden | undefined;
  let header: { row: string; start: number; end: number } | undefined;
  let names: readonly string[] | undefined;
  const open = new Set<string>();
  /** Hands over `length` plain characters. */
  function plain(length: number): void {
    if (length === 0) return;
    sink.plain(text.slice(at, at + length), base + at);
    at += length;
    before = text.charCodeAt(at - 1);
  }

  function markup(length: number, side: 'open' | 'close'): void {
    sink.markup(base + at, base + at + length, side);
    at += length;
  }

  function unit(length: number, say: string): void {
    sink.unit(say, base + at, base + at + length);
    at += length;
    if (say !== '') before = say.charCodeAt(say.length - 1);
  }

  function aside(length: number, visible: string): void {
    sink.aside(base + at, base + at + length, visible);
    at += length;
    before = 0x0a;
  }

  /** Waits for one of the characters of `wakeOn` ('' stands for any), or for more than `longest` characters. */
  function hold(wakeOn = '', longest = LONGEST_HELD_LINE): false {
    wake = wakeOn;
    wakeLength = longest;
    return false;
  }

  function endOfLine(): void {
    plain(1);
    atLineStart = true;
    if (inHeading) {
      inHeading = false;
      sink.breakAt(base + at, 'block');
    }
  }

  /** Handles the marker of the line at `at`; returns false when more is needed. */
  function startLine(): boolean {
    const line = lineStart(text, at, ended);
    if (line.kind === 'hold') return hold(line.wakeOnNewline ? '\n' : '');
    if (line.kind !== 'row' && line.kind !== 'blank') endTable();
    if (line.kind === 'blank') {
      endTable();
      open.clear();
      plain(line.length + (text[at + line.length] === '\n' ? 1 : 0));
    } else if (line.kind === 'row') row(line.length);
    else if (line.kind === 'fence') openFence(line);
    else passMarker(line);
    return true;
  }

  function passMarker(line: Exclude<LineStart, { kind: 'hold' | 'blank' | 'row' | 'fence' }>): void {
    switch (line.kind) {
      case 'rule':
      case 'reference':
        open.clear();
        aside(line.length, '');
        atLineStart = false;
        return;
      case 'heading':
        sink.breakAt(base + at, 'block');
        open.clear();
        markup(line.length, 'open');
        inHeading = true;
        atLineStart = false;
        return;
      case 'quote':
        markup(line.length, 'open');
        return;
      case 'bullet':
      case 'footnote':
        sink.breakAt(base + at, 'line');
        open.clear();
        markup(line.length, 'open');
        return;
      case 'number':
        sink.breakAt(base + at, 'line');
        open.clear();
        plain(line.indent);
        unit(line.length - line.indent, text.slice(at, at + line.length - line.indent));
        atLineStart = false;
        return;
      case 'text':
        atLineStart = false;
    }
  }

  function openFence(line: Extract<LineStart, { kind: 'fence' }>): void {
    const mark = line.fence[0] === '~' ? '~' : '`';
    const start = base + at;
    const close = new RegExp(`^[ \\t]*${mark}{${line.fence.length},}[ \\t]*$`);
    if (options.codeBlocks === 'skip') at += line.length;
    else aside(line.length, codeBlockAnnouncement(line.info));
    fence = {
      start: options.codeBlocks === 'skip' ? start : base + at,
      close,
      longestClose: line.fence.length + 40,
    };
    skipNewline();
  }

  function skipNewline(): void {
    if (text[at] !== '\n') return;
    at++;
    atLineStart = true;
    before = 0x0a;
  }

  /** Passes over one line of code; returns false when more is needed. */
  function codeLine(current: Fence): boolean {
    const newline = text.indexOf('\n', at);
    const whole = newline >= 0 || ended;
    const stop = newline >= 0 ? newline : text.length;
    if (atLineStart) {
      const line = text.slice(at, Math.min(stop, at + current.longestClose));
      const undecided = /^[ \t]*[`~]*[ \t]*$/.test(line);
      if (!whole && undecided && line.length < current.longestClose) return hold();
      if (whole && current.close.test(line)) {
        closeFence(current, stop);
        return true;
      }
      if (options.codeBlocks === 'read') {
        if (!whole) return hold('\n');
        aside(stop - at, text.slice(at, stop));
        fence = { ...current, start: base + stop };
      }
    }
    atLineStart = false;
    at = stop;
    skipNewline();
    return true;
  }

  function closeFence(current: Fence, stop: number): void {
    sink.aside(current.start, base + stop, '');
    fence = undefined;
    at = stop;
    atLineStart = false;
    before = 0;
  }

  function row(length: number): void {
    const line = text.slice(at, at + length);
    atLineStart = false;
    if (header === undefined && names === undefined) {
      header = { row: line, start: base + at, end: base + at + length };
      at += length;
      return;
    }
    if (header !== undefined && isSeparator(line)) {
      names = cellsOf(header.row).map(stripInline);
      sink.aside(header.start, base + at + length, '');
      header = undefined;
      at += length;
      return;
    }
    flushHeader();
    names ??= [];
    aside(length, isSeparator(line) ? '' : tableRow(names, line));
  }

  function tableRow(header: readonly string[], line: string): string {
    return options.tables === 'skip' ? '' : rowText(header, cellsOf(line).map(stripInline));
  }

  /** Gives out a first row that turned out not to be a header. */
  function flushHeader(): void {
    if (header === undefined) return;
    sink.aside(header.start, header.end, tableRow([], header.row));
    header = undefined;
  }

  function endTable(): void {
    flushHeader();
    names = undefined;
  }

  /** Passes over a hidden passage; returns false when its end has not come. */
  function passHidden(current: Hidden): boolean {
    const found = text.toLowerCase().indexOf(current.until, at);
    if (found < 0 && !ended) {
      at = Math.max(at, text.length - current.until.length + 1);
      return hold('>');
    }
    at = found < 0 ? text.length : found + current.until.length;
    passOver(current, base + at);
    hidden = undefined;
    return true;
  }

  /** A comment is markup inside its sentence; a hidden passage is a silent piece. */
  function passOver(current: Hidden, end: number): void {
    if (current.until === '-->') {
      sink.markup(current.start, end, 'close');
      return;
    }
    sink.aside(current.start, end, '');
    before = 0;
  }

  /** Handles the special character at `at`; returns false when more is needed. */
  function special(): boolean {
    const character = text[at] ?? '';
    if (character === '\n') {
      endOfLine();
      return true;
    }
    const found = inline(text, at, { ended, before, open, dropStageDirections: options.dropStageDirections });
    switch (found.kind) {
      case 'hold':
        return hold(found.wake, found.longest);
      case 'text':
        plain(found.length);
        return true;
      case 'unit':
        unit(found.length, found.say);
        return true;
      case 'markup':
        if (found.side === 'open') open.add(character);
        else open.delete(character);
        if (found.length === 2 && found.side === 'open') sink.strong('open');
        markup(found.length, found.side);
        if (found.length === 2 && found.side === 'close') sink.strong('close');
        return true;
      case 'link': {
        const label = text.slice(found.label, found.label + found.labelLength);
        unit(found.labelLength + 1 + found.tail, stripInline(label));
        return true;
      }
      case 'break':
        if (found.after) {
          markup(found.length, 'close');
          sink.breakAt(base + at, 'line');
          unit(0, '\n');
        } else {
          sink.breakAt(base + at, 'line');
          unit(found.length, '\n');
        }
        return true;
      case 'hidden':
        hidden = { start: base + at, until: found.until };
        at += found.length;
        return true;
    }
  }

  /** One step; returns false when nothing more can be done with what has arrived. */
  function step(): boolean {
    if (hidden !== undefined) return passHidden(hidden);
    if (fence !== undefined) return codeLine(fence);
    if (atLineStart) return startLine();
    SPECIAL.lastIndex = at;
    const next = SPECIAL.exec(text)?.index ?? text.length;
    plain(next - at);
    return at >= text.length || special();
  }

  function run(): void {
    wake = '';
    while (at < text.length) if (!step()) break;
    text = text.slice(at);
    base += at;
    at = 0;
  }

  return {
    push(delta) {
      if (delta === '') return;
      waiting.push(delta);
      waitingLength += delta.length;
      const asleep = wake !== '' && !containsAny(delta, wake);
      if (asleep && text.length + waitingLength <= wakeLength) return;
      text += waiting.length === 1 ? delta : waiting.join('');
      waiting = [];
      waitingLength = 0;
      run();
    },
    end() {
      ended = true;
      text += waiting.join('');
      waiting = [];
      run();
      if (hidden !== undefined) passOver(hidden, base);
      if (fence !== undefined && fence.start < base) sink.aside(fence.start, base, '');
      endTable();
    },
  };
}

/** A table cell or label without its markup. */
function stripInline(cell: string): string {
  let said = '';
  const filter = createMarkdownFilter(
    {
      minimumSentenceLength: 0,
      minimumFirstFragmentLength: 0,
      quickYield: false,
      maximumLength: 0,
      lang: 'en',
      codeBlocks: 'skip',
      tables: 'skip',
      nameEmoji: false,
      dropStageDirections: false,
    },
    {
      plain: (say) => {
        said += say;
      },
      unit: (say) => {
        said += say;
      },
      markup: () => undefined,
      strong: () => undefined,
      breakAt: () => undefined,
      aside: () => undefined,
    },
  );
  filter.push(cell);
  filter.end();
  return said.trim();
}

function containsAny(text: string, characters: string): boolean {
  for (const character of characters) if (text.includes(character)) return true;
  return false;
}
