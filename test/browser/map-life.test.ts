import { afterAll, beforeAll, expect, it } from 'vitest';
import { live } from '../bench/map.ts';
import { type MapStage, mapStage } from '../bench/map-stage.ts';

const long = process.env['PROVE'] === '1';
/** Ten minutes of rest and an hour of ten changes a second; a taste of both elsewhere. */
const [rest, changes] = long ? [600_000, 36_000] : [2_000, 60];

let map: MapStage;
beforeAll(async () => {
  map = await mapStage();
}, 120_000);
afterAll(() => map.stop());

it(
  'a map at rest draws nothing and holds no more than before; a stream of changes is drawn change by change',
  { timeout: 120_000 + rest + changes * 500 },
  async () => {
    const { frames, idleGrowth, fed, count, growth } = await live(map, rest, changes);
    expect(frames).toBe(0);
    expect(idleGrowth).toBeLessThan(500_000);
    expect(fed).toBe(count);
    expect(growth).toBeLessThan(20_000_000);
  },
);
