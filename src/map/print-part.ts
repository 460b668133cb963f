import type { FeatureCollection } from 'geojson';
import type { Map as LiveMapLibre } from 'maplibre-gl';
import { distance } from '../core/shape/plane.ts';
import { MapLibreMap } from './maplibre.ts';
import type { Look, MapPart, Others } from './part.ts';

/** A map drawn anew for paper. */
export type Picture = {
  canvas: HTMLCanvasElement;
  /** Metres in one CSS pixel, and how many pixels of the canvas that is. */
  metres: number;
  ratio: number;
  /** Degrees the map is turned by; 0 with north up. */
  bearing: number;
};

/** Milliseconds a picture may take. */
const patience = 60_000;

function settled(map: LiveMapLibre): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The picture took too long.')), patience);
    void map.once('idle', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** What counts on the graphics card before it draws takes a moment after the map itself has come to rest. */
async function drawn(map: LiveMapLibre): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  map.triggerRepaint();
  await settled(map);
}

const isCollection = (data: unknown): data is FeatureCollection =>
  typeof data === 'object' && data !== null && 'features' in data && Array.isArray(data.features);

/** What is shown and hidden by state on the live map is on the picture too. */
function copyStates(from: LiveMapLibre, to: LiveMapLibre): void {
  for (const [source, { type, ...rest }] of Object.entries(from.getStyle().sources)) {
    const data = type === 'geojson' && 'data' in rest ? rest.data : null;
    if (!isCollection(data)) continue;
    for (const { id } of data.features) {
      if (id === undefined) continue;
      const state = from.getFeatureState({ source, id });
      if (Object.keys(state).length > 0) to.setFeatureState({ source, id }, state);
    }
  }
}

function copyImages(from: LiveMapLibre, to: LiveMapLibre): void {
  for (const id of from.listImages()) {
    const image = from.getImage(id);
    if (!image || to.hasImage(id)) continue;
    const { pixelRatio, sdf, stretchX, stretchY, content } = image;
    to.addImage(id, image.data, {
      pixelRatio,
      sdf,
      ...(stretchX && { stretchX }),
      ...(stretchY && { stretchY }),
      ...(content && { content }),
    });
  }
}

/** Draws what the live map shows once more, beside the screen, as large as a print needs it. */
export class PrintPart implements MapPart {
  #map: LiveMapLibre | null = null;
  #others: Others | null = null;

  add(map: LiveMapLibre, _look: Look, others: Others): void {
    this.#map = map;
    this.#others = others;
  }
  restyle(): void {
    // The picture is drawn in the look of its moment.
  }
  remove(): void {
    this.#map = null;
  }

  /** The same ground on `width` × `height` CSS pixels, each of them `ratio` pixels of the picture wide. */
  async draw(width: number, height: number, ratio: number): Promise<Picture> {
    const live = this.#map;
    if (!live) throw new Error('The map is gone.');
    const container = document.createElement('div');
    container.style.cssText = `position:fixed;left:-20000px;top:0;width:${width}px;height:${height}px`;
    document.body.append(container);
    const map = new MapLibreMap({
      container,
      style: live.getStyle(),
      center: live.getCenter(),
      zoom: live.getZoom(),
      bearing: live.getBearing(),
      pixelRatio: ratio,
      maxCanvasSize: [8192, 8192],
      interactive: false,
      attributionControl: false,
      fadeDuration: 0,
      renderWorldCopies: false,
      canvasContextAttributes: { preserveDrawingBuffer: true },
    });
    try {
      map.on('styleimagemissing', () => copyImages(live, map));
      await new Promise((resolve) => map.once('style.load', resolve));
      copyImages(live, map);
      copyStates(live, map);
      this.#others?.copyTo(map, ratio);
      map.fitBounds(live.getBounds(), { animate: false, bearing: live.getBearing() });
      await settled(map);
      await drawn(map);
      const [a, b] = [map.unproject([0, height / 2]), map.unproject([100, height / 2])];
      const canvas = document.createElement('canvas');
      canvas.width = map.getCanvas().width;
      canvas.height = map.getCanvas().height;
      canvas.getContext('2d')?.drawImage(map.getCanvas(), 0, 0);
      return {
        canvas,
        metres: distance([a.lng, a.lat], [b.lng, b.lat]) / 100,
        ratio: canvas.width / width,
        bearing: map.getBearing(),
      };
    } finally {
      map.remove();
      container.remove();
    }
  }
}
