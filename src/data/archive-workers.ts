import * as v from 'valibot';
import { call } from './call.ts';
import { me } from './session.ts';

const workers = v.array(
  v.object({ courtyard_id: v.number(), person_id: v.nullable(v.string()), name: v.nullable(v.string()) }),
);

export interface GridWorker {
  id: string;
  name: string;
  /** How many yards they look after. */
  yards: number;
}

/** Who looks after the street's yards, the one with most first. Throws ApiError. */
export async function listGridWorkers(): Promise<GridWorker[]> {
  const { street } = await me();
  const rows = await call(workers, 'yard_workers', { topic: `area:${street.id}` });
  const found = new Map<string, GridWorker>();
  for (const { person_id: id, name } of rows) {
    if (id === null) continue;
    const known = found.get(id) ?? { id, name: name ?? '', yards: 0 };
    known.yards++;
    found.set(id, known);
  }
  return [...found.values()].sort((a, b) => b.yards - a.yards);
}
