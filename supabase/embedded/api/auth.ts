import * as v from 'valibot';
import type { Database } from '../database/database.ts';

/** What of /auth/v1 staff need; everything else (sign-up, mail, other providers) is refused by not being there. */
const SERVED: [method: string, path: RegExp][] = [
  ['POST', /^\/auth\/v1\/token$/],
  ['POST', /^\/auth\/v1\/logout$/],
  ['GET', /^\/auth\/v1\/user$/],
  ['PUT', /^\/auth\/v1\/user$/],
  ['GET', /^\/auth\/v1\/(settings|health)$/],
  ['OPTIONS', /^\/auth\/v1\//],
];

export function isServedByAuth(method: string, path: string): boolean {
  return SERVED.some(([served, pattern]) => served === method && pattern.test(path));
}

export function authRefusal(status: number, code: string, message: string): Response {
  return Response.json(
    { code: status, error_code: code, msg: message },
    { status, headers: { 'x-sb-error-code': code } },
  );
}

const SignedIn = v.object({ user: v.object({ id: v.string() }) });

/** Turns away someone banned or deleted who gave the right password or refresh token: @supabase/lite does not look. */
export async function refuseBanned(db: Database, answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  const session = v.safeParse(SignedIn, await answer.clone().json());
  if (!session.success) return answer;
  const { rows } = await db.query(
    'select banned_until > now() or deleted_at is not null as out from auth.users where id = $1::uuid',
    [session.output.user.id],
  );
  if (rows[0]?.['out'] !== true) return answer;
  await db.query('delete from auth.sessions where user_id = $1::uuid', [session.output.user.id]);
  return authRefusal(400, 'user_banned', 'User is banned');
}

const WINDOW_MS = 5 * 60_000;
const MOST_FAILURES = 10;

/** Slows down guessing: after ten wrong passwords in five minutes for an account from an address, it says no for a while. */
export class GuessLimit {
  private readonly failures = new Map<string, number[]>();

  isOver(who: string): boolean {
    return this.recent(who).length >= MOST_FAILURES;
  }

  failed(who: string): void {
    if (this.failures.size > 10_000) this.failures.clear();
    this.failures.set(who, [...this.recent(who), Date.now()]);
  }

  private recent(who: string): number[] {
    return (this.failures.get(who) ?? []).filter((at) => at > Date.now() - WINDOW_MS);
  }
}
