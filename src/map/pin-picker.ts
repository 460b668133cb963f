import type { Geometry } from 'geojson';
import { devicePosition } from '../core/device-position.ts';
import { AttributionControl, LngLat, MapLibreMap } from './maplibre.ts';
import { palettes } from './palette.ts';
import type { Theme } from './palette.ts';
import { addPlaceOutline } from './place-layer.ts';
import { baseStyle } from './style.ts';
import type { Language } from './style.ts';
import { mapWords } from './words.ts';
import './pin-picker.css';

export type PinPickerOptions = {
  /** Where the pin stands at first, WGS-84 [lng, lat]. */
  point: [lng: number, lat: number];
  /** The courtyard's outline, drawn as help; null when unknown. */
  outline: Geometry | null;
  language: Language;
  theme?: Theme;
  /** The pin came to rest at [lng, lat], six decimals. */
  onmove(point: [lng: number, lat: number]): void;
};

export type PinPicker = { destroy(): void };

/** CSS pixels an arrow key moves the pin; a tenth of it with Shift. */
const step = 20;
/** Metres beyond which “my position” is taken for a mistake. */
const near = 500;

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function pinMark(): HTMLElement {
  const pin = document.createElement('div');
  pin.className = 'pin-picker-pin';
  pin.setAttribute('aria-hidden', 'true');
  pin.innerHTML =
    '<svg viewBox="0 0 32 44" width="32" height="44"><path d="M16 43C12 34 2 27 2 16a14 14 0 1 1 28 0c0 11-10 18-14 27Z"/><circle cx="16" cy="16" r="5.5"/></svg>';
  return pin;
}

/**
 * A small map with a pin fixed in its middle: one drags the map under it, or moves it with the arrow keys.
 * The position of the phone is asked for only when its button is pressed.
 */
export function mountPinPicker(element: HTMLElement, options: PinPickerOptions): PinPicker {
  const words = mapWords(options.language);
  const dark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;
  const palette = palettes[options.theme ?? (dark ? 'dark' : 'light')];
  element.classList.add('pin-picker');
  const map = new MapLibreMap({
    container: element,
    style: baseStyle(palette, options.language, '/basemap'),
    center: options.point,
    zoom: 17.5,
    minZoom: 15,
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    keyboard: false,
    fadeDuration: 0,
    locale: { 'Map.Title': words.picker, 'AttributionControl.ToggleAttribution': words.credits },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(
    new AttributionControl({ compact: true, customAttribution: words.attribution }),
    'bottom-left',
  );
  map.on('style.load', () => {
    if (options.outline) addPlaceOutline(map, options.outline, palette);
  });
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter();
    options.onmove([Number(lng.toFixed(6)), Number(lat.toFixed(6))]);
  });
  map.getCanvas().addEventListener('keydown', (event) => {
    const arrow = arrows[event.key];
    if (arrow) {
      event.preventDefault();
      const length = event.shiftKey ? step / 10 : step;
      map.panBy([arrow[0] * length, arrow[1] * length], { duration: 0 });
    }
    if (event.key === '+' || event.key === '=') map.zoomIn({ duration: 0 });
    if (event.key === '-') map.zoomOut({ duration: 0 });
  });

  const said = document.createElement('p');
  said.className = 'pin-picker-said';
  said.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'pin-picker-locate';
  button.textContent = words.locate;
  button.hidden = !('geolocation' in navigator);
  button.addEventListener('click', () => {
    said.textContent = words.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = new LngLat(...devicePosition([coords.longitude, coords.latitude], options.point));
        const far = here.distanceTo(LngLat.convert(options.point)) > near;
        said.textContent = far ? words.locateFar : '';
        if (!far) map.jumpTo({ center: here });
      },
      (error) => {
        said.textContent = error.code === error.PERMISSION_DENIED ? words.locateDenied : words.locateFailed;
      },
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  });
  element.append(pinMark(), button, said);

  return {
    destroy() {
      map.remove();
      element.classList.remove('pin-picker');
      element.replaceChildren();
    },
  };
}
