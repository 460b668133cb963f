import { createHash } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { expect, test } from 'vitest';
import { solve, trySome } from './proof.ts';
import type { Challenge } from './proof.ts';
import { sha256, toHex } from './sha256.ts';

test('the digest is SHA-256’s, at every length around a block’s border', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) % 256);
    expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

test('ALTCHA’s own verification takes what is solved here', async () => {
  const expiresAt = Math.floor(Date.now() / 1000) + 60;
  const made = await createChallenge({
    algorithm: 'SHA-256',
    cost: 3,
    keyPrefix: '00',
    expiresAt,
    deriveKey,
    hmacSignatureSecret: 'secret',
  });
  const challenge: Challenge = {
    parameters: { ...made.parameters, expiresAt },
    signature: made.signature ?? '',
  };
  const proof = await solve(challenge, () => Promise.resolve());
  const verdict = await verifySolution({
    challenge: proof.challenge,
    solution: { ...proof.solution, time: 0 },
    deriveKey,
    hmacSignatureSecret: 'secret',
  });
  expect(verdict).toMatchObject({ verified: true });
  expect(trySome(challenge, proof.solution.counter + 1, 0)).toBeNull();
});
