import * as v from 'valibot';
import type { Person } from '../core/person.ts';
import { ask } from './ask.ts';
import { auth, rest, sessionSlot } from './client.ts';
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

const stored = v.object({ access_token: v.string() });

/** Takes the session out of this browser; gives its token, null when there was none. */
function takeSession(): string | null {
  try {
    const found = v.safeParse(stored, JSON.parse(localStorage.getItem(sessionSlot) ?? 'null'));
    localStorage.removeItem(sessionSlot);
    return found.success ? found.output.access_token : null;
  } catch {
    return null;
  }
}

/** Ends the session: in this browser at once, even if the server cannot be told or the page is closed before it was. */
export async function signOut(): Promise<void> {
  const token = takeSession();
  await auth.signOut({ scope: 'local' });
  if (token) await auth.admin.signOut(token, 'local');
}

/** True when this browser holds a session, valid or not. */
export async function hasSession(): Promise<boolean> {
  const { data } = await auth.getSession();
  // One that ran out and can't be renewed without a network is still there.
  return data.session !== null || (keptPerson() !== null && localStorage.getItem(sessionSlot) !== null);
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
