import { readFileSync } from 'node:fs';
import Flatbush from 'flatbush';
import { beforeAll, describe, expect, test } from 'vitest';
import { outlines } from './areas.ts';
import { basemapLayers, layerText } from './basemap.ts';
import { makeStreet, type DemoCourtyard, type DemoStreet } from './courtyards.ts';
import { area, contains, isSimple, segmentsMeet, sides, toPlane, type Point, type Ring } from './plane.ts';
import { areasSql, courtyardsSql } from './sql.ts';

let street: DemoStreet;
let yards: { courtyard: DemoCourtyard; ring: Ring }[];
let index: Flatbush;

const box = (points: readonly Point[]): [number, number, number, number] => {
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};
const seed = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const sidesMeet = (a: readonly Point[], b: readonly Point[]) =>
  sides(a).some(([p, q]) => sides(b).some(([r, s]) => segmentsMeet(p, q, r, s)));

beforeAll(() => {
  street = makeStreet();
  yards = street.courtyards.map((courtyard) => ({
    courtyard,
    ring: courtyard.outline.slice(0, -1).map(toPlane),
  }));
  index = new Flatbush(yards.length);
  for (const { ring } of yards) index.add(...box(ring));
  index.finish();
}, 60_000);

describe('the demo street', () => {
  test('comes out as it is committed', () => {
    expect(areasSql(street.grids) === seed('20_demo_areas.sql')).toBe(true);
    expect(courtyardsSql(street.courtyards) === seed('30_demo_courtyards.sql')).toBe(true);
    for (const [name, features] of Object.entries(basemapLayers())) {
      expect(layerText(features) === seed(`../../public/basemap/${name}.geojson`), name).toBe(true);
    }
  });

  test('has 514 courtyards, no two with one address or code', () => {
    expect(yards).toHaveLength(514);
    expect(new Set(street.courtyards.map((c) => c.address)).size).toBe(514);
    expect(new Set(street.courtyards.map((c) => c.code)).size).toBe(514);
    expect(street.courtyards.filter((c) => !c.invented).map((c) => c.name)).toEqual(
      expect.arrayContaining(['东胜街23号院', '好家园', '逸翠园']),
    );
    expect(street.courtyards.find((c) => c.name === '东胜街23号院')?.address).toBe('东胜街23号院');
  });

  test('draws every courtyard as a simple counter-clockwise ring of a plausible size, its label inside', () => {
    for (const { courtyard, ring } of yards) {
      expect(courtyard.outline.at(-1)).toEqual(courtyard.outline[0]);
      expect(isSimple(ring), courtyard.address).toBe(true);
      expect(area(ring), courtyard.address).toBeGreaterThan(500);
      if (courtyard.invented) expect(area(ring), courtyard.address).toBeLessThan(9000);
      expect(contains(ring, toPlane(courtyard.point)), courtyard.address).toBe(true);
    }
  });

  test('lets no courtyard touch another', () => {
    yards.forEach(({ courtyard, ring }, i) => {
      for (const j of index.search(...box(ring))) {
        const other = yards[j];
        if (j <= i || !other) continue;
        const pair = `${courtyard.address} and ${other.courtyard.address}`;
        expect(sidesMeet(ring, other.ring), pair).toBe(false);
        expect(contains(other.ring, ring[0] ?? [0, 0]) || contains(ring, other.ring[0] ?? [0, 0]), pair).toBe(
          false,
        );
      }
    });
  });

  test('lets no drivable road and no pedestrian lane run through a courtyard', () => {
    for (const road of street.roads.filter(({ drivable, kind }) => drivable || kind === 'pedestrian')) {
      for (const line of road.lines) {
        const points = line.map(toPlane);
        points.slice(1).forEach((b, k) => {
          const a = points[k] ?? b;
          for (const i of index.search(...box([a, b]))) {
            const yard = yards[i];
            if (!yard) continue;
            const crossed =
              contains(yard.ring, a) || sides(yard.ring).some(([p, q]) => segmentsMeet(a, b, p, q));
            expect(crossed, `${road.name ?? road.kind} through ${yard.courtyard.address}`).toBe(false);
          }
        });
      }
    }
  });

  test('keeps each courtyard in its grid, and makes communities and street of whole grids', () => {
    const rings = new Map(street.grids.map((grid) => [grid.code, outlines(grid.faces)]));
    for (const [code, parts] of rings) expect(parts, code).toHaveLength(1);
    for (const { courtyard, ring } of yards) {
      const [grid] = rings.get(courtyard.grid) ?? [];
      if (!grid) throw new Error(`${courtyard.address} lies in no grid`);
      expect(ring.every((p) => contains(grid, p)) && !sidesMeet(ring, grid), courtyard.address).toBe(true);
    }
    const whole = outlines(street.grids.flatMap((grid) => grid.faces));
    const sum = [...rings.values()].reduce((total, [ring]) => total + area(ring ?? []), 0);
    expect(whole).toHaveLength(1);
    expect(area(whole[0] ?? [])).toBeCloseTo(sum, 0);
    expect(new Set(street.grids.map((grid) => grid.community.code)).size).toBe(6);
  });
});
