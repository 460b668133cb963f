import type { Position } from './shape/plane.ts';
import { distance } from './shape/plane.ts';

/** What is compared of two issues. */
export interface Comparable {
  id: number;
  category: string | null;
  what: string;
  lng: number;
  lat: number;
}

/** Metres within which two reports can be of one thing. */
const near = 60;
/** How alike the words have to be: of another category, and of the same one. */
const enough = { other: 0.5, same: 0.25 };

/** Every two letters that follow each other, without what is no word. */
function pairsOf(words: string): Set<string> {
  const letters = [...words.toLowerCase().replaceAll(/[\p{P}\p{S}\s]+/gu, '')];
  return new Set(letters.slice(1).map((letter, n) => `${letters[n] ?? ''}${letter}`));
}

/** The share of pairs of letters two sentences have in common, 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  if (a.size + b.size === 0) return 0;
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}

const placeOf = ({ lng, lat }: Comparable): Position => [lng, lat];

/** Whether two issues are probably of one thing. */
export function alike(one: Comparable, other: Comparable): boolean {
  // NaN where there is no point of its own: never near
  if (!(distance(placeOf(one), placeOf(other)) <= near)) return false;
  return likeness(one.what, other.what) >= (one.category === other.category ? enough.same : enough.other);
}

/** Groups of two and more that are probably of one thing, each issue in one of them; the oldest of each first. */
export function alikeGroups<T extends Comparable>(issues: readonly T[]): T[][] {
  const ordered = issues.toSorted((a, b) => a.id - b.id);
  const taken = new Set<number>();
  return ordered.flatMap((first, n) => {
    if (taken.has(first.id)) return [];
    const others = ordered.slice(n + 1).filter((other) => !taken.has(other.id) && alike(first, other));
    if (others.length === 0) return [];
    const group = [first, ...others];
    for (const { id } of group) taken.add(id);
    return [group];
  });
}
