import type { Position } from 'geojson';
import { isRefusal, type Geometry, type Refusal } from './source.ts';

/** China with its seas: where a courtyard's longitude and latitude can be, and, turned round, where they are swapped. */
function checkPosition([lng, lat]: Position): Refusal | null {
  if (lng === undefined || lat === undefined || !Number.isFinite(lng) || !Number.isFinite(lat))
    return { reason: 'geometry_numbers' };
  if (Math.abs(lng) > 180 || Math.abs(lat) > 180) return { reason: 'coordinates_not_degrees' };
  if (lng >= 3 && lng <= 54 && lat >= 73 && lat <= 136) return { reason: 'coordinates_swapped' };
  return Math.abs(lat) > 90 ? { reason: 'coordinates_not_degrees' } : null;
}

const same = (a: Position | undefined, b: Position | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** A ring in two dimensions, closed, without a position twice in a row. */
function tidyRing(ring: Position[]): Position[] | Refusal {
  const flat: Position[] = [];
  for (const position of ring) {
    const trouble = checkPosition(position);
    if (trouble) return trouble;
    if (!same(flat.at(-1), position)) flat.push(position.slice(0, 2));
  }
  const first = flat[0];
  if (first && !same(first, flat.at(-1))) flat.push(first);
  return flat.length < 4 ? { reason: 'geometry_corners' } : flat;
}

function tidyRings(rings: Position[][]): Position[][] | Refusal {
  if (rings.length === 0) return { reason: 'geometry_empty' };
  const tidy: Position[][] = [];
  for (const ring of rings) {
    const done = tidyRing(ring);
    if (!Array.isArray(done)) return done;
    tidy.push(done);
  }
  return tidy;
}

/**
 * The geometry in two dimensions with closed rings, or why it can be none: not numbers, not degrees, longitude and
 * latitude swapped, too few corners. Whether rings cross themselves the database says.
 */
export function tidyShape(geometry: Geometry): Geometry | Refusal {
  if (geometry.type === 'Point') {
    return (
      checkPosition(geometry.coordinates) ?? { type: 'Point', coordinates: geometry.coordinates.slice(0, 2) }
    );
  }
  if (geometry.type === 'Polygon') {
    const rings = tidyRings(geometry.coordinates);
    return Array.isArray(rings) ? { type: 'Polygon', coordinates: rings } : rings;
  }
  if (geometry.coordinates.length === 0) return { reason: 'geometry_empty' };
  const polygons: Position[][][] = [];
  for (const polygon of geometry.coordinates) {
    const rings = tidyRings(polygon);
    if (!Array.isArray(rings)) return rings;
    polygons.push(rings);
  }
  return { type: 'MultiPolygon', coordinates: polygons };
}

/** The same on what may already be a refusal. */
export function tidyPlace(place: Geometry | Refusal): Geometry | Refusal {
  return isRefusal(place) ? place : tidyShape(place);
}
