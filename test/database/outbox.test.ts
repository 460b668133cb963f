import { beforeAll, beforeEach, expect, it } from 'vitest';
import { makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { after, Outbox, url } from './sender.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

eachEngine('the outbox', (db) => {
  let world: World;
  let outbox: Outbox;
  beforeAll(async () => {
    world = await makeWorld(db);
    outbox = new Outbox(db, world);
  });
  beforeEach(async () => {
    await db.query('delete from private.hooks');
    db.at(after(0));
  });

  it('only the service key claims and settles', async () => {
    for (const who of ['anon', people.admin, people.street] as const) {
      await expectDenied(db.rpc(who, 'claim_deliveries'));
      await expectDenied(db.rpc(who, 'settle_claim', { claim: crypto.randomUUID(), outcome: 'sent' }));
    }
    expect(await outbox.claim(0)).toEqual([]);
  });

  it('only the administrator keeps hooks and sends dead letters again', async () => {
    await expectDenied(db.rpc('anon', 'list_hooks'));
    for (const who of [
      people.street,
      people.leader,
      people.west,
      people.works,
      people.stranger,
      people.nobody,
    ]) {
      await expectError(db.rpc(who, 'list_hooks'), 'admin_only', 403);
      await expectError(db.rpc(who, 'save_hook', { name: 'x', kind: 'generic', url }), 'admin_only', 403);
      await expectError(db.rpc(who, 'dead_letters'), 'admin_only', 403);
    }
    await outbox.hook({ kind: 'wecom' });
    await outbox.notices(1);
    const {
      claim,
      notices: [notice],
    } = await outbox.one(0);
    await outbox.settle(claim, 'unsure');
    await expectError(db.rpc(people.leader, 'retry_delivery', { id: notice?.id }), 'admin_only', 403);
    expect(await outbox.states()).toEqual(['unsure: unsure']);
    expect(await db.rpc(people.admin, 'retry_delivery', { id: notice?.id })).toBe(true);
  });

  it('a secret is never read back, and one left out stays', async () => {
    const id = await outbox.hook({ secret: 'SEC-very-secret' });
    const listed = await db.rpc(people.admin, 'list_hooks');
    expect(listed).toMatchObject([{ id, has_secret: true, waiting: 0 }]);
    expect(JSON.stringify(listed)).not.toContain('SEC-very-secret');
    await outbox.hook({ id, name: '改名' });
    await outbox.notices(1);
    expect(await outbox.one(0)).toMatchObject({ secret: 'SEC-very-secret' });
    for (const who of ['anon', 'service_role', people.admin] as const)
      await expectDenied(db.as(who, ({ query }) => query('select secret from private.hooks')));
  });

  it.each([
    'ftp://robot.example/x',
    'http://robot.example/x',
    'https://u:p@robot.example/x',
    'http://localhost:x@robot.example/',
  ])('an address like %s is refused', async (bad) => {
    const save = db.rpc(people.admin, 'save_hook', { name: 'x', kind: 'generic', url: bad });
    await expectError(save, 'hook_malformed', 422);
    expect(await db.rpc(people.admin, 'list_hooks')).toEqual([]);
  });

  it('what an office is told of an archive goes the same way, by kind and area', async () => {
    for (const over of [
      { name: 'all' },
      { name: 'round', kinds: ['round_opened'] },
      { name: 'late', kinds: ['late'] },
      { name: 'west', area_id: world.west },
      { name: 'works', department_id: world.department.works },
    ])
      await outbox.hook(over);
    await db.query(
      `insert into public.rounds (street_id, quarter, opened_at, due_on) values (1, '2026Q4', '2026-11-23T01:00:00Z', '2026-11-30');`,
    );
    await db.query(
      `insert into public.notices (at, kind, quarter, courtyard_id, area_id) values
         ('2026-11-23T01:00:00Z', 'round_opened', '2026Q4', null, $1), ('2026-11-23T01:00:00Z', 'round_opened', '2026Q4', null, $2),
         ('2026-11-23T01:00:00Z', 'hazard_due', null, $3, 4)`,
      [world.west, world.east, world.courtyard.lane],
    );
    const sent = await db.query(
      `select h.name, array_agg(n.kind || ' ' || private.office_name(n.area_id, null) order by n.id) as told
       from private.deliveries d join private.hooks h on h.id = d.hook_id join public.notices n on n.id = d.notice_id group by h.name order by h.name`,
    );
    expect(sent).toEqual([
      { name: 'all', told: ['round_opened 西社区', 'round_opened 东社区', 'hazard_due 西一网格'] },
      { name: 'round', told: ['round_opened 西社区', 'round_opened 东社区'] },
      { name: 'west', told: ['round_opened 西社区', 'hazard_due 西一网格'] },
    ]);
    const words = (await outbox.claim(0)).flatMap(({ notices }) => notices);
    expect(words).toContainEqual(
      expect.objectContaining({ notice: 'hazard_due', number: null, courtyard: '小巷院', state: null }),
    );
    expect(words).toContainEqual(
      expect.objectContaining({
        notice: 'round_opened',
        office: '西社区',
        due_at: expect.stringContaining('2026-11-30T15:59'),
      }),
    );
    await db.query(`delete from public.rounds where street_id = 1 and quarter = '2026Q4'`);
  });

  it('a hook gets the notices it asks for, by kind, area and department', async () => {
    const ask = async (over: object) => (await outbox.hook(over), over);
    await ask({ name: 'all' });
    await ask({ name: 'late', kinds: ['late'] });
    await ask({ name: 'west', area_id: world.west });
    await ask({ name: 'east', area_id: world.east });
    await ask({ name: 'works', department_id: world.department.works });
    await ask({ name: 'off', active: false });
    await outbox.notices(1);
    const issue = await newIssue(db, world, { category: 'illegal_building', code: world.code.garden });
    await db.rpc(people.street, 'act_on_issue', {
      issue_id: issue.id,
      action: 'dispatch',
      version: 1,
      payload: { department_id: world.department.works, ruling: '归更新办' },
      request_id: crypto.randomUUID(),
    });
    const told = await db.query(
      `select h.name, count(*)::integer as count, array_agg(distinct n.kind) as kinds from private.deliveries d
       join private.hooks h on h.id = d.hook_id join public.notices n on n.id = d.notice_id group by 1 order by 1`,
    );
    expect(told).toEqual([
      { name: 'all', count: 3, kinds: ['arrived'] },
      { name: 'east', count: 2, kinds: ['arrived'] },
      { name: 'west', count: 1, kinds: ['arrived'] },
      { name: 'works', count: 1, kinds: ['arrived'] },
    ]);
  });

  it('a message says nothing of a person', async () => {
    await outbox.hook();
    await outbox.hook({ kind: 'wecom' });
    await newIssue(db, world, {
      name: '欧阳独一',
      phone: '13987654321',
      address: '9单元909',
      what: '隔壁赵某某总吵闹',
      place: '赵家门口',
    });
    const messages = await outbox.claim(0);
    expect(messages).toHaveLength(2);
    expect(messages[0]?.notices[0]).toEqual({
      id: expect.any(String),
      notice: 'arrived',
      at: expect.any(String),
      number: expect.stringMatching(/^2611-\d+$/),
      courtyard: '小巷院',
      category: expect.any(String),
      state: 'submitted',
      due_at: expect.any(String),
      office: '西一网格',
    });
    expect(JSON.stringify(messages)).not.toMatch(/欧阳|13987654321|9单元|赵|网格员/);
  });
});
