import { area, contains, type Point, type Ring } from './plane.ts';
import { bell } from './random.ts';
import { orientedBox, side, slice, type Line } from './slice.ts';

/** How a block is cut: the usual and the least size of a yard in m², the depth from which there are two rows, the passages between yards in metres. */
export type Manner = { size: number; least: number; deep: number; passage: number };

/** How many buildings a line would cut through by more than three metres on each side. */
const buildingsCut = (line: Line, buildings: readonly Ring[]): number =>
  buildings.filter((building) => {
    const offs = building.map((p) => side(line, p));
    return Math.min(...offs) < -3 && Math.max(...offs) > 3;
  }).length;

/** Cuts land into yards that stand square to it, side by side, with passages between them. */
export function cutLand(
  land: Ring,
  buildings: readonly Ring[],
  manner: Manner,
  random: () => number,
): Ring[] {
  const inside = buildings.filter((building) => building.some((p) => contains(land, p)));
  const goal = manner.size * Math.exp(0.42 * bell(random));
  const size = area(land);
  const { middle, along, long, short } = orientedBox(land);
  const twoRows = short > manner.deep;
  if (!twoRows && (size < goal * 1.4 || size < manner.least * 2.1) && long < short * 2.6) return [land];
  if (size < manner.least) return [land];

  const parts = twoRows
    ? Math.max(2, Math.round(short / (manner.deep * 0.66)))
    : Math.max(2, Math.round(size / goal));
  const share = Math.floor(parts / 2) / parts;
  const reach = twoRows ? short : long;
  const across: Point = [-along[1], along[0]];
  const towards = twoRows ? across : along;
  const tries = Array.from({ length: 7 }, (): { line: Line; cost: number } => {
    const offset = (share - 0.5 + (random() - 0.5) * (twoRows ? 0.1 : 0.42 / parts)) * reach;
    const tilt = bell(random) * (twoRows ? 0.004 : 0.012);
    const way: Point = twoRows ? along : across;
    const line: Line = {
      at: [middle[0] + towards[0] * offset, middle[1] + towards[1] * offset],
      along: [way[0] - way[1] * tilt, way[1] + way[0] * tilt],
    };
    return { line, cost: buildingsCut(line, inside) };
  });
  const best = tries.reduce((a, b) => (b.cost < a.cost ? b : a));
  const alley = parts > 3 && (twoRows || random() < 0.35) ? 3.5 : 0;
  const gap = manner.passage * (0.5 + random()) + alley;
  const pieces = slice(land, best.line, gap);
  if (pieces.length < 2) return [land];
  return pieces.flatMap((piece) => cutLand(piece, inside, manner, random));
}

/** Takes a corner out of a yard now and then, as the shops, substations and old walls around real ones do. */
export function takeCorner(yard: Ring, random: () => number): Ring {
  const at = Math.floor(random() * yard.length);
  const [before, here, after] = [yard.at(at - 1), yard[at], yard[(at + 1) % yard.length]];
  if (!before || !here || !after) return yard;
  const [a, b]: [Point, Point] = [
    [before[0] - here[0], before[1] - here[1]],
    [after[0] - here[0], after[1] - here[1]],
  ];
  const [la, lb] = [Math.hypot(...a), Math.hypot(...b)];
  const square = Math.abs(a[0] * b[0] + a[1] * b[1]) / (la * lb);
  const hollow = a[0] * b[1] - a[1] * b[0] > 0;
  if (la < 24 || lb < 24 || square > 0.35 || hollow) return yard;
  const [fa, fb] = [0.22 + random() * 0.26, 0.22 + random() * 0.26];
  const p: Point = [here[0] + a[0] * fa, here[1] + a[1] * fa];
  const q: Point = [here[0] + b[0] * fb, here[1] + b[1] * fb];
  return [...yard.slice(0, at), p, [p[0] + b[0] * fb, p[1] + b[1] * fb], q, ...yard.slice(at + 1)];
}

/** Moves each corner inwards by up to `most` metres: old walls are seldom square. */
export function loosen(yard: Ring, most: number, random: () => number): Ring {
  return yard.map((here, i): Point => {
    const [before, after] = [yard.at(i - 1) ?? here, yard[(i + 1) % yard.length] ?? here];
    const [a, b] = [unit(here, before), unit(here, after)];
    if (a[0] * b[1] - a[1] * b[0] > 0) return here;
    const [s, t] = [random() * random() * most, random() * random() * most];
    return [here[0] + a[0] * s + b[0] * t, here[1] + a[1] * s + b[1] * t];
  });
}

function unit(from: Point, to: Point): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
}
