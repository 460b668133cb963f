import { centroid, distance } from './plane.ts';
import { frontOf, type Front, type Street } from './streets.ts';
import type { Yard } from './yards.ts';

/** A yard with its door: `number` on `street`; a yard behind others is the `annex`-th of that number (附N号). */
export type Placed = { yard: Yard; street: string; number: number; annex: number };

/** A yard further than this many metres from every street's wall line lies behind others. */
export const behind = 12;
const metresPerNumber = 11;

/** The number a real quarter carries in its name, 东胜街23号院, when it fronts on that street. */
function givenNumber(yard: Yard, street: string): number | null {
  const found = yard.name?.startsWith(street) ? /(\d+)号/.exec(yard.name) : null;
  return found ? Number(found[1]) : null;
}

/**
 * Gives every yard a house number: rising from the street's end nearer the city's middle, odd on the left and even on the right,
 * none twice; numbers of real quarters stay theirs.
 */
export function giveNumbers(yards: readonly Yard[], streets: readonly Street[]): Placed[] {
  const fronts = new Map<Yard, Front>();
  for (const yard of yards) {
    const own = streets.filter(({ name }) => givenNumber(yard, name) !== null);
    fronts.set(yard, frontOf(yard.ring, own.length ? own : streets));
  }
  const placed = new Map<Yard, Placed>();
  const rows = new Map<string, { yard: Yard; front: Front }[]>();
  for (const [yard, front] of fronts) {
    if (front.gap > behind) continue;
    const key = `${front.street.name}${front.left ? '左' : '右'}`;
    rows.set(key, [...(rows.get(key) ?? []), { yard, front }]);
  }
  for (const row of rows.values()) {
    row.sort((a, b) => a.front.along - b.front.along);
    let last = -1;
    for (const { yard, front } of row) {
      const street = front.street.name;
      const wanted = 2 * Math.max(0, Math.floor(front.along / metresPerNumber)) + (front.left ? 1 : 2);
      const number = givenNumber(yard, street) ?? Math.max(last + 2, wanted);
      last = number;
      placed.set(yard, { yard, street, number, annex: 0 });
    }
  }
  const annexes = new Map<Placed, number>();
  for (const yard of yards) {
    if (placed.has(yard)) continue;
    const fronted = [...placed.values()].filter((other) => other.annex === 0);
    const near = fronted.filter((other) => other.yard.grid === yard.grid);
    const middle = centroid(yard.ring);
    const away = (other: Placed) => distance(centroid(other.yard.ring), middle);
    const host = (near.length ? near : fronted).reduce((a, b) => (away(b) < away(a) ? b : a));
    const annex = (annexes.get(host) ?? 0) + 1;
    annexes.set(host, annex);
    placed.set(yard, { ...host, yard, annex });
  }
  return yards.flatMap((yard) => placed.get(yard) ?? []);
}
