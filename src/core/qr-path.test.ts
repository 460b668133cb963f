import { expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

it('draws runs of dark modules inside the quiet zone', () => {
  const rows = ['##.', '..#', '...'];
  expect(qrPath(3, (row, column) => rows[row]?.[column] === '#')).toEqual({
    box: 11,
    path: 'M4 4h2v1h-2zM6 5h1v1h-1z',
  });
});
