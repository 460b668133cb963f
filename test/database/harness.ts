import { afterAll, beforeAll, describe } from 'vitest';
import { engines, type Engine, type Row } from './engines.ts';
import { Session, type Actor } from './session.ts';

export { expectDenied, expectError } from './refusals.ts';
export type { Actor, Session } from './session.ts';

type Signatures = Parameters<typeof Session.begin>[3];

/** A database of its own for one group of tests, with the migrations and presets in it. */
export class TestDatabase {
  #engine: Engine | undefined;
  #now = '';
  readonly #signatures: Signatures = new Map();

  /** 'pglite' or 'native'; only inside tests and hooks. */
  get engine(): Engine['name'] {
    return this.#opened().name;
  }

  async open(name: keyof typeof engines): Promise<void> {
    this.#engine = await engines[name]();
  }

  async close(): Promise<void> {
    await this.#engine?.close();
  }

  /** Sets the clock that private.now() reads, from here on; null lets it run again. */
  at(time: string | Date | null): void {
    this.#now = time === null ? '' : new Date(time).toISOString();
  }

  /** Runs one statement as the owner of the database, past every policy. Pass objects for JSON, not their text. */
  query(sql: string, params?: unknown[]): Promise<Row[]> {
    return this.asOwner((session) => session.query(sql, params));
  }

  /** The first column of the first row of one statement, as the owner. */
  async value(sql: string, params?: unknown[]): Promise<unknown> {
    const [row] = await this.query(sql, params);
    return row ? Object.values(row)[0] : undefined;
  }

  /** Runs `work` as the owner in one transaction. */
  asOwner<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#transaction(null, work);
  }

  /** Runs `work` as an actor, with the role and claims PostgREST sets, in one transaction. */
  as<T>(actor: Actor, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#transaction(actor, work);
  }

  /** One call of an API function as an actor, by named arguments; gives its JSON. */
  rpc(actor: Actor, name: string, args: Row = {}): Promise<unknown> {
    return this.as(actor, (session) => session.rpc(name, args));
  }

  #opened(): Engine {
    if (!this.#engine) throw new Error('The database is open only inside tests and hooks.');
    return this.#engine;
  }

  #transaction<T>(actor: Actor | null, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#opened().transaction(async (run) =>
      work(await Session.begin(run, actor, this.#now, this.#signatures)),
    );
  }
}

/** Describes the same tests on PGlite and on native PostgreSQL, each with a database of its own that `db` speaks to. */
export function eachEngine(name: string, tests: (db: TestDatabase) => void): void {
  const chosen = (['pglite', 'native'] as const).filter(
    (engine) => (process.env['ENGINE'] ?? engine) === engine,
  );
  describe.each(chosen)(`${name} (%s)`, (engine) => {
    const db = new TestDatabase();
    beforeAll(() => db.open(engine));
    afterAll(() => db.close());
    tests(db);
  });
}
