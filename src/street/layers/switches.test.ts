import fc from 'fast-check';
import { expect, it } from 'vitest';
import { switchesIn, switchesParam, switchIds } from './switches.ts';

it('an address that says nothing shows the street and its communities', () => {
  expect([...switchesIn(null)]).toEqual(['street', 'community']);
  expect(switchesParam(switchesIn(null))).toBeNull();
});

it('an address names what differs, and nothing it does not know', () => {
  expect([...switchesIn('grid.no-community.castle')]).toEqual(['street', 'grid']);
  expect(switchesParam(new Set(['street', 'grid']))).toBe('no-community.grid');
});

it('whatever is on is restored', () => {
  fc.assert(
    fc.property(fc.subarray([...switchIds]), (on) => {
      expect([...switchesIn(switchesParam(new Set(on)))]).toEqual(on);
    }),
  );
});
