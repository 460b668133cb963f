import { area, type Point, type Ring } from './plane.ts';

/** A straight line through `at` along the unit vector `along`; its left is positive. */
export type Line = { at: Point; along: Point };

export const side = ({ at, along }: Line, p: Point): number =>
  along[0] * (p[1] - at[1]) - along[1] * (p[0] - at[0]);

/** The line moved to its left by so many metres. */
export const shifted = ({ at, along }: Line, metres: number): Line => ({
  at: [at[0] - along[1] * metres, at[1] + along[0] * metres],
  along,
});

type Chain = { points: Point[]; from: number; to: number };

/** The parts of a simple ring on the left of a line. */
export function leftOf(ring: Ring, line: Line): Ring[] {
  const signs = ring.map((p) => side(line, p) >= 0);
  if (signs.every(Boolean)) return [ring];
  const start = signs.findIndex((sign, i) => sign && !signs[(i - 1 + ring.length) % ring.length]);
  if (start < 0) return [];
  const along = (p: Point) => line.along[0] * (p[0] - line.at[0]) + line.along[1] * (p[1] - line.at[1]);
  const cross = (a: Point, b: Point): Point => {
    const [da, db] = [side(line, a), side(line, b)];
    const t = da / (da - db);
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  };
  const chains: Chain[] = [];
  let chain: Point[] = [];
  for (let step = 0; step < ring.length; step++) {
    const i = (start + step) % ring.length;
    const [before, here, after] = [ring.at(i - 1), ring[i], ring[(i + 1) % ring.length]];
    if (!before || !here || !after || !signs[i]) continue;
    if (!signs.at(i - 1)) chain = [cross(before, here)];
    chain.push(here);
    if (signs[(i + 1) % ring.length]) continue;
    const end = cross(here, after);
    chain.push(end);
    chains.push({ points: chain, from: along(chain[0] ?? end), to: along(end) });
  }
  return link(chains).filter((part) => area(part) > 1);
}

/** Joins chains whose ends follow each other on the line: inside the ring lies between its 1st and 2nd crossing, its 3rd and 4th, … */
function link(chains: readonly Chain[]): Ring[] {
  const stops = chains.flatMap((chain) => [
    { chain, t: chain.from, start: true },
    { chain, t: chain.to, start: false },
  ]);
  stops.sort((a, b) => a.t - b.t);
  const follower = new Map<Chain, Chain>();
  for (let i = 0; i + 1 < stops.length; i += 2) {
    const [one, other] = [stops[i], stops[i + 1]];
    if (!one || !other || one.start === other.start) return [];
    if (one.start) follower.set(other.chain, one.chain);
    else follower.set(one.chain, other.chain);
  }
  const rings: Ring[] = [];
  const used = new Set<Chain>();
  for (const first of chains) {
    const ring: Ring = [];
    for (let chain: Chain | undefined = first; chain && !used.has(chain); chain = follower.get(chain)) {
      used.add(chain);
      ring.push(...chain.points);
    }
    if (ring.length > 2) rings.push(ring);
  }
  return rings;
}

/** Cuts a ring along a line, taking out a passage of `gap` metres. */
export function slice(ring: Ring, line: Line, gap: number): Ring[] {
  const back: Line = { at: line.at, along: [-line.along[0], -line.along[1]] };
  return [...leftOf(ring, shifted(line, gap / 2)), ...leftOf(ring, shifted(back, gap / 2))];
}

/** The smallest rectangle around a ring: its middle, its long direction, its lengths in metres. */
export function orientedBox(ring: Ring): { middle: Point; along: Point; long: number; short: number } {
  let best = { middle: [0, 0] as Point, along: [1, 0] as Point, long: 0, short: 0 };
  let least = Infinity;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 0.5) return;
    const u: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const us = ring.map((p) => p[0] * u[0] + p[1] * u[1]);
    const vs = ring.map((p) => p[1] * u[0] - p[0] * u[1]);
    const [u0, u1, v0, v1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)];
    const size = (u1 - u0) * (v1 - v0);
    if (size >= least) return;
    least = size;
    const [mu, mv] = [(u0 + u1) / 2, (v0 + v1) / 2];
    const middle: Point = [mu * u[0] - mv * u[1], mu * u[1] + mv * u[0]];
    const wide = u1 - u0 >= v1 - v0;
    best = {
      middle,
      along: wide ? u : [-u[1], u[0]],
      long: Math.max(u1 - u0, v1 - v0),
      short: Math.min(u1 - u0, v1 - v0),
    };
  });
  return best;
}
