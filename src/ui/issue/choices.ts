import { offeredDuties } from '../../core/duty-lists.ts';
import { streetDay } from '../../core/due.ts';
import { formatDay } from '../../core/format.ts';
import type { Department, Duty, IssueDetail } from '../../core/issue.ts';
import type { Template, TemplateFacts } from '../../core/template.ts';
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
  /** Wordings to start from; may be empty. */
  templates: Template[];
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

/** What a wording's placeholders stand for here; the office is known only to those whose turn it is. */
export const factsOf = ({ issue }: IssueDetail, now: number): TemplateFacts => ({
  number: issue.number,
  courtyard: issue.courtyard ?? '',
  address: issue.address ?? '',
  what: issue.what,
  category: (language.now === 'en' ? issue.category_name_en : null) ?? issue.category_name ?? '',
  office: issue.mine ? issue.holder : '',
  date: language.now === 'en' ? formatDay(now, 'en', now) : chineseDay(streetDay(now)),
});

/** 2026-11-22 as 11月22日. */
const chineseDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
