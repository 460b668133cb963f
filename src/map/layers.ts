import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';

/** Every layer of every map, from the ground up. A layer not named here cannot be added. */
export const layerOrder = [
  'ground',
  'landuse',
  'green',
  'water',
  'waterway',
  'building',
  'rail',
  'lane-edge',
  'road-edge',
  'lane',
  'road',
  'edge-fade',
  'area-veil',
  'courtyard-shade',
  'courtyard-hatch',
  'courtyard-fill',
  'courtyard-edge',
  'area-grid',
  'yard-tone',
  'yard-tone-edge',
  'area-community',
  'area-street',
  'courtyard-selected',
  'density',
  'spot-fill',
  'spot-edge',
  'filter-area',
  'filter-area-edge',
  'water-name',
  'lane-name',
  'road-name',
  'poi-name',
  'courtyard-name',
  'grid-name',
  'area-name',
  'care-dot',
  'care-count',
  'resource-selected',
  'resource',
  'hazard-selected',
  'hazard',
  'issues',
  'spot-count',
  'place-outline',
  'mark-fill',
  'mark-edge',
  'mark-place',
  'mark-words',
] as const;

export type LayerId = (typeof layerOrder)[number];
export type Layer = LayerSpecification & { id: LayerId };

const rank = new Map<string, number>(layerOrder.map((id, at) => [id, at]));

function rankOf(id: string): number {
  const at = rank.get(id);
  if (at === undefined) throw new Error(`The layer “${id}” has no place in the layer order.`);
  return at;
}

/**
 * The id of the first present layer that belongs above `id`; undefined when `id` goes on top. An unknown id throws;
 * what is present and unknown belongs to a base map of other hands and lies below.
 */
export function layerAbove(id: string, present: readonly string[]): string | undefined {
  const at = rankOf(id);
  return present.find((other) => (rank.get(other) ?? -1) > at);
}

/** Adds layers where the order wants them, whatever is there already. */
export function addLayers(map: MapLibreMap, layers: readonly Layer[]): void {
  for (const layer of layers) map.addLayer(layer, layerAbove(layer.id, map.getLayersOrder()));
}

type PaintName = Parameters<MapLibreMap['setPaintProperty']>[1];

/** Takes layers and then sources off, as far as they are there. */
export function takeOff(map: MapLibreMap, layers: readonly LayerId[], sources: readonly string[]): void {
  for (const id of layers) if (map.getLayer(id)) map.removeLayer(id);
  for (const id of sources) if (map.getSource(id)) map.removeSource(id);
}

/** Gives present layers the colours of another theme; sources and their data stay as they are. */
export function repaint(map: MapLibreMap, layers: readonly Layer[]): void {
  for (const { id, paint = {} } of layers) {
    if (!map.getLayer(id)) continue;
    for (const name of Object.keys(paint) as PaintName[]) {
      map.setPaintProperty(id, name, Reflect.get(paint, name));
    }
  }
}

/** Gives present layers the texts of another language. */
export function relabel(map: MapLibreMap, layers: readonly Layer[]): void {
  for (const layer of layers) {
    const text = layer.type === 'symbol' ? layer.layout?.['text-field'] : undefined;
    if (text !== undefined && map.getLayer(layer.id)) map.setLayoutProperty(layer.id, 'text-field', text);
  }
}
