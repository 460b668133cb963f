/** The base maps a street can choose besides the built-in one. */

export const baseKinds = ['style', 'pmtiles', 'tianditu'] as const;
export type BaseKind = (typeof baseKinds)[number];

/** Layers of 天地图: vector, imagery, terrain. */
export const tiandituLayers = ['vec', 'img', 'ter'] as const;
export type TiandituLayer = (typeof tiandituLayers)[number];

/** What coordinates are in. GCJ-02 and BD-09 are shifted against WGS-84 by some 500 m. */
export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
export type Datum = (typeof datums)[number];
export type ShiftedDatum = 'gcj02' | 'bd09';

export interface BaseMap {
  id: number;
  name: string;
  name_en: string | null;
  kind: BaseKind;
  /** Of the style or the PMTiles file; null for 天地图. */
  url: string | null;
  layer: TiandituLayer | null;
  /** 天地图's browser key. */
  key: string | null;
  /** Hosts a style needs besides its own. */
  hosts: string[];
  attribution: string | null;
  active: boolean;
  version: number;
  /** 天地图's addresses of tiles, the picture's and the names'. */
  tiles: string[][] | null;
}

/** What is sent to save a base map; `id` null adds one. */
export type BaseForm = Omit<BaseMap, 'id' | 'version' | 'tiles'> & { id: number | null; datum: Datum };

/** Services whose tiles are shifted; the database keeps the same list and has the last word. */
const shiftedHosts: Readonly<Record<ShiftedDatum, readonly string[]>> = {
  gcj02: [
    'autonavi.com',
    'amap.com',
    'gaode.com',
    'gtimg.com',
    'qq.com',
    'google.cn',
    'gstatic.cn',
    'sogou.com',
    'geoq.cn',
    'mapbar.com',
  ],
  bd09: ['baidu.com', 'bdimg.com', 'bdstatic.com'],
};

/** The datum a host's maps are shifted in; null when it is not known for that. */
export function shiftOf(host: string): ShiftedDatum | null {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const known = (datum: ShiftedDatum): boolean =>
    shiftedHosts[datum].some((one) => name === one || name.endsWith(`.${one}`));
  if (known('gcj02')) return 'gcj02';
  return known('bd09') ? 'bd09' : null;
}

/** The host, with its port, of an https address without a user name; null for anything else. */
export const hostOf = (url: string): string | null =>
  /^https:\/\/([a-z0-9.-]+(?::\d{1,5})?)(?:\/\S*)?$/i.exec(url)?.[1]?.toLowerCase() ?? null;

/** What is wrong with an address: shifted coordinates, or no address at all; null when it can be tried. */
export function addressFault(kind: BaseKind, url: string): ShiftedDatum | 'malformed' | null {
  if (kind === 'pmtiles' && /^\/[^/\s]\S{0,200}$/.test(url)) return null;
  const host = hostOf(url);
  return host === null || url.length > 400 ? 'malformed' : shiftOf(host);
}

/** True for the name of a host, with a port or without. */
export const isHost = (host: string): boolean =>
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(:\d{1,5})?$/.test(host);

/** True for what 天地图 issues as a browser key. */
export const isTiandituKey = (key: string): boolean => /^[0-9a-zA-Z]{16,64}$/.test(key);

const addresses = (value: unknown): string[] => {
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addresses) : [];
};

/** Every host a style fetches from: its sources and icons; letters are drawn from local fonts. `at`: the style's own address. */
export function hostsOfStyle(style: Readonly<Record<string, unknown>>, at: string): string[] {
  const fetched = addresses([style['sources'], style['sprite']]);
  const own = hostOf(at);
  return [...new Set(fetched.flatMap((url) => /^https?:\/\/([^/]+)/i.exec(url)?.[1]?.toLowerCase() ?? []))]
    .filter((host) => host !== own && !/[{}]/.test(host))
    .sort();
}
