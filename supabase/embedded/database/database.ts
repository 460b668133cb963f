/** What a result holds: rows by column name, and how many rows a write touched. */
export interface Result {
  rows: Record<string, unknown>[];
  affected: number;
}

/** One connection, held alone from `lease()` to `release()`. */
export interface Lease {
  /** Runs one statement with `$1…` parameters. Throws DatabaseError. */
  query(sql: string, params?: readonly unknown[]): Promise<Result>;
  /** Runs `;`-separated statements; outside an explicit transaction they succeed or fail together. */
  script(sql: string): Promise<Result[]>;
  /** Gives the connection back; an open transaction is rolled back. */
  release(): Promise<void>;
}

/** PGlite in its worker or a native PostgreSQL: everything else in this folder sees only this. */
export interface Database {
  readonly kind: 'pglite' | 'native';
  query(sql: string, params?: readonly unknown[]): Promise<Result>;
  script(sql: string, deadlineMs?: number): Promise<Result[]>;
  lease(deadlineMs?: number): Promise<Lease>;
  /** Calls `heard` for each NOTIFY on the channel, also after the database was reopened. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  /** Calls `reopened` when notifications may have been lost, because the connection was. */
  onReopen(reopened: () => void): void;
  close(): Promise<void>;
}

/** An error of PostgreSQL, with the fields PostgREST hands to clients. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(fields: {
    message: string;
    code?: string | undefined;
    detail?: string | undefined;
    hint?: string | undefined;
  }) {
    super(fields.message);
    this.code = fields.code ?? 'XX000';
    this.detail = fields.detail;
    this.hint = fields.hint;
  }
}

/** What a query gets that ran too long. */
export function deadlinePassed(): DatabaseError {
  return new DatabaseError({
    code: '57014',
    message: 'deadline_passed',
    hint: 'Try again; ask for less at once.',
  });
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
export async function transaction<T>(
  db: Database,
  work: (lease: Lease) => Promise<T>,
  deadlineMs?: number,
): Promise<T> {
  const lease = await db.lease(deadlineMs);
  try {
    await lease.script('begin');
    const result = await work(lease);
    await lease.script('commit');
    return result;
  } finally {
    await lease.release();
  }
}
