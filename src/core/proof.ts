import { fromHex, sha256, toHex } from './sha256.ts';

/** ALTCHA's challenge, version 2, in its plain form: SHA-256 over salt, nonce and a counter, `cost` times a try. */
export interface Challenge {
  readonly parameters: {
    readonly algorithm: string;
    readonly cost: number;
    readonly expiresAt: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
    readonly nonce: string;
    readonly salt: string;
  };
  readonly signature: string;
}

export interface Proof {
  readonly challenge: Challenge;
  readonly solution: { readonly counter: number; readonly derivedKey: string };
}

/** Tries counters from `from` on, `most` of them. Gives the proof, or null when none of these is one. */
export function trySome(challenge: Challenge, from: number, most: number): Proof | null {
  const { cost, keyPrefix, nonce, salt } = challenge.parameters;
  const before = fromHex(salt + nonce);
  const password = new Uint8Array(before.length + 4);
  password.set(before);
  const view = new DataView(password.buffer);
  for (let counter = from; counter < from + most; counter++) {
    view.setUint32(before.length, counter);
    let key = sha256(password);
    for (let round = 1; round < cost; round++) key = sha256(key);
    const derivedKey = toHex(key);
    if (derivedKey.startsWith(keyPrefix)) return { challenge, solution: { counter, derivedKey } };
  }
  return null;
}

/** Milliseconds of work at a time: typing stays smooth, also on a slow phone. */
const slice = 10;

/** Solves a challenge in between what else the page does. */
export async function solve(challenge: Challenge, pause: () => Promise<void>): Promise<Proof> {
  let counter = 0;
  for (;;) {
    const until = Date.now() + slice;
    while (Date.now() < until) {
      const proof = trySome(challenge, counter, 8);
      if (proof) return proof;
      counter += 8;
    }
    await pause();
  }
}
