import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSource } from './read.ts';
import { isSaid } from './words.ts';

const fixture = (name: string) => resolve(import.meta.dirname, '../../test/fixtures/import', name);
const folder = mkdtempSync(join(tmpdir(), 'courtyard-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a street’s ledger as Excel in China saves it', () => {
  it.each(['ledger-utf8.csv', 'ledger-utf8-bom.csv', 'ledger-gb18030.csv'])('reads %s', async (name) => {
    const { rows, unused } = await readSource(fixture(name));
    expect(rows.map(({ row, text }) => [row, text.name, text.community])).toEqual([
      [4, '东胜街院', '西社区'],
      [5, '过街楼院（南,北）', '西'],
      [7, '井巷院', '东社区'],
    ]);
    expect(rows[2]?.place).toEqual({ type: 'Point', coordinates: [104.0651, 30.6653] });
    expect(unused).toEqual(['序号']);
  });

  it('reads a workbook with both coordinates in one cell', async () => {
    const { rows } = await readSource(fixture('book.xlsx'));
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual({
      row: 3,
      text: { name: '过街楼院', address: '过街楼街5号', community: '西社区', kind: '', code: '2' },
      place: { type: 'Point', coordinates: [104.0571, 30.6652] },
    });
  });

  it('reads well-known text between tabs, and says which text is none', async () => {
    const { rows, unused } = await readSource(fixture('english.tsv'));
    expect(rows.map(({ place }) => ('reason' in place ? place.reason : place.type))).toEqual([
      'Polygon',
      'MultiPolygon',
      'geometry_kind',
      'geometry_wkt',
    ]);
    expect(rows[1]?.place).toMatchObject({
      coordinates: [
        [
          [
            [104.056, 30.664],
            [104.058, 30.664],
            [104.058, 30.666],
            [104.056, 30.664],
          ],
        ],
      ],
    });
    expect(unused).toEqual(['Remark']);
  });
});

describe('GeoJSON', () => {
  it('reads points and polygons and says what a feature lacks', async () => {
    const { rows, unused } = await readSource(fixture('yards.geojson'));
    expect(rows.map(({ place }) => ('reason' in place ? place.reason : place.type))).toEqual([
      'Polygon',
      'MultiPolygon',
      'Point',
      'geometry_kind',
      'geometry_missing',
      'Polygon',
      'feature_malformed',
    ]);
    expect(rows[0]?.text).toEqual({ name: '甲院', address: '甲街1号', community: '西社区' });
    expect(unused).toEqual(['备注']);
  });

  it('takes CGCS2000 degrees and refuses projected metres', async () => {
    const named = (name: string) =>
      file(
        'named.json',
        JSON.stringify({
          type: 'FeatureCollection',
          crs: { type: 'name', properties: { name } },
          features: [{ type: 'Feature', properties: {}, geometry: null }],
        }),
      );
    await expect(readSource(named('urn:ogc:def:crs:EPSG::4490'))).resolves.toMatchObject({
      rows: [{ row: 1 }],
    });
    await expect(readSource(named('urn:ogc:def:crs:EPSG::3857'))).rejects.toMatchObject({
      code: 'file_projected',
    });
  });
});

describe('a file that can not be read says why', () => {
  const cases: [string, string | Uint8Array | null, string][] = [
    ['away.csv', null, 'file_missing'],
    ['empty.csv', '', 'file_empty'],
    ['only-headings.csv', '名称,地址\n', 'file_empty'],
    ['prose.txt', '今天下雨\n明天也下雨\n', 'headings_missing'],
    ['broken.geojson', '{"type":', 'file_not_json'],
    ['other.json', '{"type":"Topology"}', 'file_not_geojson'],
    ['renamed.xlsx', 'name,address\n', 'file_not_xlsx'],
    ['old.xls', 'x', 'file_old_excel'],
    ['scan.pdf', 'x', 'file_kind'],
    ['noise.csv', Uint8Array.from([0x41, 0xff, 0xff, 0x80, 0x0a]), 'file_encoding'],
    ['quote.csv', '名称,地址\n"甲院,甲街\n', 'file_not_csv'],
  ];
  it.each(cases)('%s', async (name, content, code) => {
    const path = content === null ? join(folder, name) : file(name, content);
    await expect(readSource(path)).rejects.toMatchObject({ code });
    expect(isSaid(code)).toBe(true);
  });
});
