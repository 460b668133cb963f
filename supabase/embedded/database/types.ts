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
