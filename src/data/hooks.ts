import * as v from 'valibot';
import type { DeadLetter, Hook, HookForm } from '../core/hook.ts';
import { hookAudiences, hookKinds } from '../core/hook.ts';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';

const maybeId = v.nullable(v.number());
const hooks: v.GenericSchema<unknown, Hook[]> = v.array(
  v.object({
    id: v.number(),
    name: v.string(),
    kind: v.picklist(hookKinds),
    audience: v.picklist(hookAudiences),
    url: v.string(),
    kinds: v.array(v.string()),
    area_id: maybeId,
    department_id: maybeId,
    active: v.boolean(),
    has_secret: v.boolean(),
    waiting: v.number(),
  }),
);
const letters: v.GenericSchema<unknown, DeadLetter[]> = v.array(
  v.object({
    id: v.string(),
    hook: v.string(),
    state: v.picklist(['dead', 'unsure']),
    tries: v.number(),
    error: v.nullable(v.string()),
    notice: v.string(),
    at: v.string(),
    number: v.string(),
  }),
);
const named = v.array(v.object({ id: v.number(), name: v.string(), name_en: v.nullable(v.string()) }));

/** The street's webhooks, without their secrets. Throws ApiError (admin_only). */
export const listHooks = (): Promise<Hook[]> => call(hooks, 'list_hooks');

/** Adds or changes a webhook; gives its id. Throws ApiError (hook_malformed, field_missing). */
export const saveHook = (form: HookForm): Promise<number> => call(v.number(), 'save_hook', { ...form });

/** Messages that were given up, or of which nobody knows whether they arrived. Throws ApiError. */
export const listDeadLetters = (): Promise<DeadLetter[]> => call(letters, 'dead_letters');

/** Sends a dead letter again; false when somebody already did. Throws ApiError. */
export const retryDelivery = async (id: string): Promise<boolean> =>
  (await call(v.nullable(v.boolean()), 'retry_delivery', { id })) === true;

/** The street's communities, to choose whose notices go where. Throws ApiError. */
export const listCommunities = (): Promise<{ id: number; name: string; name_en: string | null }[]> =>
  ask(named, rest.from('areas').select('id,name,name_en').eq('level', 'community').order('code'));
