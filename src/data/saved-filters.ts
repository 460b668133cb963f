import * as v from 'valibot';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';

/** A filter somebody named and kept. `filter`: as the map's address carries it. */
export type SavedFilter = {
  id: number;
  person: string;
  name: string;
  filter: string;
  words: string | null;
  shared: boolean;
  version: number;
};

const saved: v.GenericSchema<unknown, SavedFilter[]> = v.array(
  v.pipe(
    v.object({
      id: v.number(),
      person_id: v.string(),
      name: v.string(),
      filter: v.string(),
      words: v.nullable(v.string()),
      shared: v.boolean(),
      version: v.number(),
    }),
    v.transform(({ person_id, ...rest }) => ({ ...rest, person: person_id })),
  ),
);

/** One's own filters and those the office shares, by name. Throws ApiError. */
export const listSavedFilters = (): Promise<SavedFilter[]> =>
  ask(
    saved,
    rest.from('saved_filters').select('id,person_id,name,filter,words,shared,version').order('name'),
  );

export type FilterToSave = Pick<SavedFilter, 'name' | 'filter' | 'words' | 'shared'>;

/** Keeps a filter, or changes the one given as it was at its version. Throws ApiError. */
export const saveFilter = (
  fields: FilterToSave,
  old: Pick<SavedFilter, 'id' | 'version'> | null = null,
): Promise<{ id: number; version: number }> =>
  call(v.object({ id: v.number(), version: v.number() }), 'save_filter', {
    ...fields,
    ...(old && { id: old.id, version: old.version }),
  });

/** Throws ApiError. */
export const deleteFilter = async (id: number): Promise<void> => {
  await call(v.unknown(), 'delete_filter', { id });
};
