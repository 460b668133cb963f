import type { Courtyard } from '../../core/map-snapshot.ts';
import type { Position } from '../../core/pattern/plane.ts';
import type { PatternRows } from '../../core/pattern/rows.ts';

type Courtyards = ReadonlyMap<number, Courtyard>;

/** Where a row's issue is: its own point, else its courtyard's; null when it has neither. */
export function placeOf({ store }: PatternRows, courtyards: Courtyards): (row: number) => Position | null {
  const { lng, lat, courtyard } = store.columns;
  return (row) =>
    Number.isNaN(lng[row] ?? NaN)
      ? (courtyards.get(courtyard[row] ?? NaN)?.point ?? null)
      : [lng[row] ?? 0, lat[row] ?? 0];
}

/** Longitude, latitude and height 0 of each row, one after the other, as deck.gl takes them. */
export function placesOf(from: PatternRows, courtyards: Courtyards): Float64Array {
  const place = placeOf(from, courtyards);
  const positions = new Float64Array(from.rows.length * 3);
  let next = 0;
  for (const row of from.rows) {
    const at = place(row);
    if (!at) continue;
    positions[next++] = at[0];
    positions[next++] = at[1];
    next++;
  }
  return positions.subarray(0, next);
}
