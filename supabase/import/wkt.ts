import type { Position } from 'geojson';
import type { Geometry } from './source.ts';

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const token = new RegExp(String.raw`\s*(\(|\)|,|${number})`, 'iy');

type Tree = Tree[] | number[];

/** Reads `(1 2, 3 4)`-shaped brackets into nested arrays; null when they do not close. */
function brackets(text: string): Tree[] | null {
  const stack: Tree[][] = [[]];
  let position: number[] = [];
  const put = () => {
    if (position.length > 0) stack.at(-1)?.push(position);
    position = [];
  };
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    end = token.lastIndex;
    const sign = match[1] ?? '';
    if (sign === '(') stack.push([]);
    else if (sign === ',') put();
    else if (sign === ')') {
      put();
      const done = stack.pop();
      if (!done || stack.length === 0) return null;
      stack.at(-1)?.push(done);
    } else position.push(Number(sign));
  }
  return stack.length === 1 && text.slice(end).trim() === '' ? (stack[0] ?? null) : null;
}

const isPosition = (tree: Tree | undefined): tree is number[] =>
  Array.isArray(tree) && typeof tree[0] === 'number';
const isList = (tree: Tree | number | undefined): tree is Tree[] =>
  Array.isArray(tree) && typeof tree[0] !== 'number';

const ring = (tree: Tree): Position[] => (isList(tree) ? tree.filter(isPosition) : []);
const rings = (tree: Tree): Position[][] => (isList(tree) ? tree.map(ring) : []);

/**
 * A geometry from well-known text: POINT, POLYGON, MULTIPOLYGON, with an SRID= before it or Z behind the word.
 * Gives `'other'` for another geometry, null for text that is none.
 */
export function parseWkt(text: string): Geometry | 'other' | null {
  const found = /^\s*(?:SRID=\d+;)?\s*([A-Z]+)\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$/is.exec(text);
  const word = found?.[1]?.toUpperCase() ?? '';
  if (!found || !/^(MULTI)?(POINT|LINESTRING|POLYGON)$|^GEOMETRYCOLLECTION$/.test(word)) return null;
  if (!['POINT', 'POLYGON', 'MULTIPOLYGON'].includes(word)) return 'other';
  const body = brackets(found[2] ?? '')?.[0];
  if (!isList(body)) return null;
  if (word === 'POINT') return isPosition(body[0]) ? { type: 'Point', coordinates: body[0] } : null;
  if (word === 'POLYGON') return { type: 'Polygon', coordinates: rings(body) };
  return { type: 'MultiPolygon', coordinates: body.map(rings) };
}
