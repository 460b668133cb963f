type Point = readonly [x: number, y: number];

/** Which side of the line from a to b a point lies on: above 0 left of it. */
const side = (a: Point, b: Point, p: Point): number =>
  (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

/** The corners of the smallest convex shape around points, anticlockwise, without the first again at the end. */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (order: readonly Point[]): Point[] => {
    const corners: Point[] = [];
    for (const point of order) {
      for (;;) {
        const [a, b] = [corners.at(-2), corners.at(-1)];
        if (!a || !b || side(a, b, point) > 0) break;
        corners.pop();
      }
      corners.push(point);
    }
    return corners.slice(0, -1);
  };
  const corners = [...half(sorted), ...half(sorted.toReversed())];
  return corners.length > 0 ? corners : sorted.slice(0, 1);
}

/** A rounded outline at `margin` around points; a circle around one alone. */
export function outline(points: readonly Point[], margin: number): Point[] {
  const steps = 16;
  const rounded = hull(points).flatMap(([x, y]) =>
    Array.from({ length: steps }, (_, step): Point => {
      const turn = (2 * Math.PI * step) / steps;
      return [x + margin * Math.cos(turn), y + margin * Math.sin(turn)];
    }),
  );
  return hull(rounded);
}
