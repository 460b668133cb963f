import L from 'leaflet';
import 'leaflet.markercluster';
import 'leaflet/dist/leaflet.css';
import 'leaflet.markercluster/dist/MarkerCluster.css';
import 'leaflet.markercluster/dist/MarkerCluster.Default.css';
import type { Contender } from './main.ts';

type Answer = { issues: Record<'id' | 'lng' | 'lat' | 'due_at', number[]> & { state: string[] } };
type Pin = L.Marker & { late: boolean; state: string };

/** Two frames on, what was changed is on the screen. */
const painted = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

/** Leaflet with markercluster; a cluster's icon counts its late ones, as ours does. */
export async function leaflet(): Promise<Contender> {
  const map = L.map('map', {
    center: [30.666, 104.0565],
    zoom: 15,
    maxZoom: 19,
    zoomAnimation: false,
    attributionControl: false,
  });
  const isPin = (marker: L.Marker): marker is Pin => 'late' in marker;
  const group = L.markerClusterGroup({
    maxClusterRadius: 46,
    animate: false,
    iconCreateFunction: (cluster) => {
      const late = cluster.getAllChildMarkers().filter((marker) => isPin(marker) && marker.late).length;
      return L.divIcon({ html: `<b>${cluster.getChildCount()}</b> ${late}`, iconSize: [36, 36] });
    },
  });
  const now = Date.now() / 1000;
  let pins: Pin[] = [];
  await painted();
  return {
    async load(address) {
      const { issues }: Answer = await (await fetch(address)).json();
      pins = issues.id.map((_, at) =>
        Object.assign(L.marker([issues.lat[at] ?? 0, issues.lng[at] ?? 0]), {
          late: (issues.due_at[at] ?? Infinity) < now,
          state: issues.state[at] ?? '',
        }),
      );
      group.addLayers(pins);
      map.addLayer(group);
      await painted();
    },
    async change(nth) {
      const pin = pins[nth];
      if (!pin) return;
      pin.late = !pin.late;
      group.refreshClusters([pin]);
      await painted();
    },
    async filter() {
      group.clearLayers();
      group.addLayers(pins.filter(({ state }) => state === 'handling'));
      await painted();
    },
  };
}
