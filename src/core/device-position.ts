import gcoord from 'gcoord';
import { distance } from './shape/plane.ts';
import type { Position } from './shape/plane.ts';

/**
 * Where a phone is, in WGS-84. Some browsers of the mainland answer in GCJ-02 without saying so, some 500 m aside; who
 * stands in a courtyard that is known is where the nearer of both readings puts them.
 */
export function devicePosition(said: Position, courtyard: Position): Position {
  const [lng, lat] = gcoord.transform([said[0], said[1]], gcoord.GCJ02, gcoord.WGS84);
  const shifted: Position = [lng, lat];
  return distance(shifted, courtyard) < distance(said, courtyard) ? shifted : said;
}
