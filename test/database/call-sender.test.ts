import { beforeAll, expect, it } from 'vitest';
import { makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine } from './harness.ts';

/** What Supabase's vault and pg_net look like to who calls them. */
const platform = `
  create schema vault;
  create table vault.decrypted_secrets (name text, decrypted_secret text);
  create schema net;
  create table net.asked (url text, headers jsonb, body jsonb, timeout_milliseconds integer);
  create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{}', timeout_milliseconds integer default 5000)
  returns bigint language sql as $$ insert into net.asked values (url, headers, body, timeout_milliseconds) returning 1::bigint $$`;

eachEngine('the call of the edge function', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-23T09:00:00+08:00');
    await db.rpc(people.admin, 'save_hook', {
      name: '值班群',
      kind: 'generic',
      url: 'https://hooks.example.org/',
    });
  });

  const asked = async () => {
    await db.query('select private.call_sender()');
    return db.query('select * from net.asked');
  };

  it('is made where the vault has both secrets and something is due, and only then', async () => {
    await newIssue(db, world);
    await db.query('select private.call_sender()');
    for (const statement of platform.split(/;\n/)) await db.query(statement);
    expect(await asked()).toEqual([]);
    await db.query(`insert into vault.decrypted_secrets values ('courtyard_service_key', 'the-key')`);
    expect(await asked()).toEqual([]);
    await db.query(
      `insert into vault.decrypted_secrets values ('courtyard_functions_url', 'https://x.supabase.co/functions/v1/')`,
    );
    const once = [
      {
        url: 'https://x.supabase.co/functions/v1/send-notices',
        headers: { 'content-type': 'application/json', authorization: 'Bearer the-key' },
        body: {},
        timeout_milliseconds: 60_000,
      },
    ];
    expect(await asked()).toEqual(once);
    await db.rpc('service_role', 'claim_deliveries');
    expect(await asked()).toEqual(once);
    db.at('2026-11-23T09:02:01+08:00');
    expect(await asked(), 'a sender that vanished').toEqual([...once, ...once]);
  });
});
