import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { makeArchive } from '../fixtures/archive.ts';
import { makeWorld, world } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

const { people } = world;
const prove = process.env['PROVE'] === '1';
const Export = v.object({
  watermark: v.string(),
  capped: v.boolean(),
  columns: v.array(v.object({ code: v.string(), derived: v.boolean() })),
  rows: v.array(v.array(v.unknown())),
});
const Report = v.object({
  written: v.boolean(),
  changed: v.number(),
  same: v.number(),
  refused: v.number(),
  cells: v.array(
    v.object({ code: v.nullable(v.string()), outcome: v.string(), reason: v.nullish(v.string()) }),
  ),
});

eachEngine('files of the archive', (db) => {
  beforeAll(async () => {
    await makeWorld(db);
    await makeArchive(db);
  });
  const exported = async (actor = people.west, topic = 'area:2') =>
    v.parse(Export, await db.rpc(actor, 'export_archive', { topic, purpose: '上级要数' }));
  const take = async (rows: unknown, dry_run = false) =>
    v.parse(Report, await db.rpc(people.west, 'import_profiles', { rows, dry_run }));
  const drafts = () => db.query('select courtyard_id, code, value from private.drafts order by 1, 2');
  const rowsOf = ({ columns, rows }: v.InferOutput<typeof Export>) =>
    rows.map((cells, n) => ({
      row: n + 2,
      courtyard: cells[0],
      values: Object.fromEntries(columns.map(({ code }, k) => [code, cells[4 + k]])),
    }));

  it('leave masked, with a watermark, and are logged with their purpose', async () => {
    const file = await exported();
    expect(file.watermark).toContain('西社区员');
    expect(file.watermark).toContain('上级要数');
    expect(JSON.stringify(file.rows)).toContain('91823');
    expect(
      JSON.stringify(await exported({ ...people.works } as typeof people.west, 'department:1')),
    ).not.toContain('91823');
    await expectError(
      db.rpc(people.west, 'export_archive', { topic: 'area:2', purpose: ' ' }),
      'field_missing',
      422,
    );
    await expectError(
      db.rpc(people.west, 'export_archive', { topic: 'area:3', purpose: '看' }),
      'topic_not_allowed',
      403,
    );
    await expectError(db.rpc(people.west, 'export_log'), 'admin_only', 403);
    expect(await db.rpc(people.leader, 'export_log')).toMatchObject([
      { topic: 'department:1' },
      { topic: 'area:2', purpose: '上级要数', by: '西社区员', yards: 2 },
    ]);
  });

  it('come back and change nothing', async () => {
    const report = await take(rowsOf(await exported()));
    expect(report).toMatchObject({ written: true, changed: 0, refused: 0, cells: [] });
    expect(await drafts()).toEqual([]);
  });

  it('are read as people type, tried first without being written', async () => {
    const rows = [
      {
        row: 2,
        courtyard: '小巷1号',
        values: {
          registered: '１,234',
          piped_gas: '否',
          committee: '已成立',
          police_phone: '028-86250000',
          households: '',
        },
      },
    ];
    expect(await take(rows, true)).toMatchObject({ written: false, changed: 4, refused: 0 });
    expect(await drafts()).toEqual([]);
    expect(await take(rows)).toMatchObject({ written: true, changed: 4 });
    expect(await drafts()).toEqual([
      { courtyard_id: 1, code: 'committee', value: 'elected' },
      { courtyard_id: 1, code: 'piped_gas', value: false },
      { courtyard_id: 1, code: 'police_phone', value: '028-86250000' },
      { courtyard_id: 1, code: 'registered', value: 1234 },
    ]);
    await db.query('delete from private.drafts');
  });

  it('are taken whole or not at all, with a reason for each cell', async () => {
    const rows = [
      {
        row: 2,
        courtyard: 'lane',
        values: { registered: '90', elderly_60: '很多', made_up: '1', residents: '3' },
      },
      { row: 3, courtyard: 'garden', values: { registered: '1' } },
      { row: 4, courtyard: 'lane', values: {} },
      { row: 5, courtyard: 'gate', values: [] },
    ];
    const report = await take(rows);
    expect(report).toMatchObject({ written: false, changed: 1, same: 1, refused: 5 });
    expect(report.cells.map(({ code, reason }) => [code, reason])).toEqual(
      expect.arrayContaining([
        ['elderly_60', 'value_refused'],
        ['made_up', 'field_unknown'],
        [null, 'courtyard_unknown'],
        [null, 'twice_in_file'],
        [null, 'row_malformed'],
      ]),
    );
    expect(await drafts()).toEqual([]);
    await expectError(db.rpc(people.street, 'import_profiles', { rows }), 'round_not_allowed', 403);
    await expectError(db.rpc(people.west, 'import_profiles', { rows: {} }), 'rows_malformed', 422);
  });

  it('damaged in any way change nothing, or only what their report says', async () => {
    const whole = rowsOf(await exported());
    const codes = Object.keys(whole[0]?.values ?? {});
    const damage = fc.record({
      row: fc.nat(1),
      code: fc.oneof(fc.constantFrom(...codes), fc.string({ maxLength: 12 })),
      value: fc.oneof(
        fc.string({ maxLength: 30 }),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constant([1]),
        fc.constant({ a: 1 }),
        fc.constantFrom('=1+1', "';--", '１２', '12%', '是', '\u0001'),
      ),
      courtyard: fc.oneof(fc.constant(null), fc.constant(null), fc.string({ maxLength: 8 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
        const rows = structuredClone(whole);
        for (const { row, code, value, courtyard } of damages) {
          const hit = rows[row];
          if (!hit) continue;
          if (courtyard === null)
            Object.assign(hit.values, {
              [code.replaceAll('\u0000', '')]:
                typeof value === 'string' ? value.replaceAll('\u0000', '') : value,
            });
          else hit.courtyard = courtyard.replaceAll('\u0000', '');
        }
        await db.query('delete from private.drafts');
        const report = await take(rows);
        const kept = await drafts();
        expect(kept.length).toBe(report.written ? report.changed : 0);
        expect(report.cells.filter(({ outcome }) => outcome === 'refused').length).toBe(report.refused);
        if (report.written)
          expect(kept.map(({ code }) => code).toSorted()).toEqual(
            report.cells.map(({ code }) => code).toSorted(),
          );
      }),
      { numRuns: prove ? 5000 : 20 },
    );
  });
});
