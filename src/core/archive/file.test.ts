import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dictionary, yardRows } from '../../../test/fixtures/archive-values.ts';
import { readFile, writeCsv } from './file.ts';
import { writeGeoJson } from './geojson.ts';
import { changesOf } from './import.ts';
import { writeXlsx } from './xlsx.ts';

const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.arrayBuffer());
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
const cases = process.env['PROVE'] === '1' ? 400 : 12;

it.each([
  ['CSV', async (yards, english) => utf8(writeCsv(dictionary, yards, english))],
  [
    'XLSX',
    async (yards, english) => bytesOf(await writeXlsx({ fields: dictionary, yards, english, mark: '演示' })),
  ],
  [
    'GeoJSON',
    async (yards) =>
      utf8(
        writeGeoJson(
          dictionary,
          yards.map((yard) => ({ ...yard, point: [104, 30] as const })),
          '演示',
        ),
      ),
  ],
] satisfies [
  string,
  (yards: Parameters<typeof writeCsv>[1], english: boolean) => Promise<Uint8Array<ArrayBuffer>>,
][])('exported as %s and imported again, nothing changes', async (_name, write) => {
  await fc.assert(
    fc.asyncProperty(yardRows(dictionary), fc.boolean(), async (yards, english) => {
      const report = await readFile(await write(yards, english), dictionary, yards);
      expect(report).toMatchObject({ readable: true, cells: [], rows: [], columns: [], yards: yards.length });
    }),
    { numRuns: cases },
  );
});

it.each(['constructor', '__proto__', 'toString'])('a remark “%s” breaks no workbook', async (remark) => {
  const yards = [{ code: '1', name: '东胜街23号院', address: remark, values: { remark } }];
  const file = await bytesOf(await writeXlsx({ fields: dictionary, yards, english: false, mark: '演示' }));
  const report = await readFile(file, dictionary, yards);
  expect(report).toMatchObject({ readable: true, cells: [], rows: [], columns: [], yards: 1 });
});

it('takes what was changed in a workbook, and tells what somebody changed here meanwhile', async () => {
  const yards = [
    { code: '1', name: '东胜街23号院', address: 'a', values: { households: 100, residents: 250, gas: true } },
  ];
  const csv = writeCsv(dictionary, yards).replace('100,250', '105,260');
  const report = await readFile(utf8(csv), dictionary, yards);
  expect(report && changesOf(report)).toEqual([
    { yard: '1', field: 'households', before: 100, after: 105 },
    { yard: '1', field: 'residents', before: 250, after: 260 },
  ]);
});
