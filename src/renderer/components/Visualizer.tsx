/** Draws the spectrum of the sound being played. It stands still when all is silent. */
import { useEffect, useRef } from 'react';
import { STRINGS } from '../../common/strings/interface.ts';
import { BAR_COUNT, bandEdges, drawBars, easeBars, readBars } from './spectrum-bars.ts';

export interface VisualizerProps {
  readonly analyser: () => AnalyserNode | undefined;
  /** Whether sound is going out. After it ended the bars still fall to rest. */
  readonly isSounding: boolean;
}

/** Time between two pictures for people who asked for reduced motion, ms. */
const CALM_FRAME_MS = 500;

export function Visualizer({ analyser, isSounding }: VisualizerProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const barsRef = useRef(new Float32Array(BAR_COUNT));

  useEffect(() => {
    const canvas = canvasRef.current;
    if (canvas === null) return undefined;
    const redraw = (): void => drawBars(canvas, barsRef.current);
    const observer = new ResizeObserver(redraw);
    observer.observe(canvas);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', redraw);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', redraw);
    };
  }, []);

  useEffect(() => {
    const canvas = canvasRef.current;
    if (canvas === null) return undefined;
    return animate(canvas, barsRef.current, analyser, isSounding);
  }, [analyser, isSounding]);

  return (
    <canvas
      ref={canvasRef}
      className="mx-2 block h-full min-w-0 flex-1 text-accent"
      data-testid="visualizer"
      role="img"
      aria-label={STRINGS.visualizer}
    />
  );
}

/** Draws frame by frame until sound ended and the bars are at rest; returns the function that ends it at once. */
function animate(
  canvas: HTMLCanvasElement,
  bars: Float32Array,
  analyser: () => AnalyserNode | undefined,
  isSounding: boolean,
): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const bins = new Uint8Array(1024);
  const targets = new Float32Array(BAR_COUNT);
  let edges: Uint16Array | undefined;
  let frame = 0;
  let drawnAt = 0;
  const step = (now: number): void => {
    frame = requestAnimationFrame(step);
    if (calm.matches && now - drawnAt < CALM_FRAME_MS) return;
    const passedMs = drawnAt === 0 ? 0 : now - drawnAt;
    drawnAt = now;
    const source = analyser();
    if (source !== undefined) {
      edges ??= bandEdges(source.frequencyBinCount, source.context.sampleRate);
      source.getByteFrequencyData(bins);
      readBars(bins, edges, targets);
      easeBars(bars, targets, passedMs);
      drawBars(canvas, bars);
    }
    if (!isSounding && targets.every((target) => target === 0) && bars.every((bar) => bar === 0))
      cancelAnimationFrame(frame);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
