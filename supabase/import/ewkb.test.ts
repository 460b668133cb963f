import { expect, it } from 'vitest';
import { polygonFromHex } from './ewkb.ts';

// select st_multi(st_makeenvelope(1, 2, 3, 4, 4326)), and the same as a polygon without its SRID
const ring = [
  '000000000000f03f0000000000000040',
  '000000000000f03f0000000000001040',
  '00000000000008400000000000001040',
  '00000000000008400000000000000040',
  '000000000000f03f0000000000000040',
].join('');
const polygon = `01030000000100000005000000${ring}`;
const multi = `0106000020e610000001000000${polygon}`;
const corners = [
  [1, 2],
  [1, 4],
  [3, 4],
  [3, 2],
  [1, 2],
];

it('reads what PostGIS writes', () => {
  expect(polygonFromHex(multi)).toEqual({ type: 'MultiPolygon', coordinates: [[corners]] });
  expect(polygonFromHex(polygon.toUpperCase())).toEqual({ type: 'Polygon', coordinates: [corners] });
});

it('gives null for a point, for a torn text and for no geometry', () => {
  expect(polygonFromHex('0101000000000000000000f03f0000000000000040')).toBeNull();
  expect(polygonFromHex(multi.slice(0, 60))).toBeNull();
  expect(polygonFromHex('POLYGON')).toBeNull();
});
