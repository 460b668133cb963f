import type { MultiPolygon, Polygon, Position } from 'geojson';

/**
 * A polygon from PostGIS's hexadecimal form, two-dimensional: how the embedded server gives geometry columns, where
 * PostgREST gives GeoJSON. Null for other geometries and for text that is none.
 */
export function polygonFromHex(hex: string): Polygon | MultiPolygon | null {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return null;
  const view = new DataView(Uint8Array.from(Buffer.from(hex, 'hex')).buffer);
  let at = 0;
  let little = true;
  const integer = () => view.getUint32((at += 4) - 4, little);
  const number = () => view.getFloat64((at += 8) - 8, little);
  const many = <T>(read: () => T): T[] => Array.from({ length: integer() }, read);
  const type = () => {
    little = view.getUint8(at) === 1;
    at += 1;
    const word = integer();
    if (word & 0x20000000) at += 4;
    return word & ~0x20000000;
  };
  const rings = () => many(() => many((): Position => [number(), number()]));
  try {
    const kind = type();
    if (kind === 3) return { type: 'Polygon', coordinates: rings() };
    if (kind !== 6) return null;
    return { type: 'MultiPolygon', coordinates: many(() => (type() === 3 ? rings() : [])) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
