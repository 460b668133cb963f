import { createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { fromBase64url, jwkOf, newPushKeys, seal, toBase64url, vapid } from './push-crypto.ts';

/** RFC 8291, appendix A. */
const example = {
  message: 'When I grow up, I want to be a watermelon',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  ownPublic: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  ownPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  sealed:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};

it('seals the standard’s own example as the standard does', async () => {
  const open = jwkOf(example.ownPublic);
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const own = {
    privateKey: await crypto.subtle.importKey('jwk', { ...open, d: example.ownPrivate }, curve, true, [
      'deriveBits',
    ]),
    publicKey: await crypto.subtle.importKey('jwk', open, curve, true, []),
  };
  const sealed = await seal(example.message, example, fromBase64url(example.salt), own);
  expect(toBase64url(sealed)).toBe(example.sealed);
});

it('seals the same message differently each time', async () => {
  const [one, other] = await Promise.all([seal('x', example), seal('x', example)]);
  expect(toBase64url(one)).not.toBe(toBase64url(other));
});

it('refuses a browser’s key that lies on no curve', async () => {
  await expect(seal('x', { ...example, p256dh: 'B'.repeat(87) })).rejects.toThrow();
});

it('says who it is to one push service, for half a day, signed by its key', async () => {
  const keys = await newPushKeys();
  const now = Date.parse('2026-11-30T09:00:00+08:00');
  const said = await vapid(
    { ...keys, contact: 'mailto:office@example.org' },
    'https://push.example/send/x?y',
    now,
  );
  const [, token = '', key] = /^vapid t=([\w.-]+), k=([\w-]{87})$/.exec(said) ?? [];
  expect(key).toBe(keys.publicKey);
  const [head = '', body = '', signature = ''] = token.split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(read(head)).toEqual({ typ: 'JWT', alg: 'ES256' });
  expect(read(body)).toEqual({
    aud: 'https://push.example',
    exp: now / 1000 + 12 * 3600,
    sub: 'mailto:office@example.org',
  });
  const publicKey = createPublicKey({ key: jwkOf(keys.publicKey), format: 'jwk' });
  const bytes = Buffer.from(signature, 'base64url');
  const isTheirs = (text: string) =>
    verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes);
  expect(isTheirs(`${head}.${body}`)).toBe(true);
  expect(isTheirs(`${head}.${body}x`)).toBe(false);
});
