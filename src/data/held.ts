import * as v from 'valibot';
import { call } from './call.ts';

const held = v.array(
  v.object({
    id: v.number(),
    at: v.string(),
    reason: v.picklist(['words', 'link', 'marked']),
    courtyard: v.string(),
    community_id: v.number(),
    what: v.nullable(v.string()),
    place: v.nullable(v.string()),
    category: v.nullable(v.string()),
    name: v.nullable(v.string()),
    decided_at: v.nullable(v.string()),
    restored_as: v.nullable(v.string()),
  }),
);
export type HeldReport = v.InferOutput<typeof held>[number];

/** Reports that somebody has to look at first. Throws ApiError. */
export const listHeld = (): Promise<HeldReport[]> => call(held, 'list_held');

/** Restores a held report or puts it aside. Throws ApiError (held_unknown, held_forgotten). */
export const decideHeld = (id: number, restore: boolean): Promise<unknown> =>
  call(v.unknown(), 'decide_held', { id, restore });

const guard = v.object({
  proof: v.picklist(['off', 'busy', 'flood']),
  words: v.array(v.string()),
  hold_links: v.boolean(),
  held: v.number(),
  last_hour: v.number(),
});
export type Guard = v.InferOutput<typeof guard>;

/** How the street meets a flood of reports. Throws ApiError (admin_only). */
export const guardSettings = (): Promise<Guard> => call(guard, 'guard_settings');

export const saveGuard = (
  proof: Guard['proof'],
  words: readonly string[],
  hold_links: boolean,
): Promise<Guard> => call(guard, 'save_guard', { proof, words, hold_links });
