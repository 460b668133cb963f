import type { Courtyard } from '../../core/map-snapshot.ts';
import type { MapPoints } from '../../core/map-points.ts';
import type { CareCount } from '../../map/care-points.ts';
import type { PlacePoint } from '../../map/place-points.ts';

const dot = 'circle';

/** The resources as the map draws them: what nobody uses steps back. */
export const resourcePoints = ({ resources, kinds }: MapPoints): PlacePoint[] =>
  resources.map(({ id, kind, state, lng, lat }) => ({
    id,
    lng,
    lat,
    level: null,
    icon: kinds.get(kind)?.icon ?? dot,
    dim: state === 'idle' || state === 'broken',
  }));

/** The hazards as the map draws them: what is being mended steps back. */
export const hazardPoints = ({ hazards, kinds }: MapPoints): PlacePoint[] =>
  hazards.map(({ id, kind, level, state, lng, lat }) => ({
    id,
    lng,
    lat,
    level,
    icon: kinds.get(kind)?.icon ?? dot,
    dim: state === 'mending',
  }));

/** How many each courtyard looks after, at its point; nothing for those who may not see it. */
export const carePoints = ({ care }: MapPoints, courtyards: ReadonlyMap<number, Courtyard>): CareCount[] =>
  [...(care ?? [])].flatMap(([courtyard, count]) => {
    const point = courtyards.get(courtyard)?.point;
    return point && count > 0 ? [{ courtyard, count, lng: point[0], lat: point[1] }] : [];
  });
