import type { Feature, Position as Place } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import {
  TerraDraw,
  TerraDrawFreehandMode,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  TerraDrawSessionUndoRedo,
} from 'terra-draw';
import type { GeoJSONStoreFeatures } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { closed, degreeMetres, opened } from '../core/shape/plane.ts';
import type { Corners, Position } from '../core/shape/plane.ts';
import { snapTo } from '../core/shape/snap.ts';
import type { Look, MapPart } from './part.ts';

/** outline: corner by corner, then moved; line: the same, open; lasso: one stroke around something. */
export type DrawKind = 'outline' | 'line' | 'lasso';

/** What stands drawn: a list of corners for each shape, and whether a hand is still at it. */
export type Drawing = { shapes: Position[][]; drawing: boolean };

export type DrawOptions = {
  kind: DrawKind;
  /** What is there to begin with. */
  shapes?: readonly Corners[];
  /** Lines that corners jump to, beside the base map's roads. */
  snap?: () => Iterable<readonly Position[]>;
  onchange(drawing: Drawing): void;
};

/** In CSS pixels: how near a corner has to come to jump. */
const reach = 12;
/** Roads of our own base map; corners jump to those drawn. */
const roads = ['road', 'lane'];
const modes = { outline: 'polygon', line: 'linestring', lasso: 'freehand' } as const;
const isPosition = (at: Place): at is Position => at.length >= 2;
const rounded = ([lng, lat]: Position): Position => [Number(lng.toFixed(7)), Number(lat.toFixed(7))];

/** Drawing by hand: terra-draw on the map, with corners that jump to what is there. Has the map to itself while attached. */
export class DrawPart implements MapPart {
  readonly modal = true;
  readonly #options: DrawOptions;
  #map: MapLibreMap | null = null;
  #draw: TerraDraw | null = null;
  #shapes: readonly Corners[];

  constructor(options: DrawOptions) {
    this.#options = options;
    this.#shapes = options.shapes ?? [];
  }

