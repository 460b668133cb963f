import { expect, it } from 'vitest';
import { viewOf, viewParam } from './view-param.ts';

it('says a view and reads it again', () => {
  expect(viewParam({ zoom: 16.2, centre: [104.051234, 30.665] })).toBe('16.20/104.05123/30.66500');
  expect(viewOf('16.20/104.05123/30.66500')).toEqual({ zoom: 16.2, centre: [104.05123, 30.665] });
});

it('takes nothing that is no view', () => {
  for (const said of [null, '', '16', '16/104/30/1', 'a/b/c', '16//30', '16/204/30', '99/104/30'])
    expect(viewOf(said)).toBeNull();
});
