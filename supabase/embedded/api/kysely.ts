import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Database, Lease } from '../database/database.ts';

/** Kysely, which @supabase/lite builds its SQL with, on our Database. */
export function kyselyOn<Tables>(db: Database): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new LeaseDriver(db),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely({ dialect });
}

/** A connection that takes a lease only for a transaction; single statements go straight to the database. */
class LeasedConnection implements DatabaseConnection {
  lease: Lease | undefined;
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affected } = await (this.lease ?? this.db).query(query.sql, query.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affected) };
  }

  async begin(): Promise<void> {
    this.lease = await this.db.lease();
    await this.lease.script('begin');
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    await this.lease?.script(how);
  }

  async release(): Promise<void> {
    await this.lease?.release();
    this.lease = undefined;
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streams are not used here');
  }
}

class LeaseDriver implements Driver {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new LeasedConnection(this.db);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof LeasedConnection) await connection.begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof LeasedConnection) await connection.end('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof LeasedConnection) await connection.end('rollback');
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof LeasedConnection) await connection.release();
  }
}
