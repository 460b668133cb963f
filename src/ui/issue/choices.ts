import { offeredDuties } from '../../core/duty-lists.ts';
import type { Department, Duty, IssueDetail } from '../../core/issue.ts';
import { language } from '../language.svelte.ts';
import { dutyWord, issueWords as t, listWord } from './words.ts';

/** One thing that can be chosen; those of one group stand together under its name. */
export interface Choice {
  value: string | number;
  label: string;
  group?: string;
}

/** What the forms choose from beside the issue itself. */
export interface Lists {
  departments: Department[];
  duties: Duty[];
}

/** A department in the language of the page. */
export const departmentWord = ({ name, name_en }: Department): string =>
  (language.now === 'en' ? name_en : null) ?? name;

function leadFirst(departments: readonly Department[], lead: number | null): Choice[] {
  return [...departments]
    .sort((a, b) => Number(b.id === lead) - Number(a.id === lead))
    .map((department) => {
      const name = departmentWord(department);
      return { value: department.id, label: department.id === lead ? t('field.proposed', { name }) : name };
    });
}

/** What a field of an action can be; empty for fields that are written. */
export function choicesOf(action: string, field: string, { issue }: IssueDetail, lists: Lists): Choice[] {
  switch (field) {
    case 'department_id':
      return action === 'waive_task'
        ? issue.tasks
            .filter(({ state }) => state === 'open')
            .map(({ department_id, department }) => ({ value: department_id, label: department }))
        : leadFirst(lists.departments, issue.lead_department_id);
    case 'letter_id':
      return issue.letters
        .filter(({ replied_at }) => replied_at === null)
        .map(({ id, addressee, title }) => ({ value: id, label: `${addressee} · ${title}` }));
    case 'duty':
      return offeredDuties(lists.duties).map((duty) => ({
        value: duty.code,
        label: dutyWord(duty),
        group: listWord(duty.list),
      }));
    case 'outcome':
      return [
        { value: 'ok', label: t('field.outcome.ok') },
        { value: 'not_ok', label: t('field.outcome.not_ok') },
      ];
    default:
      return [];
  }
}
