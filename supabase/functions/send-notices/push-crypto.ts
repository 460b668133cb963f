/**
 * Web push as its standards write it, with nothing but WebCrypto, so that Node and Deno run the same: the message is sealed for
 * one browser (RFC 8291, aes128gcm of RFC 8188), and the sender says who it is (RFC 8292).
 */

/** The sender's VAPID key pair, in base64url as every push tool writes it: 65 and 32 bytes. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
  /** `mailto:` or https: whom a push service may ask when something goes wrong. Apple's wants one. */
  contact?: string | undefined;
}

/** What a browser gave when it subscribed, in base64url: its public key and its secret. */
export interface Subscriber {
  p256dh: string;
  auth: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

const curve = { name: 'ECDH', namedCurve: 'P-256' };
/** The longest message of one record; a push service takes no longer one. */
const RECORD_BYTES = 4096;
/** A token is believed for a day at most; half of it leaves room for a clock that is wrong. */
const TOKEN_SECONDS = 12 * 3600;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(
    /[+/=]/g,
    (sign) => ({ '+': '-', '/': '_' })[sign] ?? '',
  );
}

export function fromBase64url(text: string): Bytes {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function derived(secret: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8);
  return new Uint8Array(bits);
}

/** Seals a message for one browser. `salt` and `own`: given only to check a known example. Throws when the browser's key is none. */
export async function seal(
  message: string,
  { p256dh, auth }: Subscriber,
  salt: Bytes = crypto.getRandomValues(new Uint8Array(16)),
  own?: CryptoKeyPair,
): Promise<Bytes> {
  const pair = own ?? (await crypto.subtle.generateKey(curve, true, ['deriveBits']));
  const theirs = fromBase64url(p256dh);
  const browser = await crypto.subtle.importKey('raw', theirs, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: browser }, pair.privateKey, 256);
  const ours = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const info = joined(utf8('WebPush: info\0'), theirs, ours);
  const secret = await derived(new Uint8Array(shared), fromBase64url(auth), info, 32);
  const key = await derived(secret, salt, utf8('Content-Encoding: aes128gcm\0'), 16);
  const nonce = await derived(secret, salt, utf8('Content-Encoding: nonce\0'), 12);
  const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  // 2 ends the last record, and there is one
  const plain = joined(utf8(message), Uint8Array.of(2));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, cipher, plain);
  const head = new Uint8Array(5);
  new DataView(head.buffer).setUint32(0, RECORD_BYTES);
  head[4] = ours.length;
  return joined(salt, head, ours, new Uint8Array(sealed));
}

/** A public key in the form that WebCrypto and Node read. */
export function jwkOf(publicKey: string) {
  const point = fromBase64url(publicKey);
  return { kty: 'EC', crv: 'P-256', x: toBase64url(point.slice(1, 33)), y: toBase64url(point.slice(33)) };
}

/** What the sender shows a push service: a token for that service alone, signed by its private key. */
export async function vapid(keys: PushKeys, endpoint: string, nowMs: number): Promise<string> {
  const part = (value: object) => toBase64url(utf8(JSON.stringify(value)));
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(nowMs / 1000) + TOKEN_SECONDS,
    ...(keys.contact ? { sub: keys.contact } : {}),
  };
  const unsigned = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const jwk = { ...jwkOf(keys.publicKey), d: keys.privateKey };
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ]);
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8(unsigned));
  return `vapid t=${unsigned}.${toBase64url(new Uint8Array(signed))}, k=${keys.publicKey}`;
}

/** A new key pair for a sender. */
export async function newPushKeys(): Promise<PushKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  const { d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const point = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { publicKey: toBase64url(new Uint8Array(point)), privateKey: d };
}
