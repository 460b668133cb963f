import { booleanPointInPolygon } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { middleOf } from './crs.ts';
import type { Inside } from './hint.ts';
import type { Geometry } from './source.ts';

/** Tests against a boundary: of a position, and of a geometry by its middle. Both in WGS-84 degrees. */
export function insideOf(boundary: Polygon | MultiPolygon): {
  position: Inside;
  shape: (shape: Geometry) => boolean;
} {
  const position: Inside = (place) => booleanPointInPolygon(place, boundary);
  return { position, shape: (shape) => position(middleOf(shape)) };
}
