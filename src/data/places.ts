import * as v from 'valibot';
import { archiveSource } from './archive-yard.ts';
import { call } from './call.ts';

type Position = readonly [lng: number, lat: number];
type Facts = Readonly<Record<'kind' | 'said' | 'note' | 'level' | 'mender' | 'due', string>>;

const words = (said: string): string | null => said.trim() || null;

/** Places a resource of a yard. Throws ApiError (point_outside {courtyard}, place_not_allowed, field_missing {field} …). */
export async function placeResource(
  courtyard: number,
  [lng, lat]: Position,
  { kind, said, note }: Facts,
  requestId: string,
): Promise<void> {
  await call(v.unknown(), 'place_resource', {
    courtyard_id: courtyard,
    kind,
    name: said,
    lng,
    lat,
    note: words(note),
    request_id: requestId,
  });
}

/** Places a hazard found in a yard. Throws ApiError as placeResource does. */
export async function placeHazard(
  courtyard: number,
  [lng, lat]: Position,
  { kind, said, level, mender, due }: Facts,
  requestId: string,
): Promise<void> {
  await call(v.unknown(), 'place_hazard', {
    courtyard_id: courtyard,
    kind,
    what: said,
    level: Number(level),
    lng,
    lat,
    mender: words(mender),
    due_on: words(due),
    request_id: requestId,
  });
}

/** Moves a resource or a hazard within its yard, from where it stands now. Throws ApiError (place_unknown, stale_version …). */
export async function movePoint(
  place: 'resource' | 'hazard',
  id: number,
  courtyard: number,
  [lng, lat]: Position,
  requestId: string,
): Promise<void> {
  const archive = await archiveSource.read(courtyard);
  const found = (place === 'hazard' ? archive.hazards : archive.resources).find((one) => one.id === id);
  await call(v.unknown(), 'move_point', {
    place,
    id,
    lng,
    lat,
    version: found?.version ?? 0,
    request_id: requestId,
  });
}
