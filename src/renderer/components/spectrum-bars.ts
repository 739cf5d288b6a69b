/** From an analyser's bins to the bars of the visualiser. Bands are spaced as the ear hears: each is a constant ratio wide. */

/** Bars from left to right, low to high. */
export const BAR_COUNT = 56;

/** The range in which speech has its power, Hz. */
const LOWEST_HZ = 80;
const HIGHEST_HZ = 8_000;

/** Part of a bar's height, in pixels of the page, that is always there: the line at rest. */
const REST_HEIGHT = 2;

/** How much of the colour a bar at rest has. */
const REST_OPACITY = 0.3;

/** Share of a bar's place that stays empty. */
const GAP = 0.4;

/** First bin of each bar, and after them the bin where the last one ends. Every bar has at least one bin. */
export function bandEdges(binCount: number, sampleRate: number): Uint16Array {
  const binHz = sampleRate / 2 / binCount;
  const edges = new Uint16Array(BAR_COUNT + 1);
  let least = 0;
  for (let i = 0; i <= BAR_COUNT; i++) {
    const hz = LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (i / BAR_COUNT);
    const bin = Math.min(binCount - BAR_COUNT + i, Math.max(least, Math.round(hz / binHz)));
    edges[i] = bin;
    least = bin + 1;
  }
  return edges;
}

/** Sets each bar to the loudest bin (0 to 255) of its band as 0 … 1. */
export function readBars(bins: Uint8Array, edges: Uint16Array, bars: Float32Array): void {
  for (let bar = 0; bar < bars.length; bar++) {
    let peak = 0;
    const end = edges[bar + 1] ?? 0;
    for (let bin = edges[bar] ?? 0; bin < end; bin++) peak = Math.max(peak, bins[bin] ?? 0);
    bars[bar] = peak / 255;
  }
}

/**
 * How fast a bar follows the sound, ms: after this time it has made two thirds of the way. The analyser has something new only
 * when the sound device asked for more, some twenty times a second; the way between is made frame by frame.
 */
const FOLLOW_MS = 40;

/** A bar lower than this is at rest: a fraction of a pixel. */
const LEAST_HEIGHT = 0.004;

/** Moves the bars that are shown towards `targets`, as far as they come in `passedMs`. All are 0 … 1. */
export function easeBars(shown: Float32Array, targets: Float32Array, passedMs: number): void {
  const share = 1 - Math.exp(-passedMs / FOLLOW_MS);
  for (let bar = 0; bar < shown.length; bar++) {
    const before = shown[bar] ?? 0;
    const now = before + ((targets[bar] ?? 0) - before) * share;
    shown[bar] = now < LEAST_HEIGHT ? 0 : now;
  }
}

/** Draws the bars around the middle line, in the canvas's own text colour. */
export function drawBars(canvas: HTMLCanvasElement, bars: Float32Array): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = window.devicePixelRatio;
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.fillStyle = getComputedStyle(canvas).color;
  const place = width / bars.length;
  const thickness = place * (1 - GAP);
  for (let bar = 0; bar < bars.length; bar++) {
    const tall = Math.max(REST_HEIGHT, (bars[bar] ?? 0) * height);
    const left = bar * place + (place - thickness) / 2;
    context.globalAlpha = tall > REST_HEIGHT ? 1 : REST_OPACITY;
    context.beginPath();
    context.roundRect(left, (height - tall) / 2, thickness, tall, Math.min(thickness, tall) / 2);
    context.fill();
  }
}
