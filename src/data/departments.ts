import type { Department } from '../core/issue.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';
import { departments } from './schemas.ts';

/** The street's departments. Throws ApiError. */
export const listDepartments = (): Promise<Department[]> =>
  ask(departments, rest.from('departments').select('id,code,name,name_en').order('id'));
