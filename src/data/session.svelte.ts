import { ApiError } from '../core/api-error.ts';
import type { Person } from '../core/person.ts';
import { onSessionRefused } from './client.ts';
import { hasSession, keepPerson, keptPerson, me, onSessionEnd, signIn, signOut } from './session.ts';

export type SessionState =
  | { kind: 'starting' }
  | { kind: 'out' }
  | { kind: 'in'; person: Person }
  /** The session ended while the screen was in use: `person` was here and what they typed still is. */
  | { kind: 'expired'; person: Person }
  /** A session, but no way to know whose: no network, or an account without a role. */
  | { kind: 'stuck'; error: ApiError };

/** Who is using a staff screen. One for each page; `start()` once. */
export class Session {
  #state = $state.raw<SessionState>({ kind: 'starting' });
  #ends: (() => void)[] = [];

  get state(): SessionState {
    return this.#state;
  }

  /** The person to show, also while their session has expired. */
  get person(): Person | null {
    return this.#state.kind === 'in' || this.#state.kind === 'expired' ? this.#state.person : null;
  }

  get expired(): boolean {
    return this.#state.kind === 'expired';
  }

  /** Reads the stored session and begins to watch it. Gives the function that stops watching. */
  start(): () => void {
    this.#ends = [onSessionRefused(() => this.#expire()), onSessionEnd(() => this.#expire())];
    void this.retry();
    return () => {
      for (const end of this.#ends) end();
    };
  }

  /** Asks again who is signed in, after `stuck`. */
  async retry(): Promise<void> {
    this.#state = { kind: 'starting' };
    if (await hasSession()) await this.#meet();
    else this.#state = { kind: 'out' };
  }

  /** Signs in, also again after the session expired. Throws ApiError; the state then stays as it was. */
  async signIn(account: string, password: string): Promise<void> {
    await signIn(account, password);
    await this.#meet();
  }

  async signOut(): Promise<void> {
    this.#state = { kind: 'out' };
    keepPerson(null);
    await signOut();
  }

  async #meet(): Promise<void> {
    try {
      const person = await me();
      keepPerson(person);
      this.#state = { kind: 'in', person };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const person = error.passing ? keptPerson() : null;
      if (person) {
        this.#state = { kind: 'in', person };
        return;
      }
      this.#state = error.code === 'not_signed_in' ? { kind: 'out' } : { kind: 'stuck', error };
    }
  }

  #expire(): void {
    if (this.#state.kind === 'in') this.#state = { kind: 'expired', person: this.#state.person };
  }
}
