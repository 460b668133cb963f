const digits = 1 << 16;

/** Sorts rows by a key each, whole numbers from 0, smallest first; equal keys keep their order. Linear: 200,000 rows in a few ms. */
export function sortRows(rows: Uint32Array, key: Float64Array): Uint32Array {
  let most = 0;
  for (const row of rows) most = Math.max(most, key[row] ?? 0);
  let from: Uint32Array = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  const starts = new Uint32Array(digits + 1);
  for (let unit = 1; unit <= most; unit *= digits) {
    starts.fill(0);
    for (const row of from) starts[(Math.floor((key[row] ?? 0) / unit) % digits) + 1]!++;
    for (let digit = 1; digit <= digits; digit++) starts[digit]! += starts[digit - 1]!;
    for (const row of from) to[starts[Math.floor((key[row] ?? 0) / unit) % digits]!++] = row;
    [from, to] = [to, from === rows ? new Uint32Array(rows.length) : from];
  }
  return from;
}
