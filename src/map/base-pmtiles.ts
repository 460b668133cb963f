import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';
import { BaseTrouble, basePrefix, plainStyle } from './base-style.ts';
import { addProtocol } from './maplibre.ts';
import type { Palette, Theme } from './palette.ts';
import { fonts } from './style.ts';

const protocol = new Protocol();
let known = false;

type Look = { theme: Theme; palette: Palette };
const source = `${basePrefix}pmtiles`;

/** What a vector layer is by its name, in the schemas people use (OpenMapTiles, Protomaps, Shortbread). */
const meanings: readonly [RegExp, (id: string, palette: Palette) => LayerSpecification[]][] = [
  [/water(?!_?name)|ocean/, (id, { water }) => [fill(id, water)]],
  [/park|green|landcover|wood|forest/, (id, { green }) => [fill(id, green)]],
  [/land/, (id, { landuse }) => [fill(id, landuse)]],
  [/building/, (id, { building }) => [{ ...fill(id, building), minzoom: 14 }]],
  [
    /transportation$|road|street|highway/,
    (id, { road, roadEdge }) => [line(id, roadEdge, 4.2, 'edge'), line(id, road, 3, 'way')],
  ],
];

const isPolygon: ['==', ['geometry-type'], string] = ['==', ['geometry-type'], 'Polygon'];
const isLine: ['==', ['geometry-type'], string] = ['==', ['geometry-type'], 'LineString'];

const fill = (id: string, colour: string): LayerSpecification => ({
  id: `${basePrefix}${id}`,
  type: 'fill',
  source,
  'source-layer': id,
  filter: isPolygon,
  paint: { 'fill-color': colour },
});

const line = (id: string, colour: string, width: number, part: string): LayerSpecification => ({
  id: `${basePrefix}${id}-${part}`,
  type: 'line',
  source,
  'source-layer': id,
  filter: isLine,
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: {
    'line-color': colour,
    'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 12, width * 0.3, 16, width, 19, width * 4],
  },
});

const name = (id: string, { label, halo }: Palette): LayerSpecification => ({
  id: `${basePrefix}${id}-name`,
  type: 'symbol',
  source,
  'source-layer': id,
  minzoom: 14,
  filter: ['all', isLine, ['any', ['has', 'name'], ['has', 'name:zh']]],
  layout: {
    'text-field': ['coalesce', ['get', 'name:zh'], ['get', 'name']],
    'text-font': fonts,
    'text-size': 12,
    'symbol-placement': 'line',
  },
  paint: { 'text-color': label, 'text-halo-color': halo, 'text-halo-width': 1.4 },
});

/** A file's layers in the colours of the page; those of another meaning are left out. */
function vectorLayers(ids: readonly string[], palette: Palette): LayerSpecification[] {
  const drawn = meanings.flatMap(([meaning, draw]) =>
    ids.filter((id) => meaning.test(id)).flatMap((id) => draw(id, palette)),
  );
  const unique = [...new Map(drawn.map((layer) => [layer.id, layer])).values()];
  const named = ids.filter((id) => /transportation_name|road|street/.test(id)).map((id) => name(id, palette));
  return [...unique, ...named];
}

function vectorIds(metadata: unknown): string[] {
  const found: unknown = Object(metadata)['vector_layers'];
  return Array.isArray(found) ? found.map((layer: unknown) => String(Object(layer)['id'])) : [];
}

/** The style of one PMTiles file: pictures as they are, vector tiles in the page's own quiet colours. Throws BaseTrouble. */
export async function pmtilesStyle(url: string, look: Look, credit: string): Promise<StyleSpecification> {
  if (!known) addProtocol('pmtiles', protocol.tile);
  known = true;
  const at = new URL(url, document.baseURI).href;
  const archive = new PMTiles(at);
  const header = await archive.getHeader().catch((failure: unknown) => {
    throw new BaseTrouble(/magic|version/i.test(String(failure)) ? 'malformed' : 'unreachable');
  });
  protocol.add(archive);
  const plain = plainStyle(look);
  const shared = { url: `pmtiles://${at}`, attribution: credit };
  if (header.tileType !== TileType.Mvt)
    return {
      ...plain,
      sources: { [source]: { type: 'raster', tileSize: 256, ...shared } },
      layers: [...plain.layers, { id: source, type: 'raster', source }],
    };
  const layers = vectorLayers(vectorIds(await archive.getMetadata()), look.palette);
  return {
    ...plain,
    sources: { [source]: { type: 'vector', ...shared } },
    layers: [...plain.layers, ...layers],
  };
}
