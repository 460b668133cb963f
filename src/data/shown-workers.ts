import * as v from 'valibot';
import { call } from './call.ts';

export const showings = ['none', 'name', 'name_phone'] as const;
export type Showing = (typeof showings)[number];

const grids = v.array(
  v.object({
    grid_id: v.number(),
    grid: v.string(),
    community: v.string(),
    workers: v.array(v.string()),
    phone: v.nullable(v.string()),
    shown: v.picklist(showings),
  }),
);
export type ShownGrid = v.InferOutput<typeof grids>[number];

/** What residents of each grid are shown of its worker. Throws ApiError (admin_only). */
export const listShownWorkers = (): Promise<ShownGrid[]> => call(grids, 'list_shown_workers');

/** Throws ApiError (worker_not_allowed, field_malformed). */
export const showGridWorker = async (grid: number, shown: Showing, phone: string): Promise<void> => {
  await call(v.unknown(), 'show_grid_worker', { grid_id: grid, shown, phone: phone.trim() || null });
};
