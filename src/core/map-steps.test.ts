import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextStop } from './map-steps.ts';

const stops = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 20 }).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        at: fc.tuple(
          fc.double({ min: 104, max: 104.1, noNaN: true }),
          fc.double({ min: 30, max: 30.1, noNaN: true }),
        ),
      }),
    ),
  ),
);

it('comes by every stop once and back to the first, and the other way round', () => {
  fc.assert(
    fc.property(stops, fc.constantFrom(1 as const, -1 as const), (all, by) => {
      const first = nextStop(all, null, by, [104.05, 30.05]);
      const seen = [first?.id ?? 0];
      for (let n = 1; n < all.length; n++) seen.push(nextStop(all, seen.at(-1) ?? 0, by, [0, 0])?.id ?? 0);
      expect(new Set(seen).size).toBe(all.length);
      expect(nextStop(all, seen.at(-1) ?? 0, by, [0, 0])?.id).toBe(first?.id);
      expect(nextStop(all, seen[0] ?? 0, by === 1 ? -1 : 1, [0, 0])?.id).toBe(seen.at(-1));
    }),
  );
});

it('begins at what is nearest to the middle of the map, and has nowhere to go on an empty one', () => {
  const all = [
    { id: 1, at: [104.01, 30.01] as const },
    { id: 2, at: [104.05, 30.05] as const },
  ];
  expect(nextStop(all, null, 1, [104.06, 30.06])?.id).toBe(2);
  expect(nextStop(all, 77, 1, [104, 30])?.id).toBe(1);
  expect(nextStop([], null, 1, [104, 30])).toBeNull();
});
