import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedSupabase, type EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { readArguments } from '../../supabase/import/arguments.ts';
import { httpTarget } from '../../supabase/import/http-target.ts';
import { importFile } from '../../supabase/import/run.ts';
import { temporaryFolder } from './harness.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
const seedDir = join(folder.path, 'seed');
const dataDir = join(folder.path, 'data');

// With as many corners as a real boundary has, so that it comes compressed.
const square = (west: number, east: number) =>
  `extensions.st_multi(extensions.st_segmentize(extensions.st_makeenvelope(${west}, 30.66, ${east}, 30.67, 4326), 0.0005))`;

const street = `
  insert into public.areas (id, code, level, name, parent_id, boundary) values
    (1, 'street', 'street', '少城街道', null, ${square(104.05, 104.07)}),
    (2, 'west', 'community', '西社区', 1, ${square(104.05, 104.06)}),
    (3, 'east', 'community', '东社区', 1, ${square(104.06, 104.07)}),
    (4, 'w1', 'grid', '西一网格', 2, ${square(104.05, 104.06)}),
    (5, 'e1', 'grid', '东一网格', 3, ${square(104.06, 104.07)});`;

interface Printed {
  code: number;
  out: string;
  err: string;
}

/** `npm run import -- courtyards …` as a person runs it, with what it printed and its exit code. */
function run(words: string[], env: Record<string, string> = {}): Promise<Printed> {
  const script = [join(root, 'supabase/embedded/run.mjs'), 'supabase/import/main.ts', 'courtyards', ...words];
  const options = {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, DEMO: '0', DATABASE_URL: '', ...env },
  };
  return new Promise((done) => {
    const child = execFile(process.execPath, script, options, (_, out, err) =>
      done({ code: child.exitCode ?? 1, out, err }),
    );
  });
}

/** The same against a running server, without a process of its own. */
async function take(server: EmbeddedSupabase, words: string[]): Promise<{ code: number; out: string }> {
  const wanted = readArguments(['courtyards', ...words]);
  if (wanted === 'usage') throw new Error('usage');
  const lines: string[] = [];
  const fine = await importFile(wanted, httpTarget(server.url, server.serviceKey), (line) =>
    lines.push(line),
  );
  return { code: fine ? 0 : 1, out: lines.join('\n') };
}

const fixture = (name: string) => join(root, 'test/fixtures/import', name);

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

describe('npm run import', () => {
  let server: EmbeddedSupabase;
  const yards = () =>
    server.query(
      'select name, address, extensions.st_x(point) as lng from public.courtyards order by address',
    );
  const url = () => ['--url', server.url];
  const start = () =>
    startEmbeddedSupabase({
      dataDir,
      seedDir,
      port: 0,
      site: null,
      cacheDir: join(root, '.cache'),
      demo: false,
    });

  beforeAll(async () => {
    mkdirSync(seedDir);
    writeFileSync(join(seedDir, '20_street.sql'), street);
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  it('takes a ledger into a running server and changes nothing the second time', async () => {
    const first = await run([fixture('ledger-gb18030.csv'), ...url()]);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('未使用的列：序号');
    expect(first.out).toContain('新增 3，更新 0，不变 0，拒绝 0。');
    const before = await server.query('select * from public.courtyards order by id');
    const second = await take(server, [fixture('ledger-utf8.csv'), '--lang', 'en']);
    expect(second.out).toContain('0 added, 0 changed, 3 same, 0 refused.');
    expect(await server.query('select * from public.courtyards order by id')).toEqual(before);
  });

  it('writes nothing when one row is refused, and reports every row', async () => {
    const report = join(folder.path, 'report.csv');
    const before = await server.query('select * from public.courtyards order by id');
    const refused = await take(server, [fixture('yards.geojson'), '--report', report]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('拒绝 第 5 行 戊院：没有坐标或边界');
    expect(refused.out).toContain('什么都没有写入');
    expect(readFileSync(report, 'utf8').trim().split('\r\n')).toHaveLength(8);
    expect(await server.query('select * from public.courtyards order by id')).toEqual(before);
  });

  it('says which coordinate system would fit, and takes it', async () => {
    // The corners of the street as 高德 shows them: read as WGS-84, two of them lie outside.
    const corners = file(
      'amap.csv',
      '名称,地址,经度,纬度\n角一,角街1号,104.0530,30.6582\n角二,角街2号,104.0720,30.6580\n角三,角街3号,104.0530,30.6670\n角四,角街4号,104.0718,30.6668\n',
    );
    const wrong = await take(server, [corners, '--lang', 'en']);
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('Read as gcj02, 4 of 4 lie inside the street (now 1). Try --crs gcj02');
    const dry = await take(server, [corners, '--crs', 'gcj02', '--dry-run']);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain('试运行：什么都没有写入。');
    expect(await take(server, [corners, '--crs', 'gcj02'])).toMatchObject({ code: 0 });
    expect(await yards()).toContainEqual(
      expect.objectContaining({ name: '角二', lng: expect.closeTo(104.0695, 3) }),
    );
  });

  it('says so when the server is elsewhere, away, or the key is wrong', async () => {
    const away = { PORT: '9' };
    expect((await run([fixture('book.xlsx')], away)).err).toContain('请用 --url 给出它的地址');
    expect((await run([fixture('book.xlsx'), '--url', 'http://127.0.0.1:9'])).err).toContain('连不上');
    expect((await run([fixture('book.xlsx'), ...url(), '--key', 'wrong'])).err).toContain(
      '服务拒绝了请求（401）',
    );
    expect(await run(['nothing.csv', '--lang', 'en'])).toMatchObject({
      code: 2,
      err: 'no such file: nothing.csv\n',
    });
  });

  it('opens the database itself when no server runs, and gives it back', async () => {
    await server.stop();
    const alone = await run([fixture('book.xlsx')]);
    server = await start();
    expect(alone.out).toContain('更新 0，不变 0');
    expect(alone.code).toBe(1);
    expect(alone.out).toContain('与另一院落同址或重叠');
  });
});
