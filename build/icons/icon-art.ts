/** Aloud's icon: a speech bubble on a violet ground, with a voice's wave in it. */
import { polygon, roundedBox, union, type Shape } from './shapes.ts';

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

interface Layer {
  readonly shape: Shape;
  /** Colours at the top and at the bottom of the icon. */
  readonly top: Colour;
  readonly bottom: Colour;
}

const WAVE_HEIGHTS = [0.07, 0.15, 0.22, 0.11, 0.17, 0.06] as const;
const WAVE_STEP = 0.085;
const WAVE_HALF_WIDTH = 0.024;

const wave = WAVE_HEIGHTS.map((height, i) =>
  roundedBox(
    0.5 + (i - (WAVE_HEIGHTS.length - 1) / 2) * WAVE_STEP,
    0.46,
    WAVE_HALF_WIDTH,
    height,
    WAVE_HALF_WIDTH,
  ),
);

/** From back to front. */
const LAYERS: readonly Layer[] = [
  { shape: roundedBox(0.5, 0.5, 0.47, 0.47, 0.21), top: [112, 76, 214], bottom: [58, 36, 138] },
  {
    shape: union(
      roundedBox(0.5, 0.46, 0.35, 0.28, 0.15),
      polygon([
        [0.29, 0.68],
        [0.47, 0.68],
        [0.27, 0.86],
      ]),
    ),
    top: [255, 255, 255],
    bottom: [226, 219, 250],
  },
  { shape: union(...wave), top: [235, 94, 110], bottom: [206, 62, 122] },
];

/** Draws the icon `size` pixels wide as RGBA bytes, row by row. */
export function drawIcon(size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [red, green, blue, alpha] = pixelAt((column + 0.5) / size, (row + 0.5) / size, size);
      pixels.set([red, green, blue, alpha], (row * size + column) * 4);
    }
  }
  return pixels;
}

function pixelAt(x: number, y: number, size: number): [number, number, number, number] {
  let colour: Colour = [0, 0, 0];
  let alpha = 0;
  for (const { shape, top, bottom } of LAYERS) {
    // The share of a pixel that a straight edge at this distance covers.
    const cover = Math.min(1, Math.max(0, 0.5 - shape(x, y) * size));
    if (cover === 0) continue;
    const paint = mix(top, bottom, y);
    const whole = cover + alpha * (1 - cover);
    colour = mix(colour, paint, cover / whole);
    alpha = whole;
  }
  const [red, green, blue] = colour;
  return [Math.round(red), Math.round(green), Math.round(blue), Math.round(alpha * 255)];
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const at = (i: 0 | 1 | 2): number => from[i] + (to[i] - from[i]) * share;
  return [at(0), at(1), at(2)];
}
