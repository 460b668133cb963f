import type { Position } from 'geojson';

const keyOf = (point: Position | undefined) => (point ? `${point[0]},${point[1]}` : '');

/** Joins lines that meet end to end into as few and as long lines as go; none is turned unless it must be. */
export function joinLines(lines: readonly Position[][]): Position[][] {
  const open = lines.filter((line) => line.length > 1).map((line) => [...line]);
  for (let i = 0; i < open.length; i++) {
    let line = open[i];
    for (let grown = true; grown && line;) {
      grown = false;
      for (let j = 0; j < open.length; j++) {
        const other = open[j];
        if (j === i || !other) continue;
        const joined = joinTwo(line, other);
        if (!joined) continue;
        line = joined;
        open[i] = joined;
        open.splice(j, 1);
        if (j < i) i--;
        grown = true;
        break;
      }
    }
  }
  return open;
}

function joinTwo(a: Position[], b: Position[]): Position[] | null {
  const [a0, a1, b0, b1] = [keyOf(a[0]), keyOf(a.at(-1)), keyOf(b[0]), keyOf(b.at(-1))];
  if (a0 === a1 || b0 === b1) return null;
  if (a1 === b0) return [...a, ...b.slice(1)];
  if (b1 === a0) return [...b, ...a.slice(1)];
  if (a1 === b1) return [...a, ...b.slice(0, -1).reverse()];
  if (a0 === b0) return [...b.slice(1).reverse(), ...a];
  return null;
}
