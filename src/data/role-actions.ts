import * as v from 'valibot';
import type { Role } from '../core/person.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';

const named = v.array(v.object({ action: v.string() }));

/** The actions a role ever has, each once, as the loop's table says. Throws ApiError. */
export async function listRoleActions(role: Role): Promise<string[]> {
  const rows = await ask(named, rest.from('issue_actions').select('action').eq('actor', role).order('sort'));
  return [...new Set(rows.map(({ action }) => action))];
}
