import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newKey, people, places, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;

eachEngine('reporting for someone', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-23T09:00:00+08:00');
  });

  const told = (over: object = {}) => ({
    courtyard_id: world.courtyard.lane,
    key: newKey(),
    what: '厨房漏水到楼下',
    name: '王小明',
    address: '3单元501',
    channel: 'counter',
    category: 'leak',
    ...over,
  });
  const reported = async (who: Who, over: object = {}) =>
    Object(await db.rpc(people[who], 'report_on_behalf', told(over)));
  const count = async () => Number(await db.value('select count(*)::int from public.issues'));

  it.each<[Who, string, object]>([
    ['gridWorker', '西一网格', { actor: 'grid_worker', by: '网格员甲' }],
    ['west', '西社区', { actor: 'community_staff', by: '西社区员' }],
    ['street', '少城街道', { actor: 'street_staff', by: '街道员' }],
  ])('acting as %s: it is logged with who took it and how', async (who, office, by) => {
    const sent = told({ channel: 'phone', phone: '13812345678' });
    const receipt = Object(await db.rpc(people[who], 'report_on_behalf', sent));
    expect(receipt).toMatchObject({ repeated: false, courtyard: '小巷院', holder: '西社区', photos: [] });
    const detail = Object(await db.rpc(people[who], 'issue_detail', { issue_id: receipt.issue_id }));
    expect(detail).toMatchObject({
      issue: { number: receipt.number, state: 'submitted', step: 'accept' },
      reporter: { name: '王**', phone: '138****5678' },
      events: [{ seq: 1, action: 'report', office, payload: { channel: 'phone' }, ...by }],
    });
    const story = await db.rpc('anon', 'track_issue', { key: sent.key });
    expect(story).toMatchObject({
      number: receipt.number,
      steps: [{ action: 'report', by: office, channel: 'phone' }],
    });
    expect(JSON.stringify(story)).not.toMatch(/网格员|社区员|街道员|王小明|13812345678/);
    expect(await faultsOf(db, [receipt.issue_id])).toEqual([]);
  });

  it('the resident follows it with the key they were handed, and has the last word', async () => {
    const sent = told();
    const { issue_id: id } = Object(await db.rpc(people.west, 'report_on_behalf', sent));
    await act(db, people.west, { id }, 'accept');
    await act(db, people.west, { id }, 'resolve', { done: '换了阀门' });
    expect(await db.rpc('anon', 'answer_issue', { key: sent.key, version: 3, answer: 'yes' })).toMatchObject({
      state: 'closed',
    });
  });

  it('sent again it is there once, and with other words it is refused', async () => {
    const sent = told();
    const first = await db.rpc(people.west, 'report_on_behalf', sent);
    const before = await count();
    expect(await db.rpc(people.west, 'report_on_behalf', sent)).toEqual({ ...Object(first), repeated: true });
    for (const change of [{ what: '别的事' }, { channel: 'visit' }, { courtyard_id: world.courtyard.gate }])
      await expectError(db.rpc(people.west, 'report_on_behalf', { ...sent, ...change }), 'key_reused', 409);
    expect(await count()).toBe(before);
  });

  it('two copies sent at once make one report', async () => {
    const before = await count();
    const sent = told();
    const both = await Promise.all([1, 2].map(() => db.rpc(people.west, 'report_on_behalf', sent)));
    expect(both.map((each) => Object(each).repeated).toSorted()).toEqual([false, true]);
    expect(await count()).toBe(before + 1);
  });

  it('keeps the pin, the photos and the place that were told', async () => {
    const receipt = await reported('west', { ...places.inGate, photos: 2, place: '厨房' });
    expect(receipt.photos).toHaveLength(2);
    const [row] = await db.query(
      'select place, extensions.st_x(point) as lng from public.issues where id = $1',
      [receipt.issue_id],
    );
    expect(row).toMatchObject({ place: '厨房', lng: places.inGate.lng });
  });

  it('begins where its category does: what a community must not hold begins at the street', async () => {
    expect(await reported('west', { category: 'illegal_building' })).toMatchObject({ holder: '少城街道' });
    expect(await reported('west', { category: undefined })).toMatchObject({ holder: '西社区' });
  });

  describe('is refused', () => {
    it.each<[Who, string, object?]>([
      ['east', 'courtyard_unknown'],
      ['gridWorkerEast', 'courtyard_unknown'],
      ['gridWorker', 'courtyard_unknown', { courtyard_id: 2 }],
      ['stranger', 'courtyard_unknown'],
      ['nobody', 'courtyard_unknown'],
      ['west', 'courtyard_unknown', { courtyard_id: 999 }],
      ['west', 'courtyard_unknown', { courtyard_id: null }],
      ['street', 'courtyard_unknown', { courtyard_id: 11 }],
      ['leader', 'report_not_allowed'],
      ['admin', 'report_not_allowed'],
      ['works', 'report_not_allowed'],
      ['works', 'courtyard_unknown', { courtyard_id: 11 }],
    ])('to %s: %s %j', async (who, code, over) => {
      const before = await count();
      await expectError(
        db.rpc(people[who], 'report_on_behalf', told(over)),
        code,
        code === 'courtyard_unknown' ? 404 : 403,
      );
      expect(await count()).toBe(before);
    });

    it.each([
      ['channel', null, 'field_missing'],
      ['channel', ' ', 'field_missing'],
      ['channel', 'letter', 'field_malformed'],
      ['channel', 'c'.repeat(21), 'field_too_long'],
      ['what', '　', 'field_missing'],
      ['name', '', 'field_missing'],
      ['address', '门'.repeat(101), 'field_too_long'],
      ['category', 'no_such', 'category_unknown'],
      ['photos', 7, 'too_many_photos'],
      ['photos', -1, 'too_many_photos'],
    ])('for its %s = %j', async (field, value, code) => {
      const before = await count();
      const call = db.rpc(people.west, 'report_on_behalf', told({ [field]: value }));
      expect(await expectError(call, code, 422)).toMatchObject({ field });
      expect(await count()).toBe(before);
    });

    it('for a key that is none, or a pin outside the street', async () => {
      const send = (over: object) => db.rpc(people.west, 'report_on_behalf', told(over));
      for (const key of [null, '', 'short', 'u'.repeat(26)])
        await expectError(send({ key }), 'key_malformed', 422);
      await expectError(send(places.outside), 'point_outside', 422);
    });

    it('to a resident, and to someone who has left', async () => {
      await expectDenied(db.rpc('anon', 'report_on_behalf', told()));
      await db.query('update public.people set left_at = now() where id = $1', [people.west.id]);
      await expectError(db.rpc(people.west, 'report_on_behalf', told()), 'courtyard_unknown', 404);
      await db.query('update public.people set left_at = null where id = $1', [people.west.id]);
    });
  });
});
