import * as v from 'valibot';
import { fieldTypes } from '../core/archive/field.ts';
import { freshnesses } from '../core/archive/freshness.ts';
import type { Differences } from '../core/archive/quarters.ts';
import { requestId } from '../core/request-id.ts';
import { fieldValue } from './archive-round.ts';
import { call } from './call.ts';

const acted = v.object({ state: v.picklist(freshnesses), version: v.number() });
type Acted = v.InferOutput<typeof acted>;

/** Takes a yard's submitted profile as true from now on. Throws ApiError (stale_version, round_not_allowed …). */
export const confirmProfile = (yard: number, quarter: string, version: number): Promise<Acted> =>
  call(acted, 'confirm_profile', { courtyard_id: yard, quarter, version, request_id: requestId() });

/** Gives it back to the community with a remark. Throws ApiError. */
export const returnProfile = (
  yard: number,
  quarter: string,
  version: number,
  remark: string,
): Promise<Acted> =>
  call(acted, 'return_profile', { courtyard_id: yard, quarter, version, remark, request_id: requestId() });

const maybe = v.nullable(v.string());
const change = { code: v.string(), before: fieldValue, after: fieldValue };
const differences: v.GenericSchema<unknown, Differences> = v.object({
  fields: v.array(
    v.object({
      code: v.string(),
      name: v.string(),
      name_en: v.string(),
      unit: maybe,
      unit_en: maybe,
      type: v.picklist(fieldTypes),
      module: v.string(),
    }),
  ),
  yards: v.array(
    v.object({ courtyard_id: v.number(), name: v.string(), changes: v.array(v.object(change)) }),
  ),
  sums: v.array(v.object({ community_id: v.number(), community: v.string(), ...change })),
});

/** What differs between two quarters, yard by yard and summed over each community. Throws ApiError. */
export const readDifferences = (topic: string, before: string, after: string): Promise<Differences> =>
  call(differences, 'profile_differences', { topic, quarter_a: before, quarter_b: after });
