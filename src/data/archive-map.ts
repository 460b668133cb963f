import * as v from 'valibot';
import { parseSnapshot, type Courtyard, type MapArea } from '../core/map-snapshot.ts';
import { call } from './call.ts';

/** The courtyards of a topic with their outlines, and the areas around them. Throws ApiError (topic_not_allowed). */
export async function readYardShapes(topic: string): Promise<{ courtyards: Courtyard[]; areas: MapArea[] }> {
  const { courtyards, areas } = parseSnapshot(await call(v.unknown(), 'map_snapshot', { topic }));
  return { courtyards, areas };
}
