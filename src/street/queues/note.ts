import type { ListedIssue } from '../../core/issue-list.ts';
import type { WorkQueue } from '../../core/queues.ts';
import { named, t } from '../work-words.ts';
import type { Deck } from './deck.svelte.ts';

/** Why an issue stands in a queue, and what comes next. */
export function noteOf(issue: ListedIssue, queue: WorkQueue, deck: Deck): string {
  const { holder } = issue;
  switch (queue) {
    case 'triage': {
      const category = deck.category(issue);
      if (!category) return '';
      const lead = deck.department(category.department_id);
      return lead ? t('note.lead', { name: named(lead) }) : t('note.noLead');
    }
    case 'decide':
      return t(`note.decide.${issue.asked ?? 'pause'}`, { holder });
    case 'verify':
      return issue.holderLevel === 'street'
        ? t('note.verify.street')
        : t(`note.verify.${issue.holderLevel === 'department' ? 'department' : 'community'}`, { holder });
    case 'returned': {
      const back = deck.returnOf(issue);
      const from = deck.department(back?.departmentId);
      const name = from ? named(from) : '';
      return t(back && back.count > 1 ? 'note.returnedTwice' : 'note.returned', { name });
    }
  }
}
