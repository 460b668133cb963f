import gcoord from 'gcoord';
import { expect, it } from 'vitest';
import { devicePosition } from './device-position.ts';
import { distance } from './shape/plane.ts';
import type { Position } from './shape/plane.ts';

const courtyard: Position = [104.0521, 30.6655];
/** Some 30 m from the courtyard's middle. */
const here: Position = [104.0524, 30.6656];

it('takes a position as it is said by a browser that answers in WGS-84', () => {
  expect(devicePosition(here, courtyard)).toEqual(here);
});

it('turns back what a browser of the mainland says in GCJ-02', () => {
  const [lng, lat] = gcoord.transform([here[0], here[1]], gcoord.WGS84, gcoord.GCJ02);
  expect(distance([lng, lat], here)).toBeGreaterThan(300);
  expect(distance(devicePosition([lng, lat], courtyard), here)).toBeLessThan(2);
});
