import * as fc from 'fast-check';
import gcoord from 'gcoord';
import { describe, expect, it } from 'vitest';
import { checkRows } from './check.ts';
import { hintForCrs } from './hint.ts';
import { insideOf } from './inside.ts';
import type { Geometry, Refusal, SourceRow } from './source.ts';
import { isSaid } from './words.ts';

const street = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [104.05, 30.66],
      [104.07, 30.66],
      [104.07, 30.67],
      [104.05, 30.67],
      [104.05, 30.66],
    ],
  ],
};
const inside = insideOf(street);
const point = (lng: number, lat: number): Geometry => ({ type: 'Point', coordinates: [lng, lat] });

let made = 0;
function row(
  over: Partial<SourceRow['text']> = {},
  place: Geometry | Refusal = point(104.06, 30.665),
): SourceRow {
  made += 1;
  return { row: made, text: { name: '院', address: `街${made}号`, ...over }, place };
}

function reasonOf(one: SourceRow, crs: 'wgs84' | 'gcj02' = 'wgs84'): string | undefined {
  const { refused } = checkRows({ rows: [one], unused: [] }, crs, inside.shape);
  const reason = refused[0]?.reason;
  expect(reason === undefined || isSaid(reason)).toBe(true);
  return reason;
}

describe('a row is refused with its reason', () => {
  const cases: [string, SourceRow][] = [
    ['name_missing', row({ name: ' \u200b ' })],
    ['address_missing', row({ address: '' })],
    ['name_too_long', row({ name: '院'.repeat(81) })],
    ['address_too_long', row({ address: '街'.repeat(121) })],
    ['kind_unknown', row({ kind: '城堡' })],
    ['geometry_missing', row({}, { reason: 'geometry_missing' })],
    ['geometry_numbers', row({}, point(Number.NaN, 30))],
    ['geometry_empty', row({}, { type: 'MultiPolygon', coordinates: [] })],
    [
      'geometry_corners',
      row(
        {},
        {
          type: 'Polygon',
          coordinates: [
            [
              [104, 30],
              [104, 30],
              [105, 31],
              [104, 30],
            ],
          ],
        },
      ),
    ],
    ['coordinates_swapped', row({}, point(30.665, 104.06))],
    ['coordinates_not_degrees', row({}, point(11_583_500, 3_588_000))],
    ['outside_street', row({}, point(104.2, 30.665))],
  ];
  it.each(cases)('%s', (reason, one) => expect(reasonOf(one)).toBe(reason));

  it('names the row it repeats, by address in any width or by code', () => {
    const rows = [
      row({ address: '井巷子7号' }),
      row({ address: '井巷子７号' }),
      row({ code: 'A' }),
      row({ code: 'A' }),
    ];
    const { good, refused } = checkRows({ rows, unused: [] }, 'wgs84', null);
    expect(good).toHaveLength(2);
    expect(refused.map(({ reason, detail }) => [reason, detail?.['row']])).toEqual([
      ['duplicate_in_file', rows[0]?.row],
      ['duplicate_in_file', rows[2]?.row],
    ]);
  });
});

describe('a good row', () => {
  it('is cleaned, its kind named by code, its ring closed and flat', () => {
    const corners = [
      [104.055, 30.662, 500],
      [104.056, 30.662, 500],
      [104.056, 30.663, 500],
    ];
    const one = row(
      { name: ' 东胜\n街院 ', kind: '单位宿舍', code: 'X1' },
      { type: 'Polygon', coordinates: [corners] },
    );
    expect(checkRows({ rows: [one], unused: [] }, 'wgs84', inside.shape).good).toMatchObject([
      {
        name: '东胜 街院',
        kind: 'danwei',
        external_id: 'X1',
        geometry: {
          coordinates: [
            [
              [104.055, 30.662],
              [104.056, 30.662],
              [104.056, 30.663],
              [104.055, 30.662],
            ],
          ],
        },
      },
    ]);
  });

  it('is converted from 高德’s and 百度’s coordinates to within two metres', () => {
    const twoMetres = 2 / 111_320;
    const runs = { numRuns: process.env['PROVE'] ? 20_000 : 200 };
    fc.assert(
      fc.property(
        fc.double({ min: 104.051, max: 104.069, noNaN: true }),
        fc.double({ min: 30.661, max: 30.669, noNaN: true }),
        fc.constantFrom('gcj02' as const, 'bd09' as const),
        (lng, lat, crs) => {
          const there = gcoord.transform(
            [lng, lat],
            gcoord.WGS84,
            crs === 'bd09' ? gcoord.BD09 : gcoord.GCJ02,
          );
          const { good } = checkRows(
            { rows: [row({}, { type: 'Point', coordinates: there })], unused: [] },
            crs,
            inside.shape,
          );
          const back = good[0]?.geometry.coordinates;
          expect(Math.abs(Number(back?.[0]) - lng)).toBeLessThan(twoMetres);
          expect(Math.abs(Number(back?.[1]) - lat)).toBeLessThan(twoMetres);
        },
      ),
      runs,
    );
  });
});

describe('the hint about coordinate systems', () => {
  const corners = [
    [104.051, 30.661],
    [104.069, 30.661],
    [104.051, 30.669],
    [104.069, 30.669],
  ];
  const as = (system: typeof gcoord.GCJ02 | typeof gcoord.BD09) =>
    corners.map(([lng = 0, lat = 0]) => {
      const [x, y] = gcoord.transform([lng, lat], gcoord.WGS84, system);
      return point(x ?? 0, y ?? 0);
    });

  it('finds the system under which all lie inside', () => {
    expect(hintForCrs(as(gcoord.GCJ02), 'wgs84', inside.position)).toMatchObject({
      crs: 'gcj02',
      instead: 4,
      of: 4,
    });
    expect(hintForCrs(as(gcoord.BD09), 'wgs84', inside.position)).toMatchObject({ crs: 'bd09', instead: 4 });
  });

  it('is silent when no other system does better', () => {
    expect(hintForCrs([point(100, 20)], 'wgs84', inside.position)).toBeNull();
    expect(
      hintForCrs(
        corners.map(([x = 0, y = 0]) => point(x, y)),
        'wgs84',
        inside.position,
      ),
    ).toBeNull();
  });
});
