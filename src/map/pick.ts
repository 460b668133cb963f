import type { Map as MapLibreMap, Point } from 'maplibre-gl';
import type { IssueLayer } from './issue-layer.ts';
import type { Pointer } from './part.ts';
import { pinOnScreen } from './pin-scale.ts';

/** What a person points at; the id is that kind's own. */
export type Pick = { kind: 'issue' | 'courtyard' | 'resource' | 'hazard' | 'spot'; id: number };

/** How far from a pin's edge still means the pin, in CSS pixels: a finger covers more than a mouse. */
const reach = { mouse: 3, touch: 12 };

/** The drawn pin at a point of the map's canvas, the nearest of several; null when there is none. */
export function pinAt(map: MapLibreMap, issues: IssueLayer, point: Point, by: Pointer): number | null {
  const r = reach[by];
  const box: [[number, number], [number, number]] = [
    [point.x - r, point.y - r],
    [point.x + r, point.y + r],
  ];
  const found = map
    .queryRenderedFeatures(box, { layers: ['issue-live', 'issue-static'] })
    .flatMap(({ id, layer }) => (typeof id === 'number' && issues.isDrawn(id, layer.id) ? [id] : []));
  const away = (id: number): number => {
    const pin = issues.pin(id);
    if (!pin) return Infinity;
    const { x, y } = pinOnScreen(map, pin);
    return Math.hypot(x - point.x, y - point.y);
  };
  const [nearest] = [...new Set(found)].sort((a, b) => away(a) - away(b));
  return nearest ?? null;
}
