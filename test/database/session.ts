import type { Row, Run } from './engines.ts';

/** Who calls: nobody signed in, the server's own key, or the person of an account. */
export type Actor = 'anon' | 'service_role' | { id: string };

/** Gives the transaction the role and the claims that PostgREST would; null stays the owner. */
async function impersonate(run: Run, actor: Actor | null): Promise<void> {
  if (actor === null) return;
  const role = typeof actor === 'string' ? actor : 'authenticated';
  const claims = typeof actor === 'string' ? { role } : { role, sub: actor.id };
  await run(`select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`, [
    JSON.stringify(claims),
    role,
  ]);
}

interface Signature {
  arguments: { name: string; type: string }[];
  gives: string;
}

async function signatureOf(run: Run, name: string): Promise<Signature> {
  const rows = await run(
    `select p.prorettype::regtype::text as gives, a.name, a.type::regtype::text as type
     from pg_catalog.pg_proc p
     left join lateral unnest(p.proargnames, p.proargtypes::oid[]) as a (name, type) on a.type is not null
     where p.pronamespace = 'public'::regnamespace and p.proname = $1`,
    [name],
  );
  if (rows.length === 0) throw new Error(`There is no function public.${name}`);
  const known = rows.flatMap((row) =>
    row['name'] === null ? [] : [{ name: String(row['name']), type: String(row['type']) }],
  );
  return { arguments: known, gives: String(rows[0]?.['gives']) };
}

/** What an actor does within one transaction. */
export class Session {
  readonly query: Run;
  readonly #signatures: Map<string, Signature>;

  private constructor(run: Run, signatures: Map<string, Signature>) {
    this.query = run;
    this.#signatures = signatures;
  }

  /** Begins the session: the clock of private.now() ('' lets it run), then the actor's role and claims. */
  static async begin(
    run: Run,
    actor: Actor | null,
    now: string,
    signatures: Map<string, Signature>,
  ): Promise<Session> {
    await run(`select set_config('courtyard.now', $1, true)`, [now]);
    await impersonate(run, actor);
    return new Session(run, signatures);
  }

  /** Calls a function of the API by its named arguments, as PostgREST does, and gives its JSON. */
  async rpc(name: string, args: Row = {}): Promise<unknown> {
    const signature = this.#signatures.get(name) ?? (await signatureOf(this.query, name));
    this.#signatures.set(name, signature);
    const strange = Object.keys(args).filter(
      (given) => !signature.arguments.some((known) => known.name === given),
    );
    if (strange.length > 0) throw new Error(`public.${name} has no argument ${strange.join(', ')}`);
    const passed = signature.arguments.filter((known) => known.name in args);
    const named = passed.map((known) => `"${known.name}" => p."${known.name}"`).join(', ');
    const columns = passed.map((known) => `"${known.name}" ${known.type}`).join(', ');
    const call = `public.${name}(${named})`;
    const [row] = await this.query(
      `select ${signature.gives === 'void' ? call : `to_json(${call})`} as result` +
        (columns === '' ? '' : ` from jsonb_to_record($1::text::jsonb) as p (${columns})`),
      columns === '' ? [] : [JSON.stringify(args)],
    );
    return row?.['result'];
  }
}
