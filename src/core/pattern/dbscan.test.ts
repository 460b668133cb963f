import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dbscan, noise } from './dbscan.ts';

const metres = fc.integer({ min: 0, max: 400 });
const places = fc.array(fc.tuple(metres, metres), { maxLength: 160 });

const distance = ([ax, ay]: readonly number[], [bx, by]: readonly number[]): number =>
  Math.hypot((ax ?? 0) - (bx ?? 0), (ay ?? 0) - (by ?? 0));

const columns = (points: readonly (readonly [number, number])[]) =>
  [Float64Array.from(points, ([x]) => x), Float64Array.from(points, ([, y]) => y)] as const;

it('finds the clusters that the definition asks for', () => {
  fc.assert(
    fc.property(
      places,
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 7 }),
      (points, reach, least) => {
        const cluster = dbscan(...columns(points), reach, least);
        const near = points.map((a) => points.flatMap((b, at) => (distance(a, b) <= reach ? [at] : [])));
        const core = near.map((others) => others.length >= least);
        points.forEach((_, a) => {
          const reached = (near[a] ?? []).filter((b) => core[b]);
          // whoever is within reach of a core is in a cluster, nobody else
          expect(cluster[a] === noise).toBe(reached.length === 0);
          if (reached.length === 0) return;
          expect(reached.map((b) => cluster[b])).toContain(cluster[a]);
          // cores within reach of each other are together
          if (core[a]) for (const b of reached) expect(cluster[b]).toBe(cluster[a]);
        });
        // and cores are together only when a chain of cores leads from one to the other
        const seen = new Map<number, Set<number>>();
        points.forEach((_, start) => {
          if (!core[start]) return;
          const chain = new Set([start]);
          for (const at of chain) for (const b of near[at] ?? []) if (core[b]) chain.add(b);
          const together = points.flatMap((_p, b) => (core[b] && cluster[b] === cluster[start] ? [b] : []));
          expect(chain).toEqual(new Set(together));
          seen.set(cluster[start] ?? noise, chain);
        });
        expect([...seen.keys()].every((number) => number >= 0 && number < seen.size)).toBe(true);
      },
    ),
  );
});

it('gives the same clusters in whatever order the points come, but for their numbers', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 5, max: 60 }), (points, reach) => {
      const forth = dbscan(...columns(points), reach, 4);
      const back = dbscan(...columns([...points].reverse()), reach, 4).reverse();
      expect(forth.map((number) => (number === noise ? 1 : 0))).toEqual(
        back.map((number) => (number === noise ? 1 : 0)),
      );
      expect(new Set(forth).size).toBe(new Set(back).size);
    }),
  );
});

it('keeps out what has no place, and has nothing to say about nothing', () => {
  expect([...dbscan(new Float64Array(0), new Float64Array(0), 10, 3)]).toEqual([]);
  const gone = Float64Array.of(0, NaN, 1, 2);
  expect([...dbscan(gone, Float64Array.of(0, 0, 0, 0), 10, 3)]).toEqual([0, noise, 0, 0]);
  expect([...dbscan(Float64Array.of(0, 10), Float64Array.of(0, 0), 10, 2)]).toEqual([0, 0]);
  expect([...dbscan(Float64Array.of(0, 10.01), Float64Array.of(0, 0), 10, 2)]).toEqual([noise, noise]);
});
