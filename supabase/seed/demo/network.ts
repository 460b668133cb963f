import type { Position } from 'geojson';
import { cutAtCrossings } from './crossings.ts';
import { area, distance, type Point, type Ring, toPlane } from './plane.ts';

type Node = { at: Point; to: Map<string, string> };
export type Network = Map<string, Node>;

const keyOf = (p: Position) => `${p[0]},${p[1]}`;

function join(network: Network, a: Position, b: Position): void {
  const [ka, kb] = [keyOf(a), keyOf(b)];
  if (ka === kb) return;
  for (const [key, position, other] of [[ka, a, kb] as const, [kb, b, ka] as const]) {
    const node = network.get(key) ?? { at: toPlane(position), to: new Map<string, string>() };
    node.to.set(other, other);
    network.set(key, node);
  }
}

/** The node of the network nearest to a position, as its key. */
function nearestNode(network: Network, position: Position): Position {
  const p = toPlane(position);
  let best = '';
  let reach = Infinity;
  for (const [key, node] of network) {
    const d = distance(node.at, p);
    if (d < reach) [best, reach] = [key, d];
  }
  return best.split(',').map(Number);
}

/**
 * The planar network of ways. `cuts` are lines drawn through large
 * blocks; their ends snap to the nearest node. Dead ends are taken off.
 */
export function makeNetwork(ways: readonly Position[][], cuts: readonly Position[][]): Network {
  const network: Network = new Map();
  const addLine = (line: readonly Position[]) => {
    line.forEach((position, i) => {
      const before = line[i - 1];
      if (before) join(network, before, position);
    });
  };
  for (const [a, b] of cutAtCrossings(ways)) join(network, a, b);
  for (const cut of cuts) {
    const ends = [cut[0] ?? [], cut.at(-1) ?? []].map((end) => nearestNode(network, end));
    addLine([ends[0] ?? [], ...cut.slice(1, -1), ends[1] ?? []]);
  }
  const ends = [...network].filter(([, node]) => node.to.size < 2).map(([key]) => key);
  for (let key = ends.pop(); key !== undefined; key = ends.pop()) {
    for (const other of network.get(key)?.to.keys() ?? []) {
      const neighbour = network.get(other);
      neighbour?.to.delete(key);
      if (neighbour?.to.size === 1) ends.push(other);
    }
    network.delete(key);
  }
  return network;
}

/** A face of the network: the keys of its corners, counter-clockwise, and its ring. */
export type Face = { keys: string[]; ring: Ring };

/** All bounded faces: every block, and the strips between the carriageways of divided roads. */
export function facesOf(network: Network): Face[] {
  const next = new Map<string, string>();
  for (const [key, node] of network) {
    const around = [...node.to.keys()]
      .map((other) => {
        const at = network.get(other)?.at ?? node.at;
        return { other, angle: Math.atan2(at[1] - node.at[1], at[0] - node.at[0]) };
      })
      .sort((a, b) => a.angle - b.angle);
    around.forEach(({ other }, i) => {
      const turn = around[(i - 1 + around.length) % around.length];
      if (turn) next.set(`${other}>${key}`, `${key}>${turn.other}`);
    });
  }
  const faces: Face[] = [];
  const seen = new Set<string>();
  for (const start of next.keys()) {
    if (seen.has(start)) continue;
    const keys: string[] = [];
    for (let edge = start; !seen.has(edge); edge = next.get(edge) ?? start) {
      seen.add(edge);
      keys.push(edge.slice(0, edge.indexOf('>')));
    }
    const ring = keys.map((key) => network.get(key)?.at ?? ([0, 0] as const));
    if (area(ring) > 0) faces.push({ keys, ring });
  }
  return faces;
}

/** The outline of faces that lie together: their common edges fall away. Largest ring first; inner rings are left out. */
export function dissolve(faces: readonly Face[]): Face[] {
  const edges = new Map<string, string[]>();
  const at = new Map<string, Point>();
  const directed = new Set<string>();
  for (const { keys, ring } of faces) {
    keys.forEach((key, i) => {
      at.set(key, ring[i] ?? [0, 0]);
      directed.add(`${key}>${keys[(i + 1) % keys.length]}`);
    });
  }
  for (const edge of directed) {
    const [from = '', to = ''] = edge.split('>');
    if (!directed.has(`${to}>${from}`)) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  const rings: Face[] = [];
  for (const start of edges.keys()) {
    while (edges.get(start)?.length) {
      const keys: string[] = [];
      let here = start;
      do {
        keys.push(here);
        here = edges.get(here)?.pop() ?? start;
      } while (here !== start);
      const ring = keys.map((key) => at.get(key) ?? ([0, 0] as const));
      if (area(ring) > 0) rings.push({ keys, ring });
    }
  }
  return rings.sort((a, b) => area(b.ring) - area(a.ring));
}
