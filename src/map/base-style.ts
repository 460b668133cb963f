import type { SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { hostOf, shiftOf } from '../core/base-map.ts';
import type { BaseMap, ShiftedDatum } from '../core/base-map.ts';
import type { Palette, Theme } from './palette.ts';

/** Why a base map cannot be shown: it does not answer, is no such thing, or lies in shifted coordinates. */
export class BaseTrouble extends Error {
  readonly why: 'unreachable' | 'malformed' | ShiftedDatum;
  constructor(why: BaseTrouble['why']) {
    super(`The base map is ${why}.`);
    this.why = why;
  }
}

/** Every source of another base map begins so; what fails there is the base's, not the data's. */
export const basePrefix = 'base:';

type Look = { theme: Theme; palette: Palette };

/** Nothing but the ground: what the data lies on when a base map is missing. */
export const plainStyle = ({ palette }: Look): StyleSpecification => ({
  version: 8,
  sources: {},
  layers: [{ id: `${basePrefix}ground`, type: 'background', paint: { 'background-color': palette.ground } }],
});

/** Pictures step back: soft by day, dim by night, so that the data speaks. */
function rasterStyle(
  look: Look,
  tiles: readonly (readonly string[])[],
  attribution: string,
): StyleSpecification {
  const plain = plainStyle(look);
  const night = look.theme === 'dark';
  const sources = tiles.map((templates, at): [string, SourceSpecification] => [
    `${basePrefix}${at}`,
    {
      type: 'raster',
      tiles: [...templates],
      tileSize: 256,
      maxzoom: 18,
      attribution: at === 0 ? attribution : '',
    },
  ]);
  return {
    ...plain,
    sources: Object.fromEntries(sources),
    layers: [
      ...plain.layers,
      ...sources.map(([source]) => ({
        id: source,
        type: 'raster' as const,
        source,
        paint: {
          'raster-saturation': -0.35,
          'raster-brightness-max': night ? 0.5 : 1,
          'raster-contrast': night ? -0.1 : -0.12,
          'raster-fade-duration': 0,
        },
      })),
    ],
  };
}

async function fetched(url: string): Promise<Response> {
  try {
    const answer = await fetch(url, { credentials: 'omit' });
    if (answer.ok) return answer;
  } catch {
    // Said below: whoever does not answer and whoever refuses leave the same plain ground.
  }
  throw new BaseTrouble('unreachable');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A style of other hands: its layers and sources are renamed, so that none of them meets one of ours. */
async function foreignStyle(url: string): Promise<StyleSpecification> {
  const given: unknown = await (await fetched(url)).json().catch(() => null);
  if (
    !isRecord(given) ||
    given['version'] !== 8 ||
    !isRecord(given['sources']) ||
    !Array.isArray(given['layers'])
  )
    throw new BaseTrouble('malformed');
  for (const host of JSON.stringify(given['sources']).matchAll(/https?:\/\/([^/"]+)/g)) {
    const shifted = shiftOf(host[1] ?? '');
    if (shifted) throw new BaseTrouble(shifted);
  }
  const layers: unknown[] = given['layers'];
  // All letters come from local fonts, the data's too: the style's own would be asked for fonts it does not have.
  const { glyphs: _glyphs, ...kept } = given;
  const style: unknown = {
    ...kept,
    ...(typeof given['sprite'] === 'string' && { sprite: whole(given['sprite'], url) }),
    sources: Object.fromEntries(
      Object.entries(given['sources']).map(([id, source]) => [basePrefix + id, absolute(source, url)]),
    ),
    layers: layers.filter(isRecord).map((layer) => ({
      ...layer,
      id: `${basePrefix}${String(layer['id'])}`,
      ...(typeof layer['source'] === 'string' && { source: basePrefix + layer['source'] }),
    })),
  };
  return isStyle(style) ? style : plainFail();
}

/** MapLibre checks a style's details itself and reports what it does not know. */
const isStyle = (value: unknown): value is StyleSpecification => isRecord(value) && value['version'] === 8;
function plainFail(): never {
  throw new BaseTrouble('malformed');
}

/** An address that no longer depends on where its style lies; its `{z}` stays as it is. */
const whole = (url: unknown, at: string): unknown =>
  typeof url === 'string' ? decodeURI(new URL(url, new URL(at, document.baseURI)).href) : url;

function absolute(source: unknown, at: string): unknown {
  if (!isRecord(source)) return source;
  const { url, tiles, data } = source;
  return {
    ...source,
    ...(typeof url === 'string' && { url: whole(url, at) }),
    ...(typeof data === 'string' && { data: whole(data, at) }),
    ...(Array.isArray(tiles) && { tiles: tiles.map((tile) => whole(tile, at)) }),
  };
}

/** The style that draws a base map in the look of now. Throws BaseTrouble. */
export async function styleOf(base: BaseMap, look: Look): Promise<StyleSpecification> {
  const credit = base.attribution ?? '';
  if (base.kind === 'tianditu')
    return rasterStyle(look, base.tiles ?? [], credit || '© 天地图 · 国家地理信息公共服务平台');
  const url = base.url ?? '';
  const shifted = shiftOf(hostOf(url) ?? '');
  if (shifted) throw new BaseTrouble(shifted);
  if (base.kind === 'style') return foreignStyle(url);
  const { pmtilesStyle } = await import('./base-pmtiles.ts');
  return pmtilesStyle(url, look, credit);
}
