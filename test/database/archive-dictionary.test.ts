import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { makeArchive, quarter } from '../fixtures/archive.ts';
import { makeWorld, world } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

const { people } = world;
const { lane } = world.courtyard;
const Field = v.looseObject({ code: v.string(), version: v.number(), type: v.string() });
const prove = process.env['PROVE'] === '1';

/** A change that an administrator may make to a field, sensible or not. */
const change = fc.record(
  {
    name: fc.constantFrom('改名', '又改名', '户数（新口径）'),
    name_en: fc.constantFrom('Renamed', 'Renamed again'),
    unit: fc.constantFrom('个', '户', null),
    type: fc.constantFrom('count', 'number', 'share', 'year', 'flag', 'text', 'phone', 'choice'),
    options: fc.constant([
      { code: 'a', name: '甲', name_en: 'A' },
      { code: 'b', name: '乙', name_en: 'B' },
    ]),
    low: fc.constantFrom(null, 0, 50, -5),
    high: fc.constantFrom(null, 10, 100, 5000),
    every_months: fc.constantFrom(null, 1, 3, 12),
    active: fc.boolean(),
    on_map: fc.boolean(),
    module: fc.constantFrom('population', 'resources', 'services'),
    sensitivity: fc.constantFrom('public', 'staff', 'community', 'key_person'),
    formula: fc.constantFrom(null, ['+', 'registered', 'floating'], ['/', 'visited', 'households'], 'floors'),
  },
  { requiredKeys: [] },
);

