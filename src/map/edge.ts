import type { Feature } from 'geojson';
import type { GeoJSONSourceSpecification } from 'maplibre-gl';

/** West and south end of what the base map's files hold, and how far inside it begins to fade, all in degrees. */
const west = { at: 104.0421, depth: 0.0022 };
const south = { at: 30.6528, depth: 0.0006 };
const [east, north] = [104.12, 30.72];
const steps = 8;

const strip = (w: number, s: number, e: number, n: number, opacity: number): Feature => ({
  type: 'Feature',
  properties: { opacity },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  },
});

const strips = Array.from({ length: steps }, (_, at) => at).flatMap((at) => {
  const opacity = 1 - (at + 0.5) / steps;
  const [x, y] = [west.depth / steps, south.depth / steps];
  return [
    strip(west.at + at * x, south.at, west.at + (at + 1) * x, north, opacity),
    strip(west.at, south.at + at * y, east, south.at + (at + 1) * y, opacity),
  ];
});

/** Strips that let the base map end in mist rather than at a cut. */
export const edgeSource: GeoJSONSourceSpecification = {
  type: 'geojson',
  data: { type: 'FeatureCollection', features: strips },
  tolerance: 0,
};
