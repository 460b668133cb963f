import { AttributionControl } from './maplibre.ts';
import type { MapLibreMap } from './maplibre.ts';
import type { Language } from './style.ts';
import { mapWords } from './words.ts';

/** Puts the credit of the base map on the map: of a `foreign` one what its style says, else the built-in one's. */
export function credit(map: MapLibreMap, foreign: boolean, language: Language): AttributionControl {
  const control = new AttributionControl({
    compact: map.getContainer().clientWidth < 720,
    customAttribution: foreign ? [] : mapWords(language).attribution,
  });
  map.addControl(control, 'bottom-right');
  return control;
}

/** Says what the map and its buttons are, to those who hear them and as hints. */
export function nameControls(map: MapLibreMap, language: Language): void {
  const words = mapWords(language);
  map.getCanvas().setAttribute('aria-label', words.liveMap);
  const container = map.getContainer();
  for (const [part, word] of [
    ['.maplibregl-ctrl-zoom-in', words.zoomIn],
    ['.maplibregl-ctrl-zoom-out', words.zoomOut],
    ['.maplibregl-ctrl-compass', words.north],
    ['.maplibregl-ctrl-attrib-button', words.credits],
  ] as const) {
    const button = container.querySelector(part);
    button?.setAttribute('aria-label', word);
    button?.setAttribute('title', word);
  }
}
