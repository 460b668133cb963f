import gcoord from 'gcoord';
import type { Position } from 'geojson';
import type { Geometry } from './source.ts';

/** wgs84: GPS, OpenStreetMap, 天地图 (CGCS2000); gcj02: 高德, 腾讯; bd09: 百度. */
export const systems = ['wgs84', 'gcj02', 'bd09'] as const;
export type Crs = (typeof systems)[number];

const names = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 };

// Seven decimals are a centimetre; rounding makes the same file give the same numbers on every machine.
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** A position [lng, lat] of a system in WGS-84 degrees. */
export function toWgs84([lng = NaN, lat = NaN]: Position, crs: Crs): [number, number] {
  const [x, y] =
    crs === 'wgs84' ? [lng, lat] : gcoord.transform<[number, number]>([lng, lat], names[crs], gcoord.WGS84);
  return [round(x), round(y)];
}

/** A geometry of a system in WGS-84 degrees. */
export function shapeToWgs84(shape: Geometry, crs: Crs): Geometry {
  const ring = (positions: Position[]) => positions.map((position) => toWgs84(position, crs));
  if (shape.type === 'Point') return { type: 'Point', coordinates: toWgs84(shape.coordinates, crs) };
  if (shape.type === 'Polygon') return { type: 'Polygon', coordinates: shape.coordinates.map(ring) };
  return { type: 'MultiPolygon', coordinates: shape.coordinates.map((polygon) => polygon.map(ring)) };
}

/** A position in the middle of a shape's first ring: good enough to say where it lies. */
export function middleOf(shape: Geometry): [number, number] {
  const outline =
    shape.type === 'Point'
      ? [shape.coordinates]
      : ((shape.type === 'Polygon' ? shape.coordinates[0] : shape.coordinates[0]?.[0]) ?? []).slice(1);
  const mean = (axis: 0 | 1) =>
    outline.reduce((sum, position) => sum + (position[axis] ?? NaN), 0) / outline.length;
  return [mean(0), mean(1)];
}
