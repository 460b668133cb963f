import * as v from 'valibot';
import type { Person } from '../core/person.ts';
import { ask } from './ask.ts';
import { auth, rest } from './client.ts';
import { fromAuth } from './errors.ts';
import { person } from './schemas.ts';

/** Accounts are written short on the demo street; a full address is taken as it is. */
const demoDomain = 'shaocheng.example';

const addressOf = (account: string): string => {
  const trimmed = account.trim();
  return trimmed.includes('@') ? trimmed : `${trimmed}@${demoDomain}`;
};

/** Who is signed in. Throws ApiError (not_signed_in, not_member). */
export const me = (): Promise<Person> => ask(person, rest.rpc('me'));

/** Opens a session with account and password. Throws ApiError (`wrong_password`, `too_many_tries`, network). */
export async function signIn(account: string, password: string): Promise<void> {
  const { error } = await auth.signInWithPassword({ email: addressOf(account), password });
  if (error) throw fromAuth(error);
}

/** Ends the session in this browser; it ends here even if the server cannot be told. */
export async function signOut(): Promise<void> {
  await auth.signOut({ scope: 'local' });
}

/** True when this browser holds a session, valid or not. */
export async function hasSession(): Promise<boolean> {
  const { data } = await auth.getSession();
  // One that ran out and can't be renewed without a network is still there.
  return (
    data.session !== null || (keptPerson() !== null && localStorage.getItem('courtyard-session') !== null)
  );
}

const slot = 'courtyard-person';
/** Who is signed in, kept for a visit without a network until they sign out; null forgets. */
export function keepPerson(who: Person | null): void {
  try {
    if (who) localStorage.setItem(slot, JSON.stringify(who));
    else localStorage.removeItem(slot);
  } catch {
    // Nothing may be stored here.
  }
}
export function keptPerson(): Person | null {
  try {
    const kept = v.safeParse(person, JSON.parse(localStorage.getItem(slot) ?? 'null'));
    return kept.success ? kept.output : null;
  } catch {
    return null;
  }
}

/** Calls `listener` when the stored session ends without this page having asked for it. Gives the function that ends it. */
export function onSessionEnd(listener: () => void): () => void {
  const { data } = auth.onAuthStateChange((event) => {
    if (event === 'SIGNED_OUT') listener();
  });
  return () => data.subscription.unsubscribe();
}
