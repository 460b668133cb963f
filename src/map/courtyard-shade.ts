import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { Shading } from '../core/theme/courtyard-theme.ts';
import { fillOpacity, swatchOf, unknownSwatch } from '../core/theme/swatches.ts';
import type { Layer } from './layers.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Theme } from './palette.ts';
import type { Look, MapPart } from './part.ts';

const layerIds = ['courtyard-shade', 'courtyard-hatch'] as const;
const source = 'courtyards';
const hatch = 'courtyard-hatch';

const shade: ExpressionSpecification = ['coalesce', ['feature-state', 'shade'], -1];

function shadeLayers(shading: Shading, theme: Theme): Layer[] {
  const { scale, classes, hatched } = shading;
  const colours = classes.flatMap((_, at) => [at, swatchOf(theme, scale, at, classes.length)]);
  const [first = 0, colour = unknownSwatch[theme], ...rest] = colours;
  return [
    {
      id: 'courtyard-shade',
      type: 'fill',
      source,
      paint: {
        'fill-color': [
          'match',
          shade,
          first,
          colour,
          ...rest,
          unknownSwatch[theme],
        ] as ExpressionSpecification,
        'fill-opacity': fillOpacity,
      },
    },
    {
      id: 'courtyard-hatch',
      type: 'fill',
      source,
      paint: {
        'fill-pattern': hatch,
        'fill-opacity': hatched.length > 0 ? ['match', shade, [...hatched], 0.75, 0] : 0,
      },
    },
  ];
}

/** Thin diagonal lines, in a tile that repeats without a seam. */
function drawHatch(theme: Theme): ImageData {
  const side = 16;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no canvas.');
  context.strokeStyle = theme === 'dark' ? '#16181b' : '#ffffff';
  context.lineWidth = 3;
  for (const shift of [-side, 0, side]) {
    context.moveTo(shift - 2, side + 2);
    context.lineTo(shift + side + 2, -2);
  }
  context.stroke();
  return context.getImageData(0, 0, side, side);
}

/**
 * The courtyards' colours by a theme. They are a state of what the courtyards' source has already: a change repaints the yards
 * it concerns and feeds nothing anew.
 */
export class CourtyardShade implements MapPart {
  #map: MapLibreMap | null = null;
  #look: Look | null = null;
  #shading: Shading | null = null;
  /** The class each courtyard is drawn in. */
  #drawn = new Map<number, number>();

  add(map: MapLibreMap, look: Look): void {
    this.#map = map;
    this.#look = look;
    this.#drawn = new Map();
    this.#build();
  }

  /** Another theme, or other classes of the same; null shows no colours. */
  show(shading: Shading | null): void {
    const same =
      shading !== null &&
      shading.theme === this.#shading?.theme &&
      JSON.stringify(shading.classes) === JSON.stringify(this.#shading.classes);
    this.#shading = shading;
    if (same) this.#shade();
    else this.#build();
  }

  restyle(look: Look): void {
    this.#look = look;
    if (!this.#map || !this.#shading) return;
    if (this.#map.hasImage(hatch)) this.#map.updateImage(hatch, drawHatch(look.theme));
    repaint(this.#map, shadeLayers(this.#shading, look.theme));
  }

  remove(): void {
    const map = this.#map;
    if (map) takeOff(map, layerIds, []);
    if (map?.getSource(source))
      for (const id of this.#drawn.keys()) map.removeFeatureState({ source, id }, 'shade');
    this.#map = null;
  }

  #build(): void {
    const [map, look, shading] = [this.#map, this.#look, this.#shading];
    if (!map || !look) return;
    takeOff(map, layerIds, []);
    if (!shading) return;
    if (!map.hasImage(hatch)) map.addImage(hatch, drawHatch(look.theme), { pixelRatio: 2 });
    this.#shade();
    addLayers(map, shadeLayers(shading, look.theme));
  }

  /** Tells the map what has changed since it was told last. */
  #shade(): void {
    const [map, of] = [this.#map, this.#shading?.of];
    if (!map?.getSource(source) || !of) return;
    for (const id of this.#drawn.keys()) if (!of.has(id)) map.setFeatureState({ source, id }, { shade: -1 });
    for (const [id, at] of of)
      if (this.#drawn.get(id) !== at) map.setFeatureState({ source, id }, { shade: at });
    this.#drawn = new Map(of);
  }
}
