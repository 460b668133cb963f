import { describe, expect, it } from 'vitest';
import type { Ring } from './map-snapshot.ts';
import { largestRing, ringCentre } from './ring.ts';

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

describe('where a name stands', () => {
  it('is the centre of gravity, not the middle of the corners', () => {
    const [lng, lat] = ringCentre(square(104.05, 30.66, 0.002)) ?? [0, 0];
    expect(lng).toBeCloseTo(104.051, 7);
    expect(lat).toBeCloseTo(30.661, 7);
    const corners: Ring = [
      [0, 0],
      [1, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ];
    expect(ringCentre(corners)).toEqual([1, 1]);
  });

  it('is a corner where nothing is enclosed, and nowhere without corners', () => {
    expect(
      ringCentre([
        [5, 6],
        [5, 6],
      ]),
    ).toEqual([5, 6]);
    expect(ringCentre([])).toBeNull();
  });

  it('lies in the largest part', () => {
    expect(largestRing([square(0, 0, 1), square(9, 9, 3), square(5, 5, 2)])).toEqual(square(9, 9, 3));
  });
});
