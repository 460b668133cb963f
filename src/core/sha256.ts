/** SHA-256 in plain TypeScript: a page on plain http, such as a pilot's inside an office, has no WebCrypto. */

const isPrime = (n: number) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
};
const primes = Array.from({ length: 311 }, (_, at) => at + 2)
  .filter(isPrime)
  .slice(0, 64);
const bits = (value: number) => ((value - Math.floor(value)) * 0x100000000) | 0;
/** The standard's constants: fractions of the cube and square roots of the first primes. */
const rounds = Int32Array.from(primes, (prime) => bits(Math.cbrt(prime)));
const start = Int32Array.from(primes.slice(0, 8), (prime) => bits(Math.sqrt(prime)));
const words = new Int32Array(64);

/** The digest of `bytes`, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = (bytes.length + 72) >> 6;
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Int32Array.from(start);
  for (let block = 0; block < blocks; block++) mix(state, view, block * 64);
  const digest = new DataView(new ArrayBuffer(32));
  for (let at = 0; at < 8; at++) digest.setInt32(at * 4, state[at] ?? 0);
  return new Uint8Array(digest.buffer);
}

/** One block of 64 bytes, as FIPS 180-4 names its letters. */
function mix(state: Int32Array, view: DataView, from: number): void {
  const w = words;
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(from + t * 4);
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15] ?? 0;
    const y = w[t - 2] ?? 0;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = ((w[t - 16] ?? 0) + s0 + (w[t - 7] ?? 0) + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[t] ?? 0) + (w[t] ?? 0)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  for (const [at, letter] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] ?? 0) + letter) | 0;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Digits in pairs; whoever calls knows that there is nothing else in it. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
