/**
 * The shapes that the icon is drawn from, as signed distances: negative inside, positive outside, in the icon's own units
 * (the icon is 1 wide and 1 high, y grows downwards). Drawn at any size they have clean edges, so no image is scaled.
 */

/** Distance of a point from a shape's edge. */
export type Shape = (x: number, y: number) => number;

/** A rectangle with round corners, given by its centre and half its width and height. */
export function roundedBox(
  cx: number,
  cy: number,
  halfWidth: number,
  halfHeight: number,
  radius: number,
): Shape {
  return (x, y) => {
    const dx = Math.abs(x - cx) - halfWidth + radius;
    const dy = Math.abs(y - cy) - halfHeight + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** A convex polygon, its corners in clockwise order on the screen. */
export function polygon(corners: readonly (readonly [number, number])[]): Shape {
  return (x, y) => {
    let outermost = -Infinity;
    for (const [i, [ax, ay]] of corners.entries()) {
      const [bx, by] = corners[(i + 1) % corners.length] ?? [ax, ay];
      const length = Math.hypot(bx - ax, by - ay);
      outermost = Math.max(outermost, ((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / length);
    }
    return outermost;
  };
}

/** What lies in any of the shapes. */
export function union(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
}
