import type { PostgrestClient } from '@supabase/postgrest-js';
import * as v from 'valibot';
import { ask } from './ask.ts';
import { rest } from './client.ts';

// The generated types know no function whose arguments may be null.
const functions: PostgrestClient = rest;

/** Calls a function of schema public and gives its answer, checked against `schema`. Throws an ApiError. */
export const call = <T>(
  schema: v.GenericSchema<unknown, T>,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
): Promise<T> => ask(schema, functions.rpc(name, args));
