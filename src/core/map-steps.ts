/** Something on the map one can step to. */
export type Stop = { readonly id: number; readonly at: readonly [lng: number, lat: number] };

/**
 * The stop after (or before) the current one, in reading order: from north to south in rows of about `row` degrees, within
 * a row from west to east. Without a current one, the stop nearest to `centre`. Goes round at the ends; null without stops.
 */
export function nextStop(
  stops: readonly Stop[],
  current: number | null,
  by: 1 | -1,
  centre: readonly [number, number],
  row = 0.0004,
): Stop | null {
  if (stops.length === 0) return null;
  const inOrder = stops.toSorted(
    (a, b) => Math.round(b.at[1] / row) - Math.round(a.at[1] / row) || a.at[0] - b.at[0] || a.id - b.id,
  );
  const at = inOrder.findIndex(({ id }) => id === current);
  if (at >= 0) return inOrder[(at + by + inOrder.length) % inOrder.length] ?? null;
  const away = ({ at: [lng, lat] }: Stop): number => (lng - centre[0]) ** 2 + (lat - centre[1]) ** 2;
  return inOrder.reduce((best, one) => (away(one) < away(best) ? one : best));
}
