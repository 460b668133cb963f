import { sha256, toHex, fromHex } from './sha256.ts';

/**
 * A list of reports sealed for another phone. The code is read off one screen and typed on the other: its first part says where the
 * parcel lies, the rest opens it, so the server that keeps the parcel cannot. SHA-256 throughout: WebCrypto is missing on plain http.
 */

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 12;
const whereabouts = 5;
/** Rounds that make trying the 35 secret bits dear. */
const rounds = 20_000;

const bytesOf = (text: string) => new TextEncoder().encode(text);

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A new code of 12 characters. */
export function newParcelCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % 32)).join('');
}

/** A code as it was typed, made plain; null when it cannot be one. */
export function readParcelCode(typed: string): string | null {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(plain) ? plain : null;
}

/** Under which name the parcel lies, 64 hexadecimal digits. */
export function parcelName(code: string): string {
  return toHex(sha256(bytesOf(`courtyard parcel ${code.slice(0, whereabouts)}`)));
}

function keyOf(code: string): Uint8Array {
  let key = sha256(bytesOf(`courtyard seal ${code}`));
  for (let round = 1; round < rounds; round++) key = sha256(key);
  return key;
}

function mask(key: Uint8Array, text: Uint8Array): Uint8Array {
  const masked = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 32) {
    const pad = sha256(join(key, bytesOf(`pad ${at / 32}`)));
    for (let n = at; n < Math.min(at + 32, text.length); n++) masked[n] = (text[n] ?? 0) ^ (pad[n - at] ?? 0);
  }
  return masked;
}

const stamp = (key: Uint8Array, masked: Uint8Array) =>
  toHex(sha256(join(key, bytesOf('stamp'), sha256(join(key, masked)))));

/** A code is used for one parcel only: its key stream is never used twice. */
export function seal(code: string, text: string): string {
  const key = keyOf(code);
  const masked = mask(key, bytesOf(text));
  return stamp(key, masked) + toHex(masked);
}

/** What was sealed; null when the code or the parcel is another. */
export function unseal(code: string, sealed: string): string | null {
  if (!/^([0-9a-f]{2}){32,}$/.test(sealed)) return null;
  const key = keyOf(code);
  const masked = fromHex(sealed.slice(64));
  return stamp(key, masked) === sealed.slice(0, 64) ? new TextDecoder().decode(mask(key, masked)) : null;
}
