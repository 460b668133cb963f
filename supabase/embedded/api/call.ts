import * as v from 'valibot';
import type { Database } from '../database/database.ts';
import { contextSql, type RequestFacts } from './context.ts';
import { accepts, type CallableFunction, callableFunctions, callSql } from './functions.ts';
import type { Identity } from './identity.ts';

/** What a function answered: JSON text (null for void), and the status and headers it asked for. */
export interface Answer {
  body: string | null;
  status: number | undefined;
  headers: [string, string][];
}

const Row = v.looseObject({ body: v.nullable(v.string()) });
const Wishes = v.object({ status: v.nullable(v.string()), headers: v.nullable(v.string()) });
const WISHES =
  "select current_setting('response.status', true) as status, current_setting('response.headers', true) as headers";

/** Calls functions of schema public as PostgREST does, but in one round trip and without parsing what they answer. */
export class FunctionCaller {
  private readonly db: Database;
  private functions: Promise<Map<string, CallableFunction>> | undefined;

  constructor(db: Database) {
    this.db = db;
  }

  /** Forgets the functions it knows, after the schema changed. */
  reload(): void {
    this.functions = undefined;
  }

  /** The function of that name that takes these arguments, when there is exactly one and it gives one value. */
  async find(name: string, given: readonly string[]): Promise<CallableFunction | undefined> {
    this.functions ??= callableFunctions(this.db);
    const fn = (await this.functions).get(name);
    return fn && accepts(fn, given) ? fn : undefined;
  }

  /**
   * Calls `fn` as `identity` in a transaction of its own. `json` is an object with the arguments in `given`.
   * Throws DatabaseError.
   */
  async call(
    fn: CallableFunction,
    given: readonly string[],
    json: string,
    identity: Identity,
    request: RequestFacts,
  ): Promise<Answer> {
    const results = await this.db.script(
      [contextSql(identity, request), callSql(fn, given, json), WISHES].join(';\n'),
    );
    const { body } = v.parse(Row, results[1]?.rows[0]);
    const wishes = v.parse(Wishes, results[2]?.rows[0]);
    return {
      body: fn.returns === 'void' ? null : (body ?? 'null'),
      status: wishes.status ? Number(wishes.status) : undefined,
      headers: wishes.headers ? headerList(wishes.headers) : [],
    };
  }
}

const Headers = v.pipe(v.string(), v.parseJson(), v.array(v.record(v.string(), v.string())));

function headerList(text: string): [string, string][] {
  return v.parse(Headers, text).flatMap((one) => Object.entries(one));
}
