import { MapLibreMap } from '../../../src/map/maplibre.ts';

/** An empty map of the street's middle: what is measured is the issues. */
export async function plainMap(zoom = 14.4): Promise<MapLibreMap> {
  const map = new MapLibreMap({
    container: 'map',
    style: { version: 8, sources: {}, layers: [] },
    center: [104.0565, 30.666],
    zoom,
    fadeDuration: 0,
    attributionControl: false,
  });
  await new Promise((done) => map.once('load', done));
  return map;
}

/** Resolves when this source was fed and all of it is drawn. Call it before feeding. */
export const redrawn = (map: MapLibreMap, source: string): Promise<void> =>
  new Promise((done) => {
    const heard = (event: { sourceId?: string; sourceDataType?: string }) => {
      if (event.sourceId !== source || event.sourceDataType !== 'content') return;
      map.off('sourcedata', heard);
      map.once('idle', () => done());
      // It may have been drawn already when it is told of: then nothing else would come.
      map.triggerRepaint();
    };
    map.on('sourcedata', heard);
  });
