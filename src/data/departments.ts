import type { Department } from '../core/issue.ts';
import { ask } from './ask.ts';
import { client } from './client.ts';
import { categoryLeads, departments } from './schemas.ts';

/** The street's departments by name, each with the codes of the categories it leads. Throws ApiError. */
export async function listDepartments(): Promise<Department[]> {
  const [rows, categories] = await Promise.all([
    ask(departments, client.from('departments').select('id,code,name,name_en').order('id')),
    ask(
      categoryLeads,
      client.from('categories').select('code,department_id').not('department_id', 'is', null),
    ),
  ]);
  return rows.map((row) => ({
    ...row,
    leads: categories.filter(({ department_id }) => department_id === row.id).map(({ code }) => code),
  }));
}
