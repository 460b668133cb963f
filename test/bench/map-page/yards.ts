import type { Courtyard } from '../../../src/core/map-snapshot.ts';
import { CourtyardLayer } from '../../../src/map/courtyard-layer.ts';
import { palettes } from '../../../src/map/palette.ts';
import { plainMap } from './plain-map.ts';

/** So many yards side by side from the street's middle outwards, each 60 m wide with the corners a real one has. */
function city(count: number): Courtyard[] {
  const side = Math.ceil(Math.sqrt(count));
  const step = 0.0008;
  return Array.from({ length: count }, (_, at) => {
    const lng = 104.0565 + ((at % side) - side / 2) * step;
    const lat = 30.666 + (Math.floor(at / side) - side / 2) * step;
    const ring = Array.from({ length: 13 }, (_corner, corner): [number, number] => {
      const turn = ((corner % 12) / 12) * 2 * Math.PI;
      const wide = step * (0.4 + 0.05 * Math.sin(corner * 5 + at));
      return [lng + Math.cos(turn) * wide, lat + Math.sin(turn) * wide];
    });
    ring[12] = ring[0] ?? [lng, lat];
    const point: [number, number] = [lng, lat];
    const name = `院落${at + 1}`;
    return {
      id: at + 1,
      name,
      address: '',
      communityId: 1,
      kind: 'yard',
      invented: true,
      point,
      outline: [[ring]],
    };
  });
}

/** Pans over so many courtyards at street zoom; gives the time until they were drawn and the median frame, ms. */
export async function yards(count: number, frames: number): Promise<{ drawn: number; frame: number }> {
  const map = await plainMap(15);
  const layer = new CourtyardLayer();
  layer.add(map, { theme: 'light', palette: palettes.light, language: 'zh' });
  const began = performance.now();
  layer.load(city(count));
  await new Promise((done) => map.once('idle', done));
  const drawn = performance.now() - began;
  const took: number[] = [];
  for (let nth = 0; nth < frames; nth++) {
    const at = performance.now();
    const rendered = new Promise((done) => map.once('render', done));
    map.panBy([nth % 40 < 20 ? 12 : -12, 6 * Math.sin(nth)], { duration: 0 });
    await rendered;
    took.push(performance.now() - at);
  }
  map.remove();
  took.sort((a, b) => a - b);
  return { drawn, frame: took[Math.floor(took.length / 2)] ?? NaN };
}
