interface Point {
  x: number;
  y: number;
}

const SHORTEST = 60;

/** A clear stroke sideways: 1 is forward (to the left), -1 is back. Scrolling, and a slanted stroke, are 0. */
export function swipeOf(from: Point, to: Point): -1 | 0 | 1 {
  const x = to.x - from.x;
  if (Math.abs(x) < SHORTEST || Math.abs(x) < 2 * Math.abs(to.y - from.y)) return 0;
  return x < 0 ? 1 : -1;
}
