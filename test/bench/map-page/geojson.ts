import type { GeoJSONSource } from 'maplibre-gl';
import type { Contender } from './main.ts';
import { plainMap, redrawn } from './plain-map.ts';

type Answer = { issues: Record<'id' | 'lng' | 'lat' | 'due_at', number[]> & { state: string[] } };

/** MapLibre's own way: one GeoJSON source that clusters, with the late ones counted by `clusterProperties`. */
export async function geojson(): Promise<Contender> {
  const map = await plainMap();
  const now = Date.now() / 1000;
  let features: GeoJSON.Feature[] = [];
  const source = () => map.getSource<GeoJSONSource>('issues');
  return {
    async load(address) {
      const { issues }: Answer = await (await fetch(address)).json();
      features = issues.id.map((id, at) => ({
        type: 'Feature',
        id,
        properties: { state: issues.state[at], late: Number((issues.due_at[at] ?? Infinity) < now) },
        geometry: { type: 'Point', coordinates: [issues.lng[at] ?? 0, issues.lat[at] ?? 0] },
      }));
      const done = redrawn(map, 'issues');
      map.addSource('issues', {
        type: 'geojson',
        data: { type: 'FeatureCollection', features },
        cluster: true,
        clusterRadius: 46,
        clusterMaxZoom: 16,
        clusterProperties: { late: ['+', ['get', 'late']] },
      });
      map.addLayer({
        id: 'clusters',
        type: 'circle',
        source: 'issues',
        paint: {
          'circle-radius': ['case', ['has', 'point_count'], 18, 7],
          'circle-color': ['case', ['>', ['get', 'late'], 0], '#b5332a', '#34558b'],
        },
      });
      map.addLayer({
        id: 'counts',
        type: 'symbol',
        source: 'issues',
        layout: { 'text-field': ['get', 'point_count'], 'text-size': 13, 'text-allow-overlap': true },
      });
      await done;
    },
    async change(nth) {
      const done = redrawn(map, 'issues');
      const id = Number(features[nth]?.id);
      void source()?.updateData({
        update: [{ id, addOrUpdateProperties: [{ key: 'late', value: nth % 2 }] }],
      });
      await done;
    },
    async filter() {
      const done = redrawn(map, 'issues');
      const shown = features.filter(({ properties }) => properties?.['state'] === 'handling');
      void source()?.setData({ type: 'FeatureCollection', features: shown });
      await done;
    },
  };
}
