import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noPatterns, patternFromParam, patternToParam, radii } from './pattern-view.ts';
import type { PatternView } from './pattern-view.ts';

const views: fc.Arbitrary<PatternView> = fc
  .record({
    layer: fc.constantFrom('none' as const, 'heat' as const, 'hexagon' as const),
    radius: fc.constantFrom(...radii),
    spots: fc.constantFrom('none' as const, 'cause' as const, 'all' as const),
  })
  .map((view) => (view.layer === 'hexagon' ? view : { ...view, radius: noPatterns.radius }));

it('stands in the address and comes back', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(patternFromParam(patternToParam(view))).toEqual(view);
    }),
  );
});

it('takes no harm from an address that somebody wrote by hand', () => {
  expect(patternFromParam('hexagon.7*spots.none*heatwave**')).toEqual(noPatterns);
  expect(patternFromParam('nonsense*heat')).toMatchObject({ layer: 'heat' });
  fc.assert(
    fc.property(fc.string(), (text) => {
      patternFromParam(text);
    }),
  );
});
