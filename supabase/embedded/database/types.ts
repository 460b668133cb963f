/** Where names without a schema are looked for, as on Supabase. */
export const SEARCH_PATH = 'public,extensions';

/** How column types arrive in JavaScript, the same from PGlite and from a native PostgreSQL. */
export const readers: Record<number, (text: string) => unknown> = {
  20: wholeNumber,
  1700: decimal,
  114: (text) => JSON.parse(text),
  3802: (text) => JSON.parse(text),
  1082: asText,
  1083: asText,
  1114: asText,
  1184: asText,
  1266: asText,
};

function asText(text: string): string {
  return text;
}

/** bigint: a number while that is exact, else a BigInt. */
function wholeNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** numeric: a number when that shows the same digits, else the text. */
function decimal(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}

/**
 * How parameters leave: a text goes as it is, so that PostgreSQL judges it and says what is wrong (PGlite's own writers for
 * boolean and bytea throw at a text instead).
 */
export const writers: Record<number, (value: unknown) => string> = {
  16: (value) => (typeof value === 'boolean' ? (value ? 't' : 'f') : String(value)),
  17: (value) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value)),
};
