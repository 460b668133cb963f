import readXlsxFile from 'read-excel-file/universal';
import { expect, it } from 'vitest';
import { workbook } from './workbook.ts';

it('whatever residents wrote, the workbook can be read and runs nothing', async () => {
  const rows = [['constructor'], ['__proto__'], ['=1+1'], ['水管漏水'], ['水管漏水']];
  const file = await workbook('诉求', { head: ['事由'], rows }, '演示');
  const [sheet] = await readXlsxFile(await file.arrayBuffer());
  expect(sheet?.data.slice(2)).toEqual([
    ["'constructor"],
    ["'__proto__"],
    ["'=1+1"],
    ['水管漏水'],
    ['水管漏水'],
  ]);
});
