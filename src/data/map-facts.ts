import { courtyardArchiveShape } from '../core/courtyard-archive.ts';
import type { CourtyardArchive } from '../core/courtyard-archive.ts';
import { courtyardFactsShape } from '../core/courtyard-facts.ts';
import type { CourtyardFacts } from '../core/courtyard-facts.ts';
import { mapPointsShape } from '../core/map-points.ts';
import type { MapPoints } from '../core/map-points.ts';
import { call } from './call.ts';

/** What the archives say of a topic's courtyards, as far as this person may see it. Throws ApiError. */
export const readFacts = (topic: string): Promise<CourtyardFacts> =>
  call(courtyardFactsShape, 'courtyard_facts', { topic });

/** The topic's resources, open hazards and care counts. Throws ApiError. */
export const readPoints = (topic: string): Promise<MapPoints> =>
  call(mapPointsShape, 'map_points', { topic });

/** One courtyard's archive. Throws ApiError (courtyard_unknown). */
export const readArchive = (courtyard: number): Promise<CourtyardArchive> =>
  call(courtyardArchiveShape, 'courtyard_archive', { courtyard_id: courtyard });
