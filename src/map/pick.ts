import type { Map as MapLibreMap, Point } from 'maplibre-gl';
import type { IssueLayer } from './issue-layer.ts';
import { pinOnScreen } from './pin-scale.ts';

/** What a person points at. */
export type Pick = { kind: 'issue' | 'courtyard'; id: number };

/** How far from a pin's edge still means the pin, in CSS pixels: a finger covers more than a mouse. */
const reach = { mouse: 3, touch: 12 };

/** What lies at a point of the map's canvas: a drawn pin first, the nearest of several, else the courtyard. */
export function pickAt(
  map: MapLibreMap,
  issues: IssueLayer,
  point: Point,
  by: keyof typeof reach,
): Pick | null {
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
  const [issue] = [...new Set(found)].sort((a, b) => away(a) - away(b));
  if (issue !== undefined) return { kind: 'issue', id: issue };
  const [courtyard] = map.queryRenderedFeatures(point, { layers: ['courtyard-fill'] });
  return typeof courtyard?.id === 'number' ? { kind: 'courtyard', id: courtyard.id } : null;
}
