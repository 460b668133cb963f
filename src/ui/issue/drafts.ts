import { Draft } from './draft.svelte.ts';

const drafts = new Map<number, Draft>();

/** The draft for an issue, kept while the page lives: choosing another issue and coming back loses nothing. */
export function draftOf(issue: number): Draft {
  const draft = drafts.get(issue) ?? new Draft();
  drafts.set(issue, draft);
  return draft;
}

/** What one person typed is not the next one's to see. */
export const forgetDrafts = (): void => drafts.clear();
