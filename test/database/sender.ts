import { expect } from 'vitest';
import * as v from 'valibot';
import { newIssue, people, type World } from '../fixtures/world.ts';
import type { TestDatabase } from './harness.ts';

const claims = v.array(
  v.object({
    claim: v.string(),
    kind: v.string(),
    url: v.string(),
    secret: v.nullable(v.string()),
    notices: v.array(v.looseObject({ id: v.string(), notice: v.string(), number: v.nullable(v.string()) })),
  }),
);

export const url = 'https://hooks.example.org/send?key=long-secret';
const start = Date.parse('2026-11-23T09:00:00+08:00');
export const after = (seconds: number) => new Date(start + seconds * 1000);

/** The street's hooks and what a sender does with them, at times in seconds after the start. */
export class Outbox {
  private readonly db: TestDatabase;
  private readonly world: World;

  constructor(db: TestDatabase, world: World) {
    this.db = db;
    this.world = world;
  }

  /** The administrator adds or changes a hook. Gives its id. */
  async hook(over: object = {}): Promise<number> {
    const wanted = { name: '值班群', kind: 'generic', url, ...over };
    return Number(await this.db.rpc(people.admin, 'save_hook', wanted));
  }

  /** As many notices as wanted, each of a new issue. */
  async notices(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) await newIssue(this.db, this.world);
  }

  /** Each delivery's state, with its error. */
  async states(): Promise<string[]> {
    const rows = await this.db.query(
      'select d.state, d.error from private.deliveries d order by d.notice_id',
    );
    return rows.map((row) => [row['state'], row['error']].filter(Boolean).join(': '));
  }

  async claim(seconds: number) {
    this.db.at(after(seconds));
    return v.parse(claims, await this.db.rpc('service_role', 'claim_deliveries'));
  }

  /** Claims the one message that is due. */
  async one(seconds: number) {
    const found = await this.claim(seconds);
    expect(found).toHaveLength(1);
    return found[0]!;
  }

  settle(claim: string, outcome: string, more: object = {}) {
    return this.db.rpc('service_role', 'settle_claim', { claim, outcome, ...more });
  }
}
