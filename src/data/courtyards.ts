import type { CourtyardCard } from '../core/courtyard-card.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';
import { courtyardCard } from './schemas.ts';

/** A courtyard with its open and lately ended issues. Throws ApiError. */
export const readCourtyard = (courtyard: number): Promise<CourtyardCard> =>
  ask(courtyardCard, rest.rpc('courtyard_card', { courtyard_id: courtyard }));
