import * as v from 'valibot';
import type { CodedCourtyard, CodeVerdict, CourtyardCode } from '../core/courtyard-code.ts';
import { call } from './call.ts';

const maybe = v.nullable(v.string());
const code = v.object({
  code: v.string(),
  place: maybe,
  created_at: v.string(),
  revoked_at: maybe,
  revoked_reason: maybe,
  replaced_by: maybe,
  checked_at: maybe,
  scans: v.number(),
});
const courtyards = v.array(
  v.object({
    courtyard_id: v.number(),
    courtyard: v.string(),
    address: v.string(),
    community_id: v.number(),
    codes: v.array(code),
  }),
);
const verdict = v.object({
  verdict: v.picklist(['ours', 'replaced', 'revoked', 'foreign', 'mistyped']),
  courtyard: v.optional(v.string()),
  address: v.optional(v.string()),
  place: v.optional(maybe),
  since: v.optional(v.string()),
  revoked_at: v.optional(maybe),
  checked_at: v.optional(maybe),
});

/** The street's courtyards with all their codes. Throws ApiError (admin_only). */
export const listCodes = (): Promise<CodedCourtyard[]> => call(courtyards, 'list_codes');

/** One more code for a yard, hanging at `place`. Throws ApiError (place_taken, too_many_codes, field_too_long). */
export const addCode = (courtyard: number, place: string | null): Promise<CourtyardCode> =>
  call(code, 'add_code', { courtyard_id: courtyard, place });

/** Says where a code hangs. Throws ApiError (place_taken, code_ended, field_too_long). */
export const renameCode = (given: string, place: string | null): Promise<CourtyardCode> =>
  call(code, 'rename_code', { code: given, place });

/** Ends a code for a reason; with `replace` gives the new one that takes its place. Throws ApiError (code_ended, field_missing). */
export const revokeCode = (given: string, reason: string, replace: boolean): Promise<CourtyardCode> =>
  call(code, 'revoke_code', { code: given, reason, replace });

/** Whether a poster's code is ours; notes on the code that it was seen. Throws ApiError. */
export const checkCode = (given: string): Promise<CodeVerdict> =>
  call(verdict, 'check_code', { code: given });
