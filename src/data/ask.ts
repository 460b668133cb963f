import * as v from 'valibot';
import { answerUnreadable, fromPostgrest, type PostgrestFailure } from './errors.ts';

interface Answer {
  data: unknown;
  error: PostgrestFailure | null;
  status: number;
}

/** Sends a request of the Data API and gives its answer, checked against `schema`. Throws an ApiError. */
export async function ask<T>(schema: v.GenericSchema<unknown, T>, request: PromiseLike<Answer>): Promise<T> {
  const { data, error, status } = await request;
  if (error) throw fromPostgrest(error, status);
  const parsed = v.safeParse(schema, data);
  if (!parsed.success) throw answerUnreadable(v.getDotPath(parsed.issues[0]) ?? '');
  return parsed.output;
}
