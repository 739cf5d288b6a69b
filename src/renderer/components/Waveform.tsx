/**
 * A recording drawn as bars, with two handles that mark the part that is kept. Handles are sliders: they are dragged, or moved
 * by the arrow keys (0.1 s), Page Up and Page Down (1 s), Home and End. The part between them is dragged as a whole.
 */
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { FULL_SCALE, peaks } from '../recording/peaks.ts';
import { endRange, moveEnd, moveWhole, type Selection, type SelectionEnd } from '../recording/selection.ts';
import { STRINGS } from '../../common/strings/interface.ts';

export interface WaveformProps {
  /** Name of the file, for those who do not see the picture. */
  readonly file: string;
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** What is heard now, seconds from the recording's beginning; undefined while nothing is. Asked for each frame. */
  readonly heardS: (() => number) | undefined;
}

/** Width of a bar and of the gap beside it, CSS pixels. */
const BAR_PX = 2;
const GAP_PX = 1;

/** How near to a handle a press counts as on it, CSS pixels. */
const GRAB_PX = 14;

const DARK = '(prefers-color-scheme: dark)';

const STEP_S = 0.1;
const PAGE_S = 1;

/** What is being dragged; for the whole selection the distance of the pointer from its start. */
type Drag = { readonly what: SelectionEnd } | { readonly what: 'whole'; readonly offsetS: number };

export function Waveform({ file, samples, sampleRate, selection, onSelect, heardS }: WaveformProps) {
  const box = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag>(undefined);
  const lengthS = samples.length / sampleRate;
  const canvas = useBars(samples, { from: selection.startS / lengthS, to: selection.endS / lengthS });
  const cursor = useCursor(heardS, lengthS);

  const timeAt = (event: PointerEvent): number => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    return ((event.clientX - left) / width) * lengthS;
  };
  const grab = (event: PointerEvent): Drag => {
    const timeS = timeAt(event);
    const nearS = (GRAB_PX / (box.current?.clientWidth ?? 1)) * lengthS;
    const toStartS = Math.abs(timeS - selection.startS);
    const toEndS = Math.abs(timeS - selection.endS);
    const nearest: SelectionEnd = toStartS <= toEndS ? 'start' : 'end';
    const isInside = timeS > selection.startS && timeS < selection.endS;
    if (isInside && Math.min(toStartS, toEndS) > nearS)
      return { what: 'whole', offsetS: timeS - selection.startS };
    return { what: nearest };
  };
  const follow = (event: PointerEvent): void => {
    const { current } = drag;
    if (current === undefined) return;
    const timeS = timeAt(event);
    onSelect(
      current.what === 'whole'
        ? moveWhole(selection, timeS - current.offsetS, lengthS)
        : moveEnd(selection, current.what, timeS, lengthS),
    );
  };
  return (
    <div
      ref={box}
      className="relative mx-2 h-28 flex-none cursor-pointer touch-none select-none rounded bg-sunken short:h-20"
      role="group"
      aria-label={STRINGS.recording.waveform(file)}
      data-testid="waveform"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = grab(event);
        follow(event);
      }}
      onPointerMove={follow}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" aria-hidden />
      <div ref={cursor} className="pointer-events-none absolute inset-y-0 hidden w-px bg-ink" />
      {(['start', 'end'] as const).map((end) => (
        <Handle key={end} end={end} selection={selection} lengthS={lengthS} onSelect={onSelect} />
      ))}
    </div>
  );
}

interface HandleProps {
  readonly end: SelectionEnd;
  readonly selection: Selection;
  readonly lengthS: number;
  readonly onSelect: (selection: Selection) => void;
}