  add(map: MapLibreMap, look: Look): void {
    this.#map = map;
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map }),
      modes: this.#modes(look),
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo(), sessionLevel: new TerraDrawSessionUndoRedo() },
    });
    this.#draw.start();
    this.#draw.on('change', (_ids, type) => type !== 'styling' && this.#tell());
    this.#draw.on('finish', (id, { action }) => {
      if (action === 'draw' && this.#options.kind !== 'lasso') this.#edit(id);
      this.#tell();
    });
    this.put(this.#shapes);
  }

  restyle(look: Look): void {
    const map = this.#map;
    if (!map) return;
    this.remove();
    this.add(map, look);
  }

  remove(): void {
    this.#draw?.stop();
    this.#draw = null;
    if (this.#map) this.#map.getCanvas().style.cursor = '';
  }

  /** These shapes in place of what is drawn; with none, drawing begins. */
  put(shapes: readonly Corners[]): void {
    const draw = this.#draw;
    this.#shapes = shapes;
    if (!draw) return;
    draw.setMode(modes[this.#options.kind]);
    draw.clear();
    const features = shapes.filter(({ length }) => length > 2 || this.#options.kind === 'line');
    const added = draw.addFeatures(features.map((corners) => this.#feature(corners)));
    const last = added.findLast(({ valid }) => valid)?.id;
    if (last !== undefined) this.#edit(last);
    this.#tell();
  }

  get canUndo(): boolean {
    return this.#draw?.canUndo() ?? false;
  }
  get canRedo(): boolean {
    return this.#draw?.canRedo() ?? false;
  }
  undo(): void {
    this.#draw?.undo();
    this.#tell();
  }
  redo(): void {
    this.#draw?.redo();
    this.#tell();
  }

  #edit(id: string | number): void {
    this.#draw?.setMode('select');
    this.#draw?.selectFeature(id);
  }

  #feature(corners: Corners): GeoJSONStoreFeatures {
    const places = corners.map(rounded);
    return this.#options.kind === 'line'
      ? {
          type: 'Feature',
          properties: { mode: 'linestring' },
          geometry: { type: 'LineString', coordinates: places },
        }
      : {
          type: 'Feature',
          properties: { mode: modes[this.#options.kind] },
          geometry: { type: 'Polygon', coordinates: [closed(places)] },
        };
  }

  #tell(): void {
    if (!this.#draw) return;
    const drawing = this.#draw.getModeState() === 'drawing';
    this.#shapes = this.#draw.getSnapshot().flatMap(cornersOf);
    this.#options.onchange({ shapes: this.#shapes.map((corners) => [...corners]), drawing });
  }

  #modes({ palette }: Look) {
    const snapping = {
      toCustom: (event: { lng: number; lat: number }) => this.#snap([event.lng, event.lat]),
    };
    const drawn = {
      fillColor: palette.accent,
      fillOpacity: 0.16,
      outlineColor: palette.accent,
      outlineWidth: 2,
      lineStringColor: palette.pin.door,
      lineStringWidth: 3,
      snappingPointColor: palette.pin.amber,
      closingPointColor: palette.surface,
      closingPointOutlineColor: palette.accent,
    } as const;
    const flags = {
      feature: {
        coordinates: {
          midpoints: { draggable: true },
          draggable: true,
          deletable: true,
          snappable: snapping,
        },
        selfIntersectable: true,
      },
    };
    return [
      new TerraDrawPolygonMode({ snapping, styles: colours(drawn), showCoordinatePoints: true }),
      new TerraDrawLineStringMode({ snapping, styles: colours(drawn) }),
      new TerraDrawFreehandMode({
        styles: colours(drawn),
        autoClose: true,
        minDistance: 8,
        drawInteraction: 'click-move-or-drag',
      }),
      new TerraDrawSelectMode({
        allowManualDeselection: false,
        flags: { polygon: flags, linestring: flags },
        styles: colours({
          selectedPolygonColor: palette.accent,
          selectedPolygonFillOpacity: 0.16,
          selectedPolygonOutlineColor: palette.accent,
          selectedPolygonOutlineWidth: 2,
          selectedLineStringColor: palette.pin.door,
          selectedLineStringWidth: 3,
          selectionPointColor: palette.surface,
          selectionPointOutlineColor: palette.accent,
          selectionPointOutlineWidth: 2,
          selectionPointWidth: 6,
          midPointColor: palette.accent,
          midPointOutlineColor: palette.surface,
          midPointWidth: 4,
        }),
      }),
    ];
  }

  #snap(at: Position): Position | undefined {
    const map = this.#map;
    if (!map) return undefined;
    const pixel = 40_075_017 / 512 / 2 ** map.getZoom() / (111_320 / degreeMetres(at[1]).x);
    const lines = [...(this.#options.snap?.() ?? []), ...roadsNear(map, at)];
    return snapTo(at, lines, reach * pixel) ?? undefined;
  }
}

/** terra-draw takes any string as a colour that begins with #; ours all do. */
function colours<T extends Record<string, string | number>>(styles: T) {
  const isColour = (said: string | number): said is `#${string}` =>
    typeof said === 'string' && said.startsWith('#');
  return Object.fromEntries(
    Object.entries(styles).filter((entry): entry is [string, `#${string}` & number] => {
      return typeof entry[1] === 'number' || isColour(entry[1]);
    }),
  );
}

function cornersOf(feature: Feature): Position[][] {
  const { geometry, properties } = feature;
  if (geometry.type === 'LineString') return [geometry.coordinates.filter(isPosition)];
  if (geometry.type !== 'Polygon' || properties?.['closingPoint'] === true) return [];
  return [opened((geometry.coordinates[0] ?? []).filter(isPosition))];
}

/** The lines of the roads drawn around a place. */
function roadsNear(map: MapLibreMap, at: Position): Position[][] {
  const layers = roads.filter((id) => map.getLayer(id));
  if (layers.length === 0) return [];
  const { x, y } = map.project(at);
  return map
    .queryRenderedFeatures(
      [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ],
      { layers },
    ) // prettier-ignore
    .flatMap(({ geometry }) =>
      geometry.type === 'LineString'
        ? [geometry.coordinates.filter(isPosition)]
        : geometry.type === 'MultiLineString'
          ? geometry.coordinates.map((line) => line.filter(isPosition))
          : [],
    );
}