eachEngine('the dictionary', (db) => {
  beforeAll(async () => {
    await makeWorld(db);
    await makeArchive(db);
  });
  const then = () => db.rpc(people.west, 'profile_at', { courtyard_id: lane, quarter: '2026Q3' });
  const definition = async (code: string) =>
    v.parse(Field, await db.value('select to_jsonb(f) from public.archive_fields f where code = $1', [code]));

  it('is changed by the administrator, version by version, with its history', async () => {
    const field = await definition('households');
    const renamed = { ...field, name: '住户数', every_months: 6 };
    await expectError(db.rpc(people.west, 'save_field', { field: renamed, version: 1 }), 'admin_only', 403);
    expect(await db.rpc(people.admin, 'save_field', { field: renamed, version: 1 })).toEqual({
      code: 'households',
      version: 2,
    });
    await expectError(
      db.rpc(people.admin, 'save_field', { field: renamed, version: 1 }),
      'stale_setting',
      409,
    );
    await expectError(db.rpc(people.admin, 'save_field', { field: renamed }), 'code_taken', 409);
    expect(await db.rpc(people.west, 'field_history', { code: 'households' })).toMatchObject([
      { version: 2, definition: { name: '住户数' } },
      { version: 1, definition: { name: '户数' } },
    ]);
    expect(await db.rpc(people.leader, 'settings_history', { what: 'field' })).toMatchObject([
      { key: 'households' },
    ]);
  });

  it('lets no field go that something rests on', async () => {
    const floors = await definition('floors');
    expect(
      await expectError(
        db.rpc(people.admin, 'save_field', { field: { ...floors, active: false }, version: floors.version }),
        'field_in_use',
        409,
      ),
    ).toMatchObject({ labels: ['高层无电梯'] });
    const part = await definition('registered');
    expect(
      await expectError(
        db.rpc(people.admin, 'save_field', {
          field: { ...part, sensitivity: 'key_person' },
          version: part.version,
        }),
        'field_in_use',
        409,
      ),
    ).toMatchObject({ fields: expect.arrayContaining(['常住人口']) });
    await expectError(
      db.query(`delete from public.archive_fields where code = 'floors'`),
      'history_is_final',
      403,
    );
  });

  it('refuses a derived field that would say more than its parts may', async () => {
    const field = {
      code: 'peek',
      module: 'population',
      name: '独居率',
      name_en: 'Alone',
      type: 'share',
      sensitivity: 'staff',
      source: '计算',
      owner: '社区',
      formula: ['/', 'living_alone', 'households'],
    };
    await expectError(db.rpc(people.admin, 'save_field', { field }), 'formula_malformed', 422);
    for (const formula of [
      'nothing',
      ['^', 'floors', 2],
      ['+', 'floors'],
      ['+', 'floors', 'residents'],
      { a: 1 },
      ['+', "floors' or '1", 1],
    ])
      await expectError(
        db.rpc(people.admin, 'save_field', { field: { ...field, formula } }),
        'formula_malformed',
        422,
      );
    await db.rpc(people.admin, 'save_field', { field: { ...field, sensitivity: 'key_person' } });
    expect(
      await db.value(`select facts -> 'peek' from private.archives where courtyard_id = $1`, [lane]),
    ).toBe(2295.575);
  });

  it('asks again what it cannot hold any more, and keeps it where it was true', async () => {
    const before = await then();
    const gas = await definition('piped_gas');
    const label = await db.value(`select version from public.labels where code = 'no_gas'`);
    await db.rpc(people.admin, 'save_label', {
      label: {
        code: 'no_gas',
        group: 'building',
        name: '未通管道气',
        name_en: 'No piped gas',
        active: false,
      },
      version: label,
    });
    const options = [
      { code: 'full', name: '全通', name_en: 'All' },
      { code: 'none', name: '未通', name_en: 'None' },
    ];
    await db.rpc(people.admin, 'save_field', {
      field: { ...gas, type: 'choice', options },
      version: gas.version,
    });
    expect(
      await db.value(`select facts ? 'piped_gas' from private.archives where courtyard_id = $1`, [lane]),
    ).toBe(false);
    const form = JSON.stringify(await db.rpc(people.west, 'round_form', { courtyard_id: lane }));
    expect(form).toMatch(/"due": ?true,[^{}]*"code": ?"piped_gas"|"code": ?"piped_gas"/);
    expect(await then()).toEqual(before);
  });

  it('keeps every earlier quarter readable as it was, whatever is changed', async () => {
    const before = await then();
    const codes = await db.query('select code from public.archive_fields order by code');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codes.map(({ code }) => String(code))),
        change,
        async (code, changed) => {
          const field = await definition(code);
          const outcome = await db
            .rpc(people.admin, 'save_field', { field: { ...field, ...changed }, version: field.version })
            .then(
              () => 'saved',
              (error: unknown) => String(Reflect.get(Object(error), 'code')),
            );
          // saved, or refused with a reason; never an error of the database's own
          expect(outcome).toMatch(/^(saved|PT4\d\d)$/);
          expect(await then()).toEqual(before);
          await db.rpc(people.west, 'courtyard_facts', { topic: 'area:2' });
          await db.rpc(people.west, 'round_form', { courtyard_id: lane });
        },
      ),
      { numRuns: prove ? 400 : 40 },
    );
  });

  it('still lets a round be finished after all that', async () => {
    const form = JSON.parse(
      JSON.stringify(await db.rpc(people.west, 'round_form', { courtyard_id: lane })),
    ) as { modules: { code: string; fields: { code: string; formula: unknown }[] }[] };
    // Also what is not due: after such changes its old values may not fit together with what is unknown now.
    const asked = form.modules.flatMap(({ fields }) => fields).filter(({ formula }) => formula === null);
    const values = Object.fromEntries(asked.map(({ code }) => [code, { value: null, base: 0 }]));
    const draft = (await db.rpc(people.west, 'save_draft', { courtyard_id: lane, quarter, values })) as {
      version: number;
    };
    const submitted = (await db.rpc(people.west, 'submit_profile', {
      courtyard_id: lane,
      quarter,
      version: draft.version,
    })) as { version: number };
    expect(
      await db.rpc(people.street, 'confirm_profile', {
        courtyard_id: lane,
        quarter,
        version: submitted.version,
      }),
    ).toMatchObject({ state: 'confirmed' });
  });
});
