import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, selfCrossing } from './flaws.ts';
import { areaWords, lengthWords, scaleLength } from './measures.ts';
import { areaOf, closed, distance, inside, lengthOf, opened } from './plane.ts';
import type { Position } from './plane.ts';
import { snapTo } from './snap.ts';
import { splitAlong } from './split.ts';
import { readCorners, typedCorners } from './typed.ts';

const square: Position[] = [
  [104.05, 30.66],
  [104.051, 30.66],
  [104.051, 30.661],
  [104.05, 30.661],
];
const moved = (by: number): Position[] => square.map(([x, y]) => [x + by, y]);

describe('measuring', () => {
  it('agrees with what is known of the place', () => {
    expect(distance([104.05, 30.66], [104.051, 30.66])).toBeCloseTo(95.84, 1);
    expect(distance([104.05, 30.66], [104.05, 30.661])).toBeCloseTo(110.86, 1);
    expect(areaOf(square)).toBeCloseTo(95.84 * 110.86, -1);
    expect(lengthOf(square)).toBeCloseTo(95.84 * 2 + 110.86, 0);
  });

  it('is said in metres, kilometres, square metres and mu', () => {
    expect(lengthWords(8.44, 'zh')).toBe('8.4 米');
    expect(lengthWords(1254, 'en')).toBe('1.25 km');
    expect(areaWords(42, 'zh')).toBe('42 ㎡');
    expect(areaWords(4250, 'zh')).toBe('4,250 ㎡（6.38 亩）');
    expect([3, 740, 1999].map(scaleLength)).toEqual([2, 500, 1000]);
  });
});

describe('splitting along a line', () => {
  it('cuts from side to side, and leaves what the line only enters', () => {
    expect(splitAlong(square, [[104.0505, 30.65], [104.0505, 30.67]])).toHaveLength(2); // prettier-ignore
    expect(splitAlong(square, [[104.0505, 30.6605], [104.0505, 30.67]])).toHaveLength(1); // prettier-ignore
    expect(splitAlong(square, [[104.04, 30.65], [104.04, 30.67]])).toHaveLength(1); // prettier-ignore
  });

  it('cuts through corners and with a bend, and a snapped end on the side counts', () => {
    const diagonal = splitAlong(square, [[104.05, 30.66], [104.051, 30.661]]); // prettier-ignore
    expect(diagonal.map((part) => part.length)).toEqual([3, 3]);
    const bend = splitAlong(square, [[104.05, 30.6605], [104.0505, 30.6602], [104.051, 30.6605]]); // prettier-ignore
    expect(bend.map((part) => part.length)).toEqual([5, 5]);
  });

  it('gives parts that add up to the whole, whatever the outline and the line', () => {
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    // a star: corners around a middle at varying distances, so that it never crosses itself
    const star = fc.array(share, { minLength: 4, maxLength: 12 }).map((shares) =>
      shares.map((far, n): Position => {
        const angle = (2 * Math.PI * n) / shares.length;
        return [104.05 + 0.001 * far * Math.cos(angle), 30.66 + 0.001 * far * Math.sin(angle)];
      }),
    );
    const line = fc.tuple(share, share, share).map(([a, b, c]): Position[] => [
      [104.048, 30.658 + 0.004 * a],
      [104.05, 30.658 + 0.004 * b],
      [104.052, 30.658 + 0.004 * c],
    ]);
    fc.assert(
      fc.property(star, line, (corners, cut) => {
        const parts = splitAlong(corners, cut);
        const sum = parts.reduce((total, part) => total + areaOf(part), 0);
        expect(Math.abs(sum - areaOf(corners))).toBeLessThan(0.5 + areaOf(corners) * 1e-4);
        for (const [n, one] of parts.entries())
          for (const other of parts.slice(n + 1)) expect(overlap(one, other)).toBe(false);
      }),
      { numRuns: process.env['PROVE'] === '1' ? 5000 : 300 },
    );
  });
});

describe('flaws', () => {
  it('finds where an outline crosses itself', () => {
    const [a, b, c, d] = square;
    if (!a || !b || !c || !d) return expect.fail();
    expect(selfCrossing(square)).toBeNull();
    const at = selfCrossing([a, c, b, d]);
    expect(at?.[0]).toBeCloseTo(104.0505, 6);
    expect(at?.[1]).toBeCloseTo(30.6605, 6);
  });

  it('tells common ground from a common side', () => {
    expect(overlap(square, moved(0.0005))).toBe(true);
    expect(overlap(square, square)).toBe(true);
    expect(overlap(square, moved(0.001))).toBe(false);
    expect(overlap(square, moved(0.002))).toBe(false);
    expect(overlap(square, moved(0.001 - 1e-6))).toBe(false);
  });
});

describe('snapping', () => {
  const line: Position[] = closed(square);
  it('prefers corners to sides, and keeps off what is far', () => {
    expect(snapTo([104.05002, 30.66002], [line], 5)).toEqual([104.05, 30.66]);
    const side = snapTo([104.0505, 30.66002], [line], 5);
    expect(side?.[1]).toBeCloseTo(30.66, 9);
    expect(snapTo([104.0505, 30.6605], [line], 5)).toBeNull();
    expect(snapTo([104.05, 30.66], [], 5)).toBeNull();
  });
});

describe('typed corners', () => {
  it('come back as they were said', () => {
    expect(readCorners(typedCorners(square))).toEqual({ corners: square });
    expect(readCorners('104.05，30.66\n\n 104.06  30.67 ')).toEqual({
      corners: [
        [104.05, 30.66],
        [104.06, 30.67],
      ],
    });
    expect(readCorners('104.05, 30.66\n30.66, 104.05')).toEqual({ line: 2 });
    expect(readCorners('东门')).toEqual({ line: 1 });
  });
  it('open and close a ring', () => {
    expect(opened(closed(square))).toEqual(square);
    expect(inside([104.0505, 30.6605], square)).toBe(true);
  });
});
