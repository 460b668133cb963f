import type { Map as MapLibreMap } from 'maplibre-gl';
import type { DrawnPin } from '../core/drawn-pins.ts';
import { pinOnScreen, pinScale } from './pin-scale.ts';

/**
 * The slow pulse of late pins: rings on a canvas of their own over the map, drawn only when the map itself
 * is drawn; the breathing is the canvas's opacity in CSS, so an idle map draws no frame for it.
 */
export class Breath {
  #map: MapLibreMap;
  #canvas = document.createElement('canvas');
  #pins: () => Iterable<DrawnPin>;
  #colour: string;
  #empty = true;

  constructor(map: MapLibreMap, colour: string, pins: () => Iterable<DrawnPin>) {
    this.#map = map;
    this.#colour = colour;
    this.#pins = pins;
    this.#canvas.className = 'map-breath';
    this.#canvas.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.#canvas);
    map.on('render', this.#draw);
    map.triggerRepaint();
  }

  repaint(colour: string): void {
    this.#colour = colour;
    this.#map.triggerRepaint();
  }

  destroy(): void {
    this.#map.off('render', this.#draw);
    this.#canvas.remove();
  }

  #draw = (): void => {
    const pins = [...this.#pins()];
    // Nothing to draw where nothing was: the canvas is left alone.
    if (pins.length === 0 && this.#empty) return;
    this.#empty = pins.length === 0;
    const { clientWidth: width, clientHeight: height } = this.#map.getCanvas();
    const ratio = globalThis.devicePixelRatio || 1;
    if (this.#canvas.width !== width * ratio || this.#canvas.height !== height * ratio) {
      this.#canvas.width = width * ratio;
      this.#canvas.height = height * ratio;
    }
    const pen = this.#canvas.getContext('2d');
    if (!pen) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const scale = pinScale(this.#map.getZoom());
    pen.strokeStyle = this.#colour;
    pen.lineWidth = 4 * scale;
    for (const pin of pins) {
      const { x, y } = pinOnScreen(this.#map, pin);
      pen.beginPath();
      pen.arc(x, y, 12.5 * scale, 0, 2 * Math.PI);
      pen.stroke();
    }
  };
}
