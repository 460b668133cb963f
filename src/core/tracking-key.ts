/** Crockford's base 32 in lower case: no i, l, o, u, so a key survives being read aloud or copied by hand. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new secret of 26 characters (130 random bits): it makes a report exactly once and opens its tracking page. */
export function newTrackingKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % 32)).join('');
}

/** A key as somebody typed or pasted it, made plain (o → 0, i and l → 1); null when it cannot be one. */
export function readTrackingKey(typed: string): string | null {
  const plain = typed.trim().toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(plain) ? plain : null;
}
