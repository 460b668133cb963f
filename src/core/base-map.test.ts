import { describe, expect, it } from 'vitest';
import { baseAddresses } from '../../test/fixtures/base-maps.ts';
import { addressFault, hostsOfStyle, isHost, isTiandituKey, shiftOf } from './base-map.ts';

describe('the address of a base map', () => {
  it.each(baseAddresses)('%s %s: %s', (kind, url, said) => {
    expect(addressFault(kind, url)).toBe(said);
  });

  it('is no shifted one for sounding like it', () => {
    expect(shiftOf('notamap.com')).toBeNull();
    expect(shiftOf('amap.com.example.cn')).toBeNull();
    expect(shiftOf('RT1.map.gtimg.com:443')).toBe('gcj02');
  });
});

it('a style names the hosts it needs besides its own', () => {
  const style = {
    sources: {
      a: { type: 'vector', url: 'https://tiles.example.cn/a.json' },
      b: { type: 'raster', tiles: ['https://b1.example.org/{z}/{x}/{y}.png', '/local/{z}.png'] },
      c: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, attribution: '© someone' },
    },
    glyphs: 'https://fonts.example.net/{fontstack}/{range}.pbf',
    sprite: [{ id: 'x', url: 'https://icons.example.net/x' }],
    layers: [{ id: 'l', metadata: { see: 'https://elsewhere.example' } }],
  };
  expect(hostsOfStyle(style, 'https://tiles.example.cn/style.json')).toEqual([
    'b1.example.org',
    'icons.example.net',
  ]);
});

it('a host is a name, not a pattern and not an address', () => {
  expect(['a.example.cn', 'a-b.example.cn:8443'].every(isHost)).toBe(true);
  expect(['*.example.cn', 'https://a.cn', 'a', "a.cn 'unsafe-inline'", 'a.cn;', ''].some(isHost)).toBe(false);
});

it('a key of 天地图 is letters and digits', () => {
  expect(isTiandituKey('0123456789abcdef0123456789abcdef')).toBe(true);
  expect(isTiandituKey('short')).toBe(false);
});
