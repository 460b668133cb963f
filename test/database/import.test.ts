import { beforeAll, expect, it } from 'vitest';
import { makeWorld, people } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

const square = (west: number, south: number, size = 0.0005) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

const point = (lng: number, lat: number) => ({ type: 'Point', coordinates: [lng, lat] });

const newYards = [
  {
    row: 2,
    name: '新一院',
    address: '新街1号',
    community: '西社区',
    geometry: square(104.0505, 30.661),
    kind: 'danwei',
  },
  {
    row: 3,
    name: '新二院',
    address: '新街2号',
    community: 'east',
    geometry: square(104.062, 30.661),
    external_id: 'N2',
  },
  { row: 4, name: '新三院', address: '新街3号', community: '', geometry: point(104.068, 30.661) },
];

const bowTie = {
  type: 'Polygon',
  coordinates: [
    [
      [104.051, 30.668],
      [104.052, 30.669],
      [104.052, 30.668],
      [104.051, 30.669],
      [104.051, 30.668],
    ],
  ],
};

eachEngine('importing courtyards', (db) => {
  const take = (rows: unknown[], dry_run = false, who: Parameters<typeof db.rpc>[0] = 'service_role') =>
    db.rpc(who, 'import_courtyards', { rows, dry_run });
  const count = () => db.value('select count(*)::integer from public.courtyards');

  beforeAll(async () => {
    await makeWorld(db);
    // The importer serves the one street there is.
    await db.query(`update public.areas set level = 'district' where code = 'other'`);
  });

  it('says what would happen and writes nothing in a dry run', async () => {
    expect(await take(newYards, true)).toMatchObject({ added: 3, refused: 0, written: false });
    expect(await count()).toBe(4);
  });

  it('adds every row with its community, grid and kind', async () => {
    expect(await take(newYards)).toMatchObject({ added: 3, written: true });
    const rows = await db.query(
      `select name, community_id, grid_id, kind, geom is null as only_point, area_m2 > 0 as measured
       from public.courtyards where address like '新街%' order by address`,
    );
    expect(rows).toEqual([
      { name: '新一院', community_id: 2, grid_id: 4, kind: 'danwei', only_point: false, measured: true },
      { name: '新二院', community_id: 3, grid_id: 6, kind: 'yard', only_point: false, measured: true },
      { name: '新三院', community_id: 3, grid_id: 6, kind: 'yard', only_point: true, measured: null },
    ]);
  });

  it('changes nothing the second time', async () => {
    const before = await db.query('select * from public.courtyards order by id');
    expect(await take(newYards)).toMatchObject({ added: 0, changed: 0, same: 3, refused: 0 });
    expect(await db.query('select * from public.courtyards order by id')).toEqual(before);
  });

  it('knows a yard again by its code, though its address changed', async () => {
    const moved = { ...newYards[1], address: '新街2号附1号' };
    expect(await take([moved])).toMatchObject({ changed: 1, added: 0 });
    expect(await db.value(`select address from public.courtyards where code = 'N2'`)).toBe('新街2号附1号');
  });

  it.each<[string, Record<string, unknown>]>([
    ['name_missing', { name: '\u200b ' }],
    ['address_missing', { address: null }],
    ['kind_unknown', { kind: 'castle' }],
    ['community_unknown', { community: '北社区' }],
    ['geometry_bad', { geometry: bowTie }],
    ['geometry_bad', { geometry: { type: 'Polygon', coordinates: [[[1, 2]]] } }],
    [
      'geometry_bad',
      {
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [104.05, 30.66],
              [104.06, 30.66],
              [104.06, 30.67],
              [104.05, 30.67],
            ],
          ],
        },
      },
    ],
    ['geometry_bad', { geometry: { type: 'Polygon', coordinates: 'none' } }],
    [
      'geometry_bad',
      {
        geometry: {
          type: 'LineString',
          coordinates: [
            [104, 30],
            [105, 31],
          ],
        },
      },
    ],
    ['outside_street', { geometry: { type: 'Point', coordinates: ['east', 'north'] } }],
    ['geometry_bad', { geometry: { type: 'Point', coordinates: [11583500, 3588000] } }],
    ['geometry_bad', { geometry: null }],
    ['outside_street', { geometry: point(104.2, 30.665) }],
    ['duplicate', { geometry: point(104.052, 30.665) }],
  ])('refuses %s and then takes none of the file', async (reason, over) => {
    const before = await count();
    const bad = {
      row: 8,
      name: '坏院',
      address: '坏街1号',
      community: '西社区',
      geometry: point(104.0545, 30.669),
      ...over,
    };
    const fine = {
      row: 9,
      name: '好院',
      address: '好街1号',
      community: '',
      geometry: point(104.0695, 30.669),
    };
    const answer = await take([bad, fine]);
    expect(answer).toMatchObject({
      written: false,
      refused: 1,
      rows: [
        { row: 8, outcome: 'refused', reason },
        { row: 9, outcome: 'added', reason: null },
      ],
    });
    expect(await count()).toBe(before);
  });

  it('refuses two rows of one address, and two yards on one ground', async () => {
    const one = { row: 2, name: '甲', address: '同街1号', community: '', geometry: square(104.0681, 30.668) };
    expect(await take([one, { ...one, row: 3, geometry: point(104.0695, 30.669) }])).toMatchObject({
      rows: [{ reason: 'twice_in_file' }, { reason: 'twice_in_file' }],
    });
    expect(await take([one, { ...one, row: 3, address: '同街2号' }])).toMatchObject({
      rows: [{ outcome: 'added' }, { reason: 'duplicate', detail: { address: '同街1号' } }],
    });
  });

  it('is for the administrator and the service key alone', async () => {
    expect(await take(newYards, true, people.admin)).toMatchObject({ refused: 0 });
    for (const who of [people.west, people.street, people.leader, people.works, people.nobody])
      await expectError(take(newYards, true, who), 'import_not_allowed', 403);
    await expectDenied(take(newYards, true, 'anon'));
    await expectError(db.rpc('service_role', 'import_courtyards', { rows: {} }), 'rows_malformed', 422);
  });
});
