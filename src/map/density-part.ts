import { HeatmapLayer, HexagonLayer } from '@deck.gl/aggregation-layers';
import type { Layer } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { DensityScale } from './density-colours.ts';
import type { DensityClass } from './density-colours.ts';
import { layerAbove } from './layers.ts';
import type { Look, MapPart } from './part.ts';

export { heatColours } from './density-colours.ts';
export type { DensityClass } from './density-colours.ts';

/** What is drawn: where issues are, one after the other as longitude, latitude and height 0, as deck.gl reads them from memory. */
export type Density = {
  readonly kind: 'heat' | 'hexagon';
  readonly positions: Float64Array;
  /** By issue, 1 or -1: hexagons then show how many more there are than before, and fewer. Null: how many there are. */
  readonly weights: Float32Array | null;
  /** Of a hexagon, in metres. */
  readonly radius: number;
};

/** From more points on, hexagons are counted by the graphics card. */
const many = 50_000;

/**
 * Heat or hexagons by deck.gl in MapLibre's own context, under the names and pins. Only here is deck.gl imported, so its
 * code comes when somebody first asks for such a layer. One overlay a map: deck.gl can share a context once.
 */
export class DensityPart implements MapPart {
  #map: MapLibreMap | null = null;
  #look: Look | null = null;
  #overlay: MapLibreOverlay | null = null;
  #density: Density | null = null;
  /** The most that any hexagon holds, or its greatest change; known after the first counting. */
  #bound = 1;
  readonly #onclasses: (classes: readonly DensityClass[]) => void;

  /** `onclasses` is told how the hexagons are coloured, for the legend; nothing for heat. */
  constructor(onclasses: (classes: readonly DensityClass[]) => void) {
    this.#onclasses = onclasses;
  }

  add(map: MapLibreMap, look: Look): void {
    this.#map = map;
    this.#look = look;
    this.#overlay = new MapLibreOverlay({ interleaved: true, layers: [] });
    map.addControl(this.#overlay);
    this.#draw();
  }

  /** Draws this from now on; null to draw nothing. */
  show(density: Density | null): void {
    this.#density = density;
    if (density?.kind !== 'hexagon' || density.positions.length === 0) this.#onclasses([]);
    this.#draw();
  }

  restyle(look: Look): void {
    this.#look = look;
    if (this.#density?.kind === 'hexagon') this.#onclasses(this.#scale(look).classes);
    this.#draw();
  }

  remove(): void {
    const [map, overlay] = [this.#map, this.#overlay];
    this.#map = this.#overlay = null;
    if (!map || !overlay) return;
    overlay.setProps({ layers: [] });
    map.removeControl(overlay);
    // While a style is being loaded the overlay leaves its group behind.
    for (const id of map.getLayersOrder())
      if (id.startsWith('deck-maplibre-layer-group')) map.removeLayer(id);
  }

  copyTo(map: MapLibreMap): void {
    const [look, density] = [this.#look, this.#density];
    if (!look || !density || density.positions.length === 0) return;
    map.addControl(new MapLibreOverlay({ interleaved: true, layers: [this.#layer(map, look, density)] }));
  }

  #scale({ theme }: Look): DensityScale {
    return new DensityScale(this.#bound, Boolean(this.#density?.weights), theme);
  }

  #draw(): void {
    const [map, look, density] = [this.#map, this.#look, this.#density];
    if (!map || !look) return;
    const layers = density && density.positions.length > 0 ? [this.#layer(map, look, density)] : [];
    this.#overlay?.setProps({ layers });
  }

  #layer(map: MapLibreMap, look: Look, { kind, positions, weights, radius }: Density): Layer {
    const length = positions.length / 3;
    const scale = this.#scale(look);
    const common = {
      data: {
        length,
        attributes: {
          getPosition: { value: positions, size: 3 },
          ...(weights && { getColorWeight: { value: weights, size: 1 } }),
        },
      },
      // It lies flat on the ground: what MapLibre drew there before must not hide it.
      parameters: { depthCompare: 'always' as const, depthWriteEnabled: false },
      beforeId: layerAbove('density', map.getLayersOrder()),
      colorRange: scale.colours.map(([r, g, b]): [number, number, number, number] => [r, g, b, 255]),
    };
    if (kind === 'heat') {
      return new HeatmapLayer({
        ...common,
        id: 'density-heat',
        radiusPixels: 34,
        intensity: 1.4,
        threshold: 0.06,
        opacity: 0.75,
        // Sharp enough for a street, and a sixteenth of the default's pixels.
        weightsTextureSize: 512,
        debounceTimeout: 120,
      });
    }
    return new HexagonLayer({
      ...common,
      id: weights ? 'density-change' : 'density-hexagons',
      radius,
      coverage: 0.92,
      opacity: 0.72,
      gpuAggregation: length > many,
      colorScaleType: 'quantize',
      colorDomain: scale.domain,
      extruded: false,
      material: false,
      onSetColorDomain: (range: [number, number]) => this.#counted(range),
    });
  }

  /** The hexagons have been counted: their colours and the legend follow what they hold. */
  #counted([least, most]: [number, number]): void {
    const bound = Math.max(1, Math.abs(least), Math.abs(most));
    const look = this.#look;
    if (!look || this.#density?.kind !== 'hexagon') return;
    const changed = bound !== this.#bound;
    this.#bound = bound;
    this.#onclasses(this.#scale(look).classes);
    // Not in the middle of deck.gl's own drawing.
    if (changed) queueMicrotask(() => this.#draw());
  }
}