function Handle({ end, selection, lengthS, onSelect }: HandleProps) {
  const atS = end === 'start' ? selection.startS : selection.endS;
  const { fromS, toS } = endRange(selection, end, lengthS);
  const onKeyDown = (event: KeyboardEvent): void => {
    const wantedS = targetOf(event.key, atS, fromS, toS);
    if (wantedS === undefined) return;
    event.preventDefault();
    onSelect(moveEnd(selection, end, wantedS, lengthS));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className="absolute inset-y-0 w-4 -translate-x-1/2 cursor-ew-resize rounded"
      style={{ left: `${(atS / lengthS) * 100}%` }}
      id={`trim-${end}`}
      data-testid={`trim-${end}`}
      aria-label={STRINGS.recording[end]}
      aria-orientation="horizontal"
      aria-valuemin={rounded(fromS)}
      aria-valuemax={rounded(toS)}
      aria-valuenow={rounded(atS)}
      aria-valuetext={STRINGS.recording.seconds(atS)}
      onKeyDown={onKeyDown}
    >
      <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-accent" />
      <span className="absolute left-1/2 top-1/2 h-7 w-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-accent bg-surface" />
    </div>
  );
}

function targetOf(key: string, atS: number, fromS: number, toS: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return atS - STEP_S;
    case 'ArrowRight':
    case 'ArrowUp':
      return atS + STEP_S;
    case 'PageDown':
      return atS - PAGE_S;
    case 'PageUp':
      return atS + PAGE_S;
    case 'Home':
      return fromS;
    case 'End':
      return toS;
    default:
      return undefined;
  }
}

/** Hundredths: enough for a screen reader, and no endless fraction. */
function rounded(s: number): number {
  return Math.round(s * 100) / 100;
}

/** Draws the bars whenever the sound, the selection, the size or the theme changes. `part` is the selection as shares. */
function useBars(
  samples: Float32Array,
  part: { readonly from: number; readonly to: number },
): React.RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const isDark = useIsDark();
  const bars = useMemo(
    () => peaks(samples, Math.max(1, Math.floor(width / (BAR_PX + GAP_PX)))),
    [samples, width],
  );
  useEffect(() => {
    const { current } = canvas;
    if (current === null) return undefined;
    const size = new ResizeObserver(() => setWidth(current.clientWidth));
    size.observe(current);
    return () => size.disconnect();
  }, []);
  const { from, to } = part;
  useEffect(() => {
    if (canvas.current !== null) drawBars(canvas.current, bars, { from, to });
  }, [bars, from, to, isDark]);
  return canvas;
}

/** Whether the dark theme shows: its colours are read when something is drawn. */
function useIsDark(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const theme = window.matchMedia(DARK);
      theme.addEventListener('change', changed);
      return () => theme.removeEventListener('change', changed);
    },
    () => window.matchMedia(DARK).matches,
  );
}

function drawBars(
  canvas: HTMLCanvasElement,
  bars: Float32Array,
  part: { readonly from: number; readonly to: number },
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(canvas);
  const colour = (token: string, alpha = 1): string => `rgb(${style.getPropertyValue(token)} / ${alpha})`;
  const [kept, left, clipped, ground] = [
    colour('--accent'),
    colour('--line-strong', 0.6),
    colour('--danger'),
    colour('--accent', 0.1),
  ];
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(part.from * width, 0, (part.to - part.from) * width, height);
  for (const [at, peak] of bars.entries()) {
    const middle = (at + 0.5) / bars.length;
    const isKept = middle >= part.from && middle <= part.to;
    context.fillStyle = peak >= FULL_SCALE ? clipped : isKept ? kept : left;
    const tall = Math.max(1, Math.min(1, peak) * (height - 8));
    context.fillRect((at / bars.length) * width, (height - tall) / 2, BAR_PX, tall);
  }
}

/** A line at what is heard, moved each frame without rendering anything. */
function useCursor(
  heardS: (() => number) | undefined,
  lengthS: number,
): React.RefObject<HTMLDivElement | null> {
  const cursor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = cursor;
    if (current === null || heardS === undefined) return undefined;
    let frame = 0;
    const move = (): void => {
      current.style.left = `${(heardS() / lengthS) * 100}%`;
      frame = requestAnimationFrame(move);
    };
    current.style.display = 'block';
    move();
    return () => {
      cancelAnimationFrame(frame);
      current.style.display = '';
    };
  }, [heardS, lengthS]);
  return cursor;
}
