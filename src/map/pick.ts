import type { Map as MapLibreMap, Point } from 'maplibre-gl';
import type { LayerId } from './layers.ts';
import type { Pointer } from './part.ts';

/** What a person points at; the id is that kind's own. */
export type Pick = { kind: 'issue' | 'courtyard' | 'resource' | 'hazard' | 'spot'; id: number };

/** How far from a pin's edge still means the pin, in CSS pixels: a finger covers more than a mouse. */
const reach: Record<Pointer, number> = { mouse: 3, touch: 12 };

/**
 * The feature of a layer at a point of the map's canvas, the nearest of several; null when there is none. `placeOf`
 * tells where it stands, and null for one that is not drawn any more: the map may still find it.
 */
export function pinAt(
  map: MapLibreMap,
  layer: LayerId,
  point: Point,
  by: Pointer,
  placeOf: (id: number) => { x: number; y: number } | null,
): number | null {
  const r = reach[by];
  const box: [[number, number], [number, number]] = [
    [point.x - r, point.y - r],
    [point.x + r, point.y + r],
  ];
  let [nearest, best]: [number | null, number] = [null, Infinity];
  for (const { id } of map.queryRenderedFeatures(box, { layers: [layer] })) {
    const at = typeof id === 'number' ? placeOf(id) : null;
    const away = at ? Math.hypot(at.x - point.x, at.y - point.y) : Infinity;
    if (typeof id === 'number' && away < best) [nearest, best] = [id, away];
  }
  return nearest;
}
