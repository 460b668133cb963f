import type { Duty } from '../core/issue.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';
import { duties } from './schemas.ts';

/** The entries of the duty lists (清单). Throws ApiError. */
export const listDuties = (): Promise<Duty[]> =>
  ask(duties, rest.from('duties').select('code,list,title,title_en,instead').order('code'));
